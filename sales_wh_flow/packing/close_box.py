"""A box is closed when it is full, opened again when something was wrong, or cancelled."""

from dataclasses import dataclass

import frappe
from frappe.utils import flt, now_datetime

from sales_wh_flow.base import refusals, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import counts_boxes, flow_settings, packing_of
from sales_wh_flow.order import refresh_status
from sales_wh_flow.packing import photos, sayings
from sales_wh_flow.packing.at_the_door import asked_for_box
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.held import check_still_here, check_unlabelled, hold_box, hold_open_box
from sales_wh_flow.packing.open_box import check_box_type
from sales_wh_flow.packing.rules import sscc, states, weights
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import contents, measures, packed
from sales_wh_flow.packing.store.boxes import BoxRow
from sales_wh_flow.packing.store.measures import Measures


@dataclass(frozen=True, slots=True)
class Weighing:
	"""What somebody says of a full box. ``weighed_kg``: None for nobody weighed it. ``is_sure``: it was
	looked at again. ``photo``: the address of a file.
	"""

	weighed_kg: float | None = None
	box_type: str | None = None
	photo: str | None = None
	is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
	"""``is_closed`` is False where the weight is so far off that somebody has to look again."""

	is_closed: bool
	expected_kg: float
	weighed_kg: float | None


def close_box(box: str, weighing: Weighing, orders: tuple[str, ...], device: str | None = None) -> Closed:
	"""Close an open box; where its weight is beyond the tolerance and nobody is sure, nothing happens.

	Raises: ValidationError for an empty box, no weight, too much weight, or a type that is not for it.
	"""
	row = hold_open_box(box, orders)
	known_type, known_sscc = frappe.db.get_value("Order Box", box, ["box_type", "sscc"])
	box_type = weighing.box_type or known_type
	check_box_type(box_type)
	photo = photos.file_of(box, weighing.photo) if weighing.photo else None
	measured = _measured(box, box_type)
	if not (measured.rows or measured.on_it):
		refuse(RuleViolation("box_is_empty", box=box))
	if not _weighs_right(box, box_type, weighing, measured):
		return Closed(False, measured.expected_kg, weighing.weighed_kg)
	code = known_sscc or _new_sscc(row.company)
	change_state(
		[row],
		states.CLOSED,
		note=_said(weighing, measured),
		device=device,
		**{"sscc": code} if code else {},
		**{"photo": photos.attach(photo, box)} if photo else {},
		box_type=box_type,
		cod_amount=asked_for_box(box, orders) or 0,
		**measures.sides_of(box_type),
		expected_kg=measured.expected_kg,
		weighed_kg=weighing.weighed_kg or 0,
		closed_on=now_datetime(),
		closed_by=frappe.session.user,
	)
	_say_on_orders(row, orders)
	return Closed(True, measured.expected_kg, weighing.weighed_kg)


def _measured(box: str, box_type: str | None) -> Measures:
	known = measures.weights_of(it.item_code for it in contents.contents_of([box], for_update=True))
	return measures.measure(box, box_type, {item: weights.in_kg(*it) for item, it in known.items()})


def _weighs_right(box: str, box_type: str | None, weighing: Weighing, measured: Measures) -> bool:
	if weighing.weighed_kg is None:
		return True
	try:
		weights.check_weight(box, weighing.weighed_kg, box_type, measured.max_kg)
	except RuleViolation as violation:
		refuse(violation)
	tolerance = flt(flow_settings().get("packing_tolerance"))
	return weighing.is_sure or not weights.is_off(
		weighing.weighed_kg, measured.expected_kg, tolerance, knows_all=not measured.unweighed
	)


def _said(weighing: Weighing, measured: Measures) -> said.Kept:
	if weighing.weighed_kg is None:
		return said.keep(sayings.closed, expected_kg=measured.expected_kg)
	return said.keep(sayings.weighed, weighed_kg=weighing.weighed_kg, expected_kg=measured.expected_kg)


def _new_sscc(company: str) -> str | None:
	"""None where the company has no GS1 prefix."""
	row = packing_of(company)
	prefix = (row.gs1_prefix or "").strip() if row else ""
	return sscc.sscc_of(prefix, measures.next_number(f"SSCC-{prefix}-")) if sscc.is_prefix(prefix) else None


def open_again(box: str, reason: str, orders: tuple[str, ...], device: str | None = None) -> None:
	"""A closed box is opened again; it keeps its number. Raises: ValidationError without a reason, and for a
	box that is on a note or a hand-over.
	"""
	why = refusals.require_reason(reason, RuleViolation("reason_for_box", box=box))
	row = hold_box(box, orders)
	check_still_here(row)
	check_unlabelled(row)
	change_state(
		[row],
		states.OPEN,
		note=said.keep(sayings.opened_again),
		reason=why,
		device=device,
		cod_amount=0,
		closed_on=None,
		closed_by=None,
		parent_box=None,
	)
	_say_on_orders(row, orders)


def cancel_box(box: str, reason: str, orders: tuple[str, ...], device: str | None = None) -> None:
	"""What lies in the box is to be packed again; the box keeps its number and what it held, as a record.

	Raises: ValidationError without a reason, and for a box that is on its way.
	"""
	why = refusals.require_reason(reason, RuleViolation("reason_for_box", box=box))
	row = hold_box(box, orders)
	check_still_here(row)
	check_unlabelled(row)
	back: dict[str, float] = {}
	for it in contents.contents_of([box], for_update=True):
		back[it.pick_list_item] = back.get(it.pick_list_item, 0.0) - it.qty_stock
	if row.state != states.CANCELLED:
		packed.count_packed(back)
	change_state(
		[row],
		states.CANCELLED,
		note=said.keep(sayings.cancelled),
		reason=why,
		device=device,
		cod_amount=0,
		parent_box=None,
	)
	_set_down(store.hold_boxes(measures.boxes_on(box)), box)
	_say_on_orders(row, orders)


def _set_down(rows: dict[str, BoxRow], pallet: str) -> None:
	for row in rows.values():
		change_state([row], row.state, note=said.keep(sayings.off_pallet, pallet=pallet), parent_box=None)


def _say_on_orders(row: BoxRow, orders: tuple[str, ...]) -> None:
	if counts_boxes(row.company):
		refresh_status.of_all(orders)
