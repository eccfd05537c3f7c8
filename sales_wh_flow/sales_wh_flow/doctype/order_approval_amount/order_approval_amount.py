from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class OrderApprovalAmount(PartOfParent, Document):
	"""A rule's threshold for companies of another currency."""
