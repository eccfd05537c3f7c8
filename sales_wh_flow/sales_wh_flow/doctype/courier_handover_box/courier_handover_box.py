from sales_wh_flow.base.records import Record


class CourierHandoverBox(Record):
	"""One box of a hand-over, and what became of it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		box: DF.Link | None
		brought_courier: DF.Check
		customer_name: DF.Data | None
		delivery_note: DF.Link | None
		orders: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		refusal: DF.SmallText | None
		scanned_by: DF.Link | None
		scanned_on: DF.Datetime | None
		ship_to_text: DF.SmallText | None
		state: DF.Literal["Scanned", "Handed Over", "Taken Out"]
		tracking_no: DF.Data | None
		weight_kg: DF.Float
	# end: auto-generated types
