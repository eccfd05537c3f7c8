from frappe.model.document import Document


class CustomerCreditTurn(Document):
	"""The row that decisions about a customer's credit write in turn: see approval/store/credit.py."""
