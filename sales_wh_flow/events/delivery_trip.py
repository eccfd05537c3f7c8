"""What the flow does while a Delivery Trip lives."""

from sales_wh_flow.delivery import check_trip, leave_trips


def validate(doc, method=None):
	check_trip.check_notes_of_trip(doc)


def stop_is_written(doc, method=None):
	check_trip.check_stop_alone(doc)


def note_cancelled(doc, method=None):
	leave_trips.leave_trips_of(doc)
