from sales_wh_flow.base.records import Record


class OrderBox(Record):
	"""A box, from the first scan to the door and back; see packing/."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.order_box_item.order_box_item import OrderBoxItem

		box_type: DF.Link | None
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		cod_amount: DF.Currency
		company: DF.Link | None
		contents: DF.Table[OrderBoxItem]
		courier: DF.Link | None
		courier_service: DF.Data | None
		customer: DF.Link | None
		customer_name: DF.Data | None
		delivered_on: DF.Datetime | None
		delivery_note: DF.Link | None
		expected_kg: DF.Float
		expected_on: DF.Date | None
		freight: DF.Currency
		handed_over_on: DF.Datetime | None
		handover: DF.Data | None
		height_cm: DF.Float
		label: DF.Attach | None
		label_asked_on: DF.Datetime | None
		label_made_on: DF.Datetime | None
		label_ref: DF.Data | None
		label_turn: DF.Int
		length_cm: DF.Float
		parent_box: DF.Link | None
		photo: DF.AttachImage | None
		sales_invoice: DF.Link | None
		ship_to: DF.Link | None
		ship_to_text: DF.SmallText | None
		sscc: DF.Data | None
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
		tracking_no: DF.Data | None
		tracking_url: DF.Data | None
		warehouse: DF.Link | None
		weighed_kg: DF.Float
		width_cm: DF.Float
	# end: auto-generated types
