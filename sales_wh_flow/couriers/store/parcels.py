"""Boxes as couriers know them: by tracking number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe

from sales_wh_flow.couriers.rules.order_of_events import BoxStep
from sales_wh_flow.packing.store.notes import LEFT_BY_NOTE

TOGETHER = timedelta(days=14)
"""Boxes under one number were sent together when they were made within that; older ones had it before."""

BEFORE = timedelta(days=1)
"""A courier's clock may run so much behind the box's first day."""

UNDER_WAY = (
	*("Handed Over", "In Transit", "Out for Delivery", "Ready for Pickup", "Delivery Failed", "Returning"),
)
"""States in which a courier has the box and news are expected."""


@dataclass(frozen=True, slots=True)
class KnownParcel:
	"""A box under a tracking number."""

	box: str
	courier: str
	creation: datetime


def boxes_with(tracking_no: str, courier: str) -> list[KnownParcel]:
	"""The boxes that travel under a number now, the newest first: of this courier, or of none yet. After them
	what stands on such a pallet and has no number of its own.

	A plain read; who decides on a box holds it and asks ``still_with``.
	"""
	if not tracking_no:
		return []
	rows = frappe.db.sql(
		"""select box.name, coalesce(box.courier, ''), box.creation from (
			select name, 0 on_pallet from `tabOrder Box` where tracking_no = %(number)s
			union all
			select part.name, 1 from `tabOrder Box` pallet join `tabOrder Box` part
				on part.parent_box = pallet.name and coalesce(part.tracking_no, '') = ''
			where pallet.tracking_no = %(number)s and pallet.state <> 'Cancelled'
				and coalesce(pallet.courier, '') in ('', %(courier)s)
		) these join `tabOrder Box` box on box.name = these.name
		where box.state <> 'Cancelled' and coalesce(box.courier, '') in ('', %(courier)s)
		order by these.on_pallet, box.creation desc, box.name desc limit 200""",
		{"number": tracking_no, "courier": courier},
	)
	found = [KnownParcel(*row) for row in rows]
	return [one for one in found if found[0].creation - one.creation <= TOGETHER]


def this_box(box: str, courier: str) -> list[KnownParcel]:
	"""A box that has no number, as a parcel of its own; none for none."""
	rows = box and frappe.db.sql(
		"""select name, coalesce(courier, ''), creation from `tabOrder Box`
		where name = %s and coalesce(tracking_no, '') = '' and courier = %s and state <> 'Cancelled'""",
		(box, courier),
	)
	return [KnownParcel(*row) for row in rows or ()]


def others_with(tracking_no: str, courier: str, but: Iterable[str]) -> list[str]:
	"""Other boxes on which that number stands already."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Box`
		where tracking_no = %s and state <> 'Cancelled' and coalesce(courier, '') in ('', %s)
			and name not in %s
		order by name limit 20""",
		(tracking_no, courier, tuple(but) or ("",)),
	)
	return [row[0] for row in rows]


def steps_of(boxes: Sequence[str]) -> dict[str, list[BoxStep]]:
	"""{box: what was written of it, in the order it was written}, as last committed: the boxes are held."""
	rows = frappe.db.sql(
		"""select box, state, happened_on, coalesce(courier_event, '') = '' from `tabBox Event`
		where box in %s order by box, recorded_on, creation, name lock in share mode""",
		(tuple(boxes) or ("",),),
	)
	found: dict[str, list[BoxStep]] = {}
	for box, state, happened_on, is_by_people in rows:
		found.setdefault(box, []).append(BoxStep(state, happened_on, bool(is_by_people)))
	return found


def to_ask_about(courier: str, after: str, limit: int) -> list[tuple[str, str]]:
	"""(box, number) of what a courier has, by name from ``after`` on."""
	return frappe.db.sql(
		f"""select box.name, box.tracking_no from `tabOrder Box` box
		where box.courier = %s and box.name > %s and coalesce(box.tracking_no, '') <> ''
			and (box.state in %s or {LEFT_BY_NOTE})
		order by box.name limit %s""",
		(courier, after, UNDER_WAY, limit),
	)


def asked_up_to(courier: str) -> str:
	"""The box up to which a courier was asked for news last; "" before the first time."""
	rows = frappe.db.sql("select coalesce(polled_up_to, '') from `tabCourier` where name = %s", courier)
	return rows[0][0] if rows else ""


def set_asked_up_to(courier: str, box: str) -> None:
	"""Where the next round goes on. No document is saved: nobody's form is stale for it."""
	frappe.db.sql("update `tabCourier` set polled_up_to = %s where name = %s", (box, courier))


def delivered_notes(notes: Sequence[str]) -> list[str]:
	"""Those of the Delivery Notes whose every box is delivered or came back; boxes that were cancelled do not
	count, nor do pallets, which carry them.
	"""
	rows = frappe.db.sql(
		"""select delivery_note from `tabOrder Box`
		where delivery_note in %s and state <> 'Cancelled' and not exists (
			select 1 from `tabOrder Box` part where part.parent_box = `tabOrder Box`.name)
		group by delivery_note having sum(state not in ('Delivered', 'Partly Accepted', 'Returned')) = 0
			and sum(state <> 'Returned') > 0""",
		(tuple(notes) or ("",),),
	)
	return [row[0] for row in rows]


def boxes_of_note(note: str) -> list[tuple[str, str]]:
	"""(box, state) of all that leaves with a note, as last committed."""
	return frappe.db.sql(
		"select name, state from `tabOrder Box` where delivery_note = %s order by name lock in share mode",
		note,
	)


def last_delivered_on(note: str) -> datetime | None:
	"""When the last box of a note was with the customer."""
	rows = frappe.db.sql("select max(delivered_on) from `tabOrder Box` where delivery_note = %s", note)
	return rows[0][0] if rows else None


def orders_boxed_with(invoice: str) -> list[str]:
	"""The orders whose goods left in boxes with an invoice."""
	rows = frappe.db.sql(
		"""select distinct content.sales_order from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where box.sales_invoice = %s and coalesce(content.sales_order, '') <> ''
		order by content.sales_order""",
		invoice,
	)
	return [row[0] for row in rows]
