import frappe

from sales_wh_flow.base.records import Record


class CourierEvent(Record):
	"""What a courier said of a parcel: see couriers/store/courier_events.py."""


def on_doctype_update():
	"""Providers send events twice; the second is known by its number."""
	frappe.db.add_unique("Courier Event", ["courier", "provider_id"], "courier_told_it_once")
