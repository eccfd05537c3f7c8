from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class PackingCompany(PartOfParent, Document):
	"""How one company packs: a row of Sales Flow Settings."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link
		gate: DF.Literal["Off", "Shadow", "Warn", "Block"]
		gs1_prefix: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
