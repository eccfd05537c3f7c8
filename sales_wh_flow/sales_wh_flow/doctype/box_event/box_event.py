from sales_wh_flow.base.records import Record


class BoxEvent(Record):
	"""One thing that happened to a box: see packing/change_state.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		box: DF.Link | None
		courier_event: DF.Data | None
		courier_state: DF.Data | None
		delay_of: DF.Literal["", "Us", "Customer", "Supplier", "Courier", "Nobody"]
		device: DF.Data | None
		happened_on: DF.Datetime | None
		note: DF.SmallText | None
		place: DF.Data | None
		reason: DF.SmallText | None
		reason_group: DF.Data | None
		recorded_on: DF.Datetime | None
		state: DF.Literal[
			"Open",
			"Closed",
			"Handed Over",
			"In Transit",
			"Out for Delivery",
			"Ready for Pickup",
			"Delivered",
			"Partly Accepted",
			"Refused",
			"Delivery Failed",
			"Returning",
			"Returned",
			"Lost",
			"Cancelled",
		]
	# end: auto-generated types
