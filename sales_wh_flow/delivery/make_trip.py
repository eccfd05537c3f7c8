"""ERPNext's Delivery Trip for an own vehicle, made of the boxes that a driver took."""

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.delivery.rules import stops
from sales_wh_flow.delivery.store import trips
from sales_wh_flow.delivery.store.handovers import HandoverRow


def trip_of_boxes(head: HandoverRow) -> str | None:
	"""The draft trip of a hand-over to an own driver; its name. None without driver, vehicle or addresses.

	Its stops stand by address, one for each Delivery Note, as ERPNext has them; whoever plans the day puts
	them into their order and submits it.
	"""
	if not (head.driver and head.vehicle):
		return None
	found = stops.by_address(trips.notes_of_handover(head.name))
	if not found:
		return None
	trip = frappe.new_doc("Delivery Trip")
	trip.update(
		{
			"company": head.company,
			"driver": head.driver,
			"vehicle": head.vehicle,
			"departure_time": now_datetime(),
		}
	)
	for stop in found:
		trip.append(
			"delivery_stops",
			{
				"customer": stop.customer,
				"address": stop.address,
				"delivery_note": stop.delivery_note,
				"grand_total": stop.grand_total,
				"details": stop.details,
			},
		)
	# Whoever closes the hand-over was checked for it; ERPNext lets no Stock User read an address.
	trip.flags.ignore_permissions = True
	return trip.insert().name
