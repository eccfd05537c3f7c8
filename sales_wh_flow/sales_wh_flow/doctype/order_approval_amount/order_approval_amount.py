from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class OrderApprovalAmount(PartOfParent, Document):
	"""A rule's threshold for companies of another currency."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		currency: DF.Link
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
