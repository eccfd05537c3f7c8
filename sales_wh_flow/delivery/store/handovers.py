"""Hand-overs and their rows. A hand-over's row is locked before its boxes are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk, hold_rows
from sales_wh_flow.delivery.answers import HandoverHead, ListedHandover

SCANNED, HANDED_OVER, TAKEN_OUT = "Scanned", "Handed Over", "Taken Out"
"""States of a row of a hand-over."""


@dataclass(frozen=True, slots=True)
class HandoverRow:
	"""A hand-over as last committed, locked until the transaction ends."""

	name: str
	state: str
	company: str
	warehouse: str
	courier: str
	driver: str
	vehicle: str
	delivery_trip: str


@dataclass(frozen=True, slots=True)
class BoxInHandover:
	"""A row of a hand-over, with what a page shows of it."""

	name: str
	box: str
	state: str
	orders: str
	customer_name: str
	ship_to_text: str
	weight_kg: float
	tracking_no: str
	delivery_note: str
	refusal: str


_HEAD = """name, state, company, warehouse, courier, coalesce(driver, ''), coalesce(vehicle, ''),
	coalesce(delivery_trip, '')"""


def hold_handover(name: str) -> HandoverRow | None:
	"""The hand-over, locked; None when there is none."""
	rows = frappe.db.sql(f"select {_HEAD} from `tabCourier Handover` where name = %s for update", name)
	return HandoverRow(*rows[0]) if rows else None


def seen(name: str) -> HandoverRow | None:
	"""The hand-over as last committed; nobody changes its state until the transaction ends."""
	rows = frappe.db.sql(
		f"select {_HEAD} from `tabCourier Handover` where name = %s lock in share mode", name
	)
	return HandoverRow(*rows[0]) if rows else None


def head_shown(name: str) -> HandoverHead:
	"""What a page shows of a hand-over, as last committed: another phone may have made it just now."""
	(row,) = frappe.db.sql(
		"""select name, courier, warehouse, state, coalesce(driver, '') driver, coalesce(vehicle, '') vehicle,
			coalesce(delivery_trip, '') delivery_trip, handover_date day, coalesce(signed_by, '') signed_by
		from `tabCourier Handover` where name = %s lock in share mode""",
		name,
		as_dict=True,
	)
	return {
		"name": row.name,
		"courier": row.courier,
		"warehouse": row.warehouse,
		"day": str(row.day),
		"state": row.state,
		"driver": row.driver,
		"vehicle": row.vehicle,
		"delivery_trip": row.delivery_trip,
		"signed_by": row.signed_by,
	}


def hold_courier(courier: str) -> None:
	"""Only one transaction at a time begins a hand-over of a courier."""
	hold_rows.hold_document_row("Courier", courier)


def open_handover(courier: str, warehouse: str, day: date, driver: str) -> str | None:
	"""The open hand-over of the courier, warehouse, day and driver, as last committed."""
	rows = frappe.db.sql(
		"""select name from `tabCourier Handover`
		where courier = %s and warehouse = %s and handover_date = %s and state = 'Open'
			and coalesce(driver, '') = %s
		order by name limit 1 for update""",
		(courier, warehouse, day, driver),
	)
	return rows[0][0] if rows else None


def left_open(courier: str, warehouse: str, day: date, driver: str) -> tuple[str, date] | None:
	"""The latest of the same that was begun before a day and is open still: (name, its day)."""
	rows = frappe.db.sql(
		"""select name, handover_date from `tabCourier Handover`
		where courier = %s and warehouse = %s and handover_date < %s and state = 'Open'
			and coalesce(driver, '') = %s
		order by handover_date desc, name desc limit 1""",
		(courier, warehouse, day, driver),
	)
	return rows[0] if rows else None


def boxes_in(name: str, *states: str) -> list[BoxInHandover]:
	"""The rows of a hand-over in these states (all but those taken out, for none), last scanned first."""
	rows = frappe.db.sql(
		"""select name, box, state, coalesce(orders, ''), coalesce(customer_name, ''),
			coalesce(ship_to_text, ''), coalesce(weight_kg, 0), coalesce(tracking_no, ''),
			coalesce(delivery_note, ''), coalesce(refusal, '')
		from `tabCourier Handover Box` where parent = %s and state in %s
		order by scanned_on desc, idx desc lock in share mode""",
		(name, states or (SCANNED, HANDED_OVER)),
	)
	return [BoxInHandover(*row) for row in rows]


_ROW_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("parent", "parenttype", "parentfield", "box", "state", "orders", "customer_name", "ship_to_text"),
	*("weight_kg", "tracking_no", "scanned_on", "scanned_by", "brought_courier"),
)


def put_row(handover: str, box: str, about: Mapping[str, object], *, brought_courier: bool) -> None:
	"""A row for a box that was scanned in; the one it had before, when it was taken out meanwhile.

	``about``: orders, customer_name, ship_to_text, weight_kg, tracking_no. ``brought_courier``: it had none
	before. At most two statements; the hand-over is locked.
	"""
	stamp, user = now(), frappe.session.user
	frappe.db.sql(
		"""update `tabCourier Handover Box` set state = %s, refusal = null, delivery_note = null,
			scanned_on = %s, scanned_by = %s, weight_kg = %s, tracking_no = %s, brought_courier = %s
		where parent = %s and box = %s""",
		(SCANNED, stamp, user, about["weight_kg"], about["tracking_no"], brought_courier, handover, box),
	)
	if bulk.changed_rows():
		return
	((last,),) = frappe.db.sql(
		"select coalesce(max(idx), 0) from `tabCourier Handover Box` where parent = %s", handover
	)
	values = (about["orders"], about["customer_name"], about["ship_to_text"])
	bulk.insert(
		"Courier Handover Box",
		_ROW_FIELDS,
		[
			(
				*(bulk.new_names(1)[0], user, stamp, stamp, user, 0, last + 1),
				*(handover, "Courier Handover", "boxes", box, SCANNED, *values),
				*(about["weight_kg"], about["tracking_no"], stamp, user, int(brought_courier)),
			)
		],
	)


def with_its_courier_alone(handover: str, boxes: Iterable[str]) -> set[str]:
	"""Those of these boxes, which are held, that have their courier from the scan alone: nobody chose a
	service or freight for them, gave a number or asked for a label. One statement, none for none.
	"""
	names = tuple(boxes)
	if not names:
		return set()
	rows = frappe.db.sql(
		"""select box.name from `tabCourier Handover Box` scanned
		join `tabOrder Box` box on box.name = scanned.box
		where scanned.parent = %s and scanned.box in %s and scanned.brought_courier = 1
			and coalesce(box.courier_service, '') = '' and coalesce(box.freight, 0) = 0
			and coalesce(box.tracking_no, '') = ''
			and box.label_made_on is null and box.label_asked_on is null
		lock in share mode""",
		(handover, names),
	)
	return {name for (name,) in rows}


def set_rows(handover: str, boxes: Iterable[str], **fields: object) -> None:
	"""Write these fields of the boxes' rows; one statement, none for none."""
	names = tuple(boxes)
	if names:
		marks = ", ".join(f"`{field}` = %s" for field in fields)
		frappe.db.sql(
			f"update `tabCourier Handover Box` set {marks} where parent = %s and box in %s",
			(*fields.values(), handover, names),
		)


def set_head(handover: str, **fields: object) -> None:
	"""Write these fields of a hand-over, which is locked."""
	values = {**fields, "modified": now(), "modified_by": frappe.session.user}
	marks = ", ".join(f"`{field}` = %s" for field in values)
	frappe.db.sql(f"update `tabCourier Handover` set {marks} where name = %s", (*values.values(), handover))
	bulk.forget_cached("Courier Handover", [handover])


def other_boxes(handover: str, visible: str) -> str:
	"""The SQL condition that a hand-over has boxes which do not fit ``visible``, a condition on Order Box."""
	return f"""exists (select 1 from `tabCourier Handover Box` inside where inside.parent = {handover}
		and inside.box not in (select `tabOrder Box`.name from `tabOrder Box` where {visible}))"""


def holds_other_boxes(name: str, visible: str) -> bool:
	"""Whether a hand-over has boxes which do not fit ``visible``."""
	return bool(frappe.db.sql(f"select {other_boxes(frappe.db.escape(name), visible)}")[0][0])


def driven_couriers(warehouses: Iterable[str], since: date) -> list[str]:
	"""The couriers whose boxes drivers of our own took from these warehouses since a day; one statement."""
	names = tuple(warehouses)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct courier from `tabCourier Handover` where warehouse in %s and handover_date >= %s
			and coalesce(driver, '') <> '' and state <> 'Cancelled' order by courier""",
		(names, since),
	)
	return [row[0] for row in rows]


def latest(warehouses: Iterable[str], since: date) -> list[ListedHandover]:
	"""Hand-overs of these warehouses since a day, and all open ones, the open ones first; one statement."""
	names = tuple(warehouses)
	if not names:
		return []
	return frappe.db.sql(
		"""select head.name, head.courier, head.warehouse, head.handover_date day, head.state,
			coalesce(head.driver, '') driver, coalesce(head.delivery_trip, '') delivery_trip,
			(select count(*) from `tabCourier Handover Box` one
				where one.parent = head.name and one.state in ('Scanned', 'Handed Over')) boxes,
			(select count(*) from `tabCourier Handover Box` one
				where one.parent = head.name and one.state = 'Scanned') `left`
		from `tabCourier Handover` head
		where head.warehouse in %s and (head.handover_date >= %s or head.state in ('Open', 'Closing'))
		order by field(head.state, 'Closing', 'Open') desc, head.creation desc limit 100""",
		(names, since),
		as_dict=True,
	)
