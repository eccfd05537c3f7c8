from sales_wh_flow.base.records import Record


class CourierHandover(Record):
	"""What a courier took from a warehouse on a day: the manifest. Written by `delivery` alone."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.courier_handover_box.courier_handover_box import (
			CourierHandoverBox,
		)

		boxes: DF.Table[CourierHandoverBox]
		cancel_reason: DF.SmallText | None
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		company: DF.Link | None
		courier: DF.Link | None
		delivery_trip: DF.Link | None
		driver: DF.Link | None
		handover_date: DF.Date | None
		signed_by: DF.Data | None
		state: DF.Literal["Open", "Closing", "Closed", "Cancelled"]
		vehicle: DF.Link | None
		warehouse: DF.Link | None
	# end: auto-generated types
