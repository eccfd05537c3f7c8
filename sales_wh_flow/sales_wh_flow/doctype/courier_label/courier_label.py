from sales_wh_flow.base.records import Record


class CourierLabel(Record):
	"""A label that a courier was asked for: see couriers/store/labels.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		ask: DF.Code | None
		ask_key: DF.Data | None
		asked_by: DF.Link | None
		asked_on: DF.Datetime | None
		box: DF.Link
		courier: DF.Link
		currency: DF.Link | None
		ended_on: DF.Datetime | None
		freight: DF.Currency
		label_ref: DF.Data | None
		reason: DF.SmallText | None
		state: DF.Literal[
			"Asked", "On Box", "To Give Back", "Given Back", "Not Taken Back", "Refused", "Unknown"
		]
		tracking_no: DF.Data | None
		tries: DF.Int
	# end: auto-generated types
