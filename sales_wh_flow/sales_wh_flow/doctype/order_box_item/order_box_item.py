from sales_wh_flow.base.records import Record


class OrderBoxItem(Record):
	"""What of one order row is in a box."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accepted_qty: DF.Float
		batch_no: DF.Link | None
		item_code: DF.Link | None
		item_name: DF.Data | None
		packed_item: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		pick_list: DF.Link | None
		pick_list_item: DF.Data | None
		qty_stock: DF.Float
		refused_qty: DF.Float
		refused_reason: DF.SmallText | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		serial_nos: DF.SmallText | None
		stock_uom: DF.Link | None
	# end: auto-generated types
