from sales_wh_flow.base.records import Record


class DeliveryProofItem(Record):
	"""What the receiver accepted and refused of one row of a box."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accepted_qty: DF.Float
		batch_no: DF.Data | None
		content_row: DF.Data | None
		item_code: DF.Link | None
		item_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		qty_stock: DF.Float
		reason: DF.Data | None
		refused_qty: DF.Float
		refused_serials: DF.SmallText | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		serial_nos: DF.SmallText | None
		stock_uom: DF.Data | None
	# end: auto-generated types
