from sales_wh_flow.base.records import Record


class GateFinding(Record):
	"""What a gate would have stopped, or warned of: see packing/gate.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		company: DF.Link | None
		customer: DF.Link | None
		deleted_document: DF.Data | None
		deleted_order: DF.Data | None
		document: DF.DynamicLink | None
		document_type: DF.Link | None
		gate: DF.Literal["Unpacked Goods", "Early Invoice"]
		happened_on: DF.Datetime | None
		item_code: DF.Link | None
		mode: DF.Literal["Shadow", "Warn"]
		qty_stock: DF.Float
		sales_order: DF.Link | None
	# end: auto-generated types
