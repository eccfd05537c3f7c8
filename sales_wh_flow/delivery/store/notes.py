"""Delivery Notes of boxes: whether the customer has received them, and who did."""

from collections.abc import Iterable
from datetime import datetime

import frappe

from sales_wh_flow.base import bulk
from sales_wh_flow.packing.store.notes import FIELD_OF


def hold_notes_of_boxes(names: Iterable[str]) -> dict[str, tuple[int, datetime | None, str]]:
	"""{note: (docstatus, received on, received by)}, locked by name before the boxes are; none for none."""
	wanted = tuple(sorted({name for name in names if name}))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select name, docstatus, swf_delivered_on, coalesce(swf_received_by, '')
		from `tabDelivery Note` force index (primary) where name in %s order by name for update""",
		(wanted,),
	)
	return {name: (docstatus, day, receiver) for name, docstatus, day, receiver in rows}


def usable(name: str) -> str | None:
	"""The note, locked, unless it is cancelled or gone."""
	found = hold_notes_of_boxes([name]).get(name)
	return name if found and found[0] < 2 else None


def write_receipt(name: str, received_on: datetime | None, receiver: str | None) -> None:
	"""When the customer got the goods of a note, and who took them; empty when that is taken back."""
	frappe.db.sql(
		"update `tabDelivery Note` set swf_delivered_on = %s, swf_received_by = %s where name = %s",
		(received_on, receiver, name),
	)
	bulk.forget_cached("Delivery Note", [name])


def boxes_of_notes(names: Iterable[str], doctype: str = "Delivery Note") -> dict[str, list[tuple[str, str]]]:
	"""{note, or invoice that moved stock: [(box, its state)]} as last committed; call it with them locked.
	What carries other boxes is a pallet: nobody hands it over or proves it.
	"""
	field = FIELD_OF[doctype]
	wanted = tuple(names)
	found: dict[str, list[tuple[str, str]]] = {name: [] for name in wanted}
	if wanted:
		rows = frappe.db.sql(
			f"""select {field}, name, state from `tabOrder Box`
			where {field} in %s and state <> 'Cancelled' and not exists (
				select 1 from `tabOrder Box` part where part.parent_box = `tabOrder Box`.name)
			order by name lock in share mode""",
			(wanted,),
		)
		for note, box, state in rows:
			found[note].append((box, state))
	return found


def handovers_of(delivery_note: str) -> set[str]:
	"""The hand-overs that boxes of a note left with; one statement."""
	rows = frappe.db.sql(
		"""select distinct handover from `tabOrder Box`
		where delivery_note = %s and handover <> ''""",
		delivery_note,
	)
	return {row[0] for row in rows}


def last_received(name: str) -> tuple[datetime, str] | None:
	"""(when the customer got the last box of a note that he took, who took it); None where he took none."""
	rows = frappe.db.sql(
		"""select box.delivered_on, coalesce((select proof.receiver from `tabDelivery Proof` proof
			where proof.box = box.name and coalesce(proof.replaced_by, '') = ''
				and proof.outcome in ('Accepted', 'Partly Accepted')
			order by proof.creation desc limit 1), '')
		from `tabOrder Box` box where box.delivery_note = %s and box.delivered_on is not null
			and box.state in ('Delivered', 'Partly Accepted')
		order by box.delivered_on desc, box.name limit 1""",
		name,
	)
	return rows[0] if rows else None
