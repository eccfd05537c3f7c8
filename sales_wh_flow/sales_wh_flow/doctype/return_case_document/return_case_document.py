from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class ReturnCaseDocument(PartOfParent, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		case_row: DF.Data | None
		document_name: DF.DynamicLink | None
		document_row: DF.Data | None
		document_type: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		qty: DF.Float
		source_row: DF.Data | None
	# end: auto-generated types
	pass
