import frappe

from sales_wh_flow.base.records import Record


class CourierEvent(Record):
	"""What a courier said of a parcel: see couriers/store/courier_events.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		body: DF.Code | None
		box: DF.Link | None
		came_on: DF.Datetime | None
		courier: DF.Link
		delay_of: DF.Literal["", "Us", "Customer", "Supplier", "Courier", "Nobody"]
		happened_on: DF.Datetime | None
		note: DF.Data | None
		outcome: DF.Literal[
			"Moved", "Noted", "Older", "Box Is Ours", "Unknown Number", "Unknown Word", "Unreadable"
		]
		place: DF.Data | None
		provider_id: DF.Data | None
		reason: DF.Data | None
		reason_group: DF.Literal["", "carrier", "retailer", "consignee", "customs", "weather", "other"]
		road: DF.Literal["Webhook", "Asked", "Shipment", "People"]
		signature_ok: DF.Check
		state: DF.Literal[
			"",
			"pending",
			"picked_up",
			"in_transit",
			"on_hold",
			"out_for_delivery",
			"ready_for_pickup",
			"delivered",
			"delivery_failed",
			"delivery_delayed",
			"return_to_sender",
			"cancelled",
			"unknown",
		]
		tracking_no: DF.Data | None
		word: DF.Data | None
	# end: auto-generated types


def on_doctype_update():
	"""Providers send events twice; the second is known by its number."""
	frappe.db.add_unique("Courier Event", ["courier", "provider_id"], "courier_told_it_once")
