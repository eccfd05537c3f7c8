from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class ReturnWaiver(PartOfParent, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		most_days_late: DF.Int
		most_value: DF.Float
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		role: DF.Link
	# end: auto-generated types
	pass
