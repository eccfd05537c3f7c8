"""What a Delivery Trip is made of."""

from collections import defaultdict
from collections.abc import Iterable

import frappe

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
