"""What a Delivery Trip is made of."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe.utils import now

from sales_wh_flow.delivery.rules.stops import TripStop


def notes_of_handover(handover: str) -> list[TripStop]:
	"""The notes of a hand-over with their boxes; one statement."""
	rows = frappe.db.sql(
		"""select note.name, note.customer, coalesce(nullif(max(box.ship_to), ''), note.shipping_address_name,
				note.customer_address, ''), note.base_grand_total,
			group_concat(box.name order by box.name separator ',')
		from `tabOrder Box` box join `tabDelivery Note` note on note.name = box.delivery_note
		where box.handover = %s and note.docstatus = 1 group by note.name""",
		handover,
	)
	return [
		TripStop(note, customer, address, float(total or 0), tuple(boxes.split(",")))
		for note, customer, address, total, boxes in rows
	]


def warehouses_of_notes(notes: Iterable[str]) -> dict[str, set[str]]:
	"""{note: the warehouses that its goods leave}; one statement, none for none."""
	wanted = tuple(sorted(set(notes)))
	found: dict[str, set[str]] = defaultdict(set)
	if wanted:
		rows = frappe.db.sql(
			"""select parent, warehouse from `tabDelivery Note Item`
			where parent in %s and coalesce(warehouse, '') <> '' group by parent, warehouse""",
			(wanted,),
		)
		for note, warehouse in rows:
			found[note].add(warehouse)
	return found


def received(notes: Iterable[str]) -> dict[str, datetime]:
	"""{note: when its receiver had it}, of those that somebody confirmed; one statement, none for none."""
	wanted = tuple(sorted(set(notes)))
	if not wanted:
		return {}
	return dict(
		frappe.db.sql(
			"""select name, swf_delivered_on from `tabDelivery Note`
			where name in %s and swf_delivered_on is not null""",
			(wanted,),
		)
	)


def planned_with(note: str) -> list[frappe._dict]:
	"""The draft trips that stop for a note, each with its owner and its driver's user; one statement."""
	return frappe.db.sql(
		"""select distinct trip.name, trip.owner, coalesce(nullif(driver.swf_user, ''), employee.user_id) user
		from `tabDelivery Stop` stop
		join `tabDelivery Trip` trip on trip.name = stop.parent and trip.docstatus = 0
		left join `tabDriver` driver on driver.name = trip.driver
		left join `tabEmployee` employee on employee.name = driver.employee
		where stop.delivery_note = %s and stop.parenttype = 'Delivery Trip' order by trip.name""",
		note,
		as_dict=True,
	)


def take_out_stop(trip: str, note: str) -> None:
	"""The draft trip does not stop for the note any more; a form of it that is open has to be loaded anew."""
	frappe.db.sql(
		"""delete from `tabDelivery Stop`
		where parent = %s and delivery_note = %s and parenttype = 'Delivery Trip'""",
		(trip, note),
	)
	frappe.db.set_value("Delivery Trip", trip, "modified", now())
