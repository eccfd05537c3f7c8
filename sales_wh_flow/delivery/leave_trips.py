"""A Delivery Note is cancelled: its stop leaves the trips that are still planned, and who drives is told.

ERPNext keeps the stop, and then can't submit the trip.
"""

from sales_wh_flow.base import said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.delivery import sayings
from sales_wh_flow.delivery.store import trips


def leave_trips_of(note) -> None:
	"""A trip that is left without a stop stays a plan without one: who plans it deletes it."""
	for trip in trips.planned_with(note.name):
		trips.take_out_stop(trip.name, note.name)
		told = said.keep(sayings.stop_is_off, note=note.name, trip=trip.name)
		notify({trip.owner, trip.user} - {None, ""}, trip.name, told, doctype="Delivery Trip")
