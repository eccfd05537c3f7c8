from sales_wh_flow.base.records import Record


class StockLockEvent(Record):
	"""One line of the ledger of locks: see stock_lock/store/events.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		event: DF.Literal[
			"Locked",
			"Released",
			"Delivered",
			"Returned",
			"Repaired",
			"Expired",
			"Moved",
			"Given",
			"Extended",
			"Warned",
		]
		happened_on: DF.Datetime | None
		item_code: DF.Link | None
		qty_stock: DF.Float
		reason: DF.SmallText | None
		reservation: DF.Link | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		warehouse: DF.Link | None
	# end: auto-generated types
