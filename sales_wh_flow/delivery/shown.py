"""What the pages Hand Over and Deliver show."""

from dataclasses import replace
from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.delivery import permissions
from sales_wh_flow.delivery.answers import (
	HandoversHere,
	MyDeliveries,
	ProvedBox,
	ShownHandover,
	ShownHandoverBox,
	StoppedByGate,
)
from sales_wh_flow.delivery.rules import reasons, scan_in, together
from sales_wh_flow.delivery.store import (
	contents,
	drivers,
	handovers,
	on_the_way,
	proofs,
	to_pay,
	unproved,
	waiting,
)
from sales_wh_flow.delivery.store.handovers import HANDED_OVER
from sales_wh_flow.order.store import sending
from sales_wh_flow.packing.store import packed

_DAYS = 7
"""How long a closed hand-over stays on the page."""
_DAYS_IN_HAND = 92
"""How long ago money was taken that the page still asks its driver for."""
_MOST_DAYS = 3660
_MOST_WAITING = 100
"""Boxes that a hand-over names as still waiting for its courier."""
_WEEKS = 14
"""How many days ago boxes left that somebody may still have to prove."""


def handovers_of_user() -> HandoversHere:
	"""The hand-overs of the warehouses where the session's user works, and what a new one needs."""
	warehouses = permissions.warehouses_of_user()
	return {
		"handovers": handovers.latest(warehouses, (now_datetime() - timedelta(days=_DAYS)).date()),
		"waiting": waiting.by_courier(warehouses),
		"driven": handovers.driven_couriers(warehouses, (now_datetime() - timedelta(weeks=_WEEKS)).date()),
		"warehouses": _begun_in(warehouses),
		"couriers": frappe.get_all("Courier", {"enabled": 1}, pluck="name", order_by="name"),
		"drivers": frappe.get_all(
			"Driver", {"status": "Active"}, ["name", "full_name as title"], order_by="full_name"
		),
		"vehicles": frappe.get_all("Vehicle", pluck="name", order_by="name"),
	}


def _begun_in(warehouses: list[str]) -> list[str]:
	"""Those in which a hand-over may be begun, by name: they send to customers, or a box stands there."""
	offered = {*sending.that_send(warehouses), *waiting.with_boxes(warehouses)}
	return [name for name in warehouses if name in offered]


def boxes_and_missing(name: str, *, with_waiting: bool = False) -> ShownHandover:
	"""A hand-over with its boxes, last scanned first, and what is missing of their orders. ``with_waiting``:
	what else waits for its courier is looked for, too.
	"""
	head, rows = handovers.head_shown(name), handovers.boxes_in(name)
	here = {row.box for row in rows}
	orders = {order for row in rows for order in row.orders.split(", ") if order}
	# What another phone did meanwhile is in the rows, which are read as last committed.
	boxes = [replace(it, handover=_where(it, here, name)) for it in contents.boxes_of_orders(orders)]
	counted = together.missing_of_orders(boxes, name)
	loose = _loose(orders, head["warehouse"]) if head["state"] == scan_in.OPEN else {}
	owed = to_pay.still_to_collect(here)
	return {
		**head,
		"boxes": [_box(row, *owed.get(row.box, (0.0, ""))) for row in rows],
		"left": sum(row.state != HANDED_OVER for row in rows),
		"weight_kg": sum(row.weight_kg for row in rows),
		"missing": [
			{
				"order": it.order,
				"here": it.here,
				"of": it.of,
				"boxes": [list(one) for one in it.missing],
				"loose": loose.get(it.order, {}),
			}
			for it in counted
			if it.missing or it.order in loose
		],
		"waiting": waiting.of_courier(head["warehouse"], head["courier"], _MOST_WAITING)
		if with_waiting and head["state"] == scan_in.OPEN
		else None,
	}


def _loose(orders: set[str], warehouse: str) -> dict[str, dict[str, float]]:
	"""{order: {item: how much of it was picked in the warehouse, has not left and lies in no box}}"""
	found: dict[str, dict[str, float]] = {}
	for row in packed.rows_of_orders(orders):
		if row.warehouse == warehouse and is_positive(row.left_stock):
			items = found.setdefault(row.sales_order, {})
			items[row.item_code] = rounded(items.get(row.item_code, 0.0) + row.left_stock)
	return found


def _where(box: together.BoxOfOrder, here: set[str], handover: str) -> str:
	if box.box in here:
		return handover
	return "" if box.handover == handover else box.handover


def _box(row: handovers.BoxInHandover, collect: float, currency: str) -> ShownHandoverBox:
	return {
		"box": row.box,
		"state": row.state,
		"orders": row.orders,
		"customer_name": row.customer_name,
		"ship_to_text": row.ship_to_text,
		"weight_kg": row.weight_kg,
		"tracking_no": row.tracking_no,
		"delivery_note": row.delivery_note,
		"refusal": said.worded(row.refusal),
		"collect": collect,
		"currency": currency,
	}


def deliveries() -> MyDeliveries:
	"""The boxes that the session's user may prove: a driver's own trips, and what couriers without tracking
	took from the warehouses where the user works.
	"""
	settings = flow_settings()
	mine, now = drivers.drivers_of(frappe.session.user), now_datetime()
	places = permissions.warehouses_of_user()
	boxes = on_the_way.boxes_of(
		mine,
		places,
		(now - timedelta(days=_WEEKS)).date(),
		now - timedelta(hours=12),
		of_other_drivers=permissions.manages(),
	)
	own = permissions.own_places(box["warehouse"] for box in boxes)
	return {
		"boxes": [box for box in boxes if box["warehouse"] in own],
		"reasons": {"refused": list(reasons.REFUSED), "failed": list(reasons.FAILED)},
		"asks_place": bool(settings.get("keep_positions")),
		"gate": settings.get("unproved_boxes") or "Off",
		"modes": modes_of_payment(),
		"in_hand": proofs.money_in_hand(frappe.session.user, now - timedelta(days=_DAYS_IN_HAND)),
	}


def modes_of_payment() -> list[str]:
	"""How may be paid at the door: by name, those of cash first. Money of a mode without an account can't be
	taken in, so those that have one, where any has.
	"""
	found = frappe.get_all("Mode of Payment", {"enabled": 1}, ["name", "type"], order_by="name")
	named = {"parenttype": "Mode of Payment", "default_account": ["is", "set"]}
	with_account = {*frappe.get_all("Mode of Payment Account", named, pluck="parent")}
	usable = [mode for mode in found if mode.name in with_account] or found
	return [mode.name for mode in sorted(usable, key=lambda mode: mode.type != "Cash")]


def of_proof(name: str) -> ProvedBox:
	"""What a phone is told of a proof."""
	proof = frappe.db.get_value("Delivery Proof", name, ["box", "outcome"], as_dict=True)
	state = frappe.db.get_value("Order Box", proof.box, "state")
	return {"proof": name, "box": proof.box, "outcome": proof.outcome, "state": state}


def stopped(days: int) -> list[StoppedByGate]:
	"""What the gate would have stopped within so many days, most first."""
	since = (now_datetime() - timedelta(days=min(max(days, 0), _MOST_DAYS))).date()
	found = unproved.stopped_since(since)
	return [{"who": who, "what": what, "times": int(times)} for who, what, times in found]
