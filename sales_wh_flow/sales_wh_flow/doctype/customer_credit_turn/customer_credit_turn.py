from frappe.model.document import Document


class CustomerCreditTurn(Document):
	"""The row that decisions about a customer's credit write in turn: see approval/store/credit.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Data | None
		customer: DF.Data | None
		customer_group: DF.Data | None
		turn: DF.Int
	# end: auto-generated types
