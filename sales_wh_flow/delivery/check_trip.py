"""A Delivery Trip lets its driver prove boxes: who plans it gives away no more than is his."""

import frappe
from frappe.utils import format_date

from sales_wh_flow.base import step_gates
from sales_wh_flow.base.part_of_parent import refuse_alone
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, WARN, is_on
from sales_wh_flow.delivery.store import drivers, trips
from sales_wh_flow.packing.permissions import own_places


def check_stop_alone(stop) -> None:
	"""Raises: PermissionError for a stop that is written past its trip, which says who puts notes there."""
	if stop.parenttype == "Delivery Trip" and is_on(FULFILMENT):
		refuse_alone(stop)


def check_notes_of_trip(trip) -> None:
	"""Before a trip is saved. Notes that come onto it, all where its driver changes, leave warehouses of
	whoever saves it; onto a trip that somebody else planned they are put by planners alone.

	Raises: ValidationError naming the rows.
	"""
	if not is_on(FULFILMENT):
		return
	before = trip.get_doc_before_save()
	same_driver = bool(before) and before.driver == trip.driver
	known = {row.delivery_note for row in before.delivery_stops} if same_driver else set()
	new = [row for row in trip.delivery_stops if row.delivery_note and row.delivery_note not in known]
	if not new:
		return
	user = frappe.session.user
	plans = user == "Administrator" or not {*drivers.PLANNERS}.isdisjoint(frappe.get_roles(user))
	if before and not plans and drivers.is_planned(trip.name):
		refuse(RuleViolation("trip_is_planned", idx=row.idx, note=row.delivery_note) for row in new)
	places = trips.warehouses_of_notes(row.delivery_note for row in new)
	own = own_places({name for names in places.values() for name in names})
	refuse(
		RuleViolation("trip_of_other_place", idx=row.idx, note=row.delivery_note, warehouse=sorted(others)[0])
		for row in new
		if (others := places.get(row.delivery_note, set()) - own)
	)
	_warn_of_delivered(new)


def _warn_of_delivered(stops) -> None:
	"""A trip may be written down afterwards, so it is not refused."""
	received = trips.received(row.delivery_note for row in stops)
	found = [
		RuleViolation("trip_of_delivered", idx=row.idx, note=row.delivery_note, day=format_date(day))
		for row in stops
		if (day := received.get(row.delivery_note))
	]
	if found:
		step_gates.stop_or_warn(WARN, found)
