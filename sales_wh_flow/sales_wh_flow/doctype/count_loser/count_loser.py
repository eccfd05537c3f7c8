from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class CountLoser(PartOfParent, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		sales_order: DF.Link
	# end: auto-generated types
	pass
