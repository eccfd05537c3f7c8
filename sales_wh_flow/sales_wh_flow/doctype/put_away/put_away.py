from sales_wh_flow.base.records import Record


class PutAway(Record):
	"""Picked goods to bring back to their shelf: see picking/put_away."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		asked_by: DF.Link | None
		asked_on: DF.Datetime | None
		batch_no: DF.Link | None
		company: DF.Link | None
		deleted_order: DF.Data | None
		done_by: DF.Link | None
		done_on: DF.Datetime | None
		done_stock: DF.Float
		item_code: DF.Link
		pick_list: DF.Data | None
		put_to: DF.Data | None
		qty_stock: DF.Float
		sales_order: DF.Link | None
		serial_nos: DF.SmallText | None
		stands_in: DF.Data | None
		state: DF.Literal["Open", "Put Back", "Used", "Not There"]
		warehouse: DF.Link | None
		why: DF.SmallText | None
	# end: auto-generated types
