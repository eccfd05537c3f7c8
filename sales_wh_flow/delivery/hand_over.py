"""Boxes are scanned into the hand-over of a courier, and taken out of it again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, format_date, getdate, now_datetime

from sales_wh_flow.base import hold_rows, own_hooks, records, refusals, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.delivery import permissions, sayings
from sales_wh_flow.delivery.rules import scan_in
from sales_wh_flow.delivery.rules.scan_in import Manifest, ScannedBox
from sales_wh_flow.delivery.store import contents, handovers, to_pay
from sales_wh_flow.delivery.store.handovers import HANDED_OVER, TAKEN_OUT, HandoverRow
from sales_wh_flow.packing import change_state as packing
from sales_wh_flow.packing.held import is_label_moving
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as packed
from sales_wh_flow.packing.store import measures
from sales_wh_flow.packing.store.boxes import BoxRow


def open_for_courier(
	courier: str, warehouse: str, driver: str | None, vehicle: str | None, day: date | None = None
) -> str:
	"""The open hand-over of the courier, warehouse, day and driver, made unless there is one. Its name."""
	check_notes_are_made()
	permissions.check_works_in(warehouse)
	handovers.hold_courier(courier)
	if not frappe.db.get_value("Courier", courier, "enabled"):
		refuse(RuleViolation("courier_disabled", courier=courier))
	day = day or getdate(now_datetime())
	found = handovers.open_handover(courier, warehouse, day, driver or "")
	if found:
		return found
	made = frappe.new_doc("Courier Handover")
	made.update(
		{
			"courier": courier,
			"warehouse": warehouse,
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"handover_date": day,
			"state": scan_in.OPEN,
			"driver": driver or None,
			"vehicle": vehicle or None,
		}
	)
	records.save(made)
	_say_what_is_open(handovers.left_open(courier, warehouse, day, driver or ""))
	return made.name


def _say_what_is_open(older: tuple[str, date] | None) -> None:
	if older:
		text = _("Hand-over {0} of {1} is still open. Close it, or take its boxes out.")
		name, day = frappe.bold(escape_html(older[0])), format_date(older[1])
		frappe.msgprint(text.format(name, day), title=_("Still Open"), indicator="orange")


def put_box_in(handover: str, text: str) -> str:
	"""The box with this number, SSCC or tracking number goes into the hand-over; its name. A closed pallet
	puts in what stands on it, all or nothing.

	A box that lies there already stays. Raises: ValidationError saying why another one does not go in.
	"""
	head = hold_own_handover(handover)
	name = contents.found_by(text)
	if not name:
		refuse(RuleViolation("box_unknown", text=text))
	on_it = measures.boxes_on(name)
	if not on_it:
		return _put_in(head, name)
	if frappe.db.get_value("Order Box", name, "state") == states.OPEN:
		refuse(RuleViolation("box_still_open", box=name))
	hold_rows.hold_order_rows({it for orders in contents.orders_of_boxes(on_it).values() for it in orders})
	for box in on_it:
		_put_in(head, box)
	return name


def _put_in(head: HandoverRow, name: str) -> str:
	handover = head.name
	orders = contents.orders_of_boxes([name])[name]
	hold_rows.hold_order_rows(orders)
	box = packed.hold_boxes([name])[name]
	facts = scanned(box, contents.stopped_orders(orders), orders, orders_opened_again(orders))
	manifest = replace(_manifest(head), collects=_collects(head))
	if scan_in.is_in(facts, manifest):
		return name
	if not manifest.collects:
		asked = to_pay.still_to_collect([name])
		facts = replace(facts, asks_money=any(amount > 0 for amount, _currency in asked.values()))
	refuse(scan_in.refusal(facts, manifest) or ())
	packing.change_state(
		[box],
		states.CLOSED,
		note=said.keep(sayings.scanned_in, handover=handover),
		handover=handover,
		courier=head.courier,
	)
	about = {"orders": ", ".join(orders), "tracking_no": box.tracking_no, **contents.about(name)}
	handovers.put_row(handover, name, about, brought_courier=not box.courier)
	return name


def take_box_out(handover: str, box: str) -> str:
	"""The box stays here after all; its name. One that is not in the hand-over is left alone."""
	head = hold_own_handover(handover)
	found = packed.hold_boxes([box]).get(box)
	if not found or found.handover != handover:
		refuse(RuleViolation("box_not_in_handover", box=box, handover=handover))
	refuse(_of_open(head) or ())
	if found.state != states.CLOSED:
		refuse(RuleViolation("box_has_left", box=box, state=found.state, handover=handover))
	_free([found], handover)
	return box


def cancel_handover(handover: str, reason: str) -> None:
	"""A hand-over that nothing has left with is cancelled; its boxes may go with another one."""
	head = hold_own_handover(handover)
	why = refusals.require_reason(reason, RuleViolation("handover_reason_missing"))
	refuse(_of_open(head) or ())
	rows = handovers.boxes_in(handover)
	if any(row.state == HANDED_OVER for row in rows):
		refuse(RuleViolation("handover_has_left", handover=handover))
	_free(list(packed.hold_boxes([row.box for row in rows]).values()), handover)
	handovers.set_head(handover, state=scan_in.CANCELLED, cancel_reason=why)


def hold_own_handover(handover: str) -> HandoverRow:
	"""The hand-over, locked, for somebody who works in its warehouse."""
	check_notes_are_made()
	head = handovers.hold_handover(handover)
	if not head:
		refuse(RuleViolation("handover_unknown", handover=handover))
	if not permissions.works_in(head.warehouse):
		refuse(RuleViolation("not_your_handover", handover=handover))
	return head


def orders_opened_again(orders: Iterable[str]) -> set[str]:
	"""Which of these orders, which are held, are being opened again: what was made of them is undone."""
	names = sorted(set(orders))
	return (
		{name for ask in own_hooks.hooked("swf_orders_taken_back") for name in ask(names)} if names else set()
	)


def scanned(
	box: BoxRow, stopped: Mapping[str, bool], orders: Collection[str], reopened: Collection[str]
) -> ScannedBox:
	"""What the rules have to know of a box that is locked. ``stopped``: as ``contents.stopped_orders``, of
	its ``orders``; ``reopened``: as ``orders_opened_again``.
	"""
	return ScannedBox(
		*(box.name, box.state, box.company, box.warehouse, box.courier or "", box.handover or ""),
		box.parent_box or "",
		tuple(sorted(order for order, is_held in stopped.items() if not is_held)),
		not orders,
		tuple(sorted(order for order, is_held in stopped.items() if is_held)),
		box.document or "",
		is_label_moving(box.label_asked_on, box.label_made_on),
		tuple(sorted({*orders} & {*reopened})),
	)


def check_notes_are_made() -> None:
	"""Raises: ValidationError where notes are not made from picks at all."""
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))


def stand_here_again(boxes: Sequence[BoxRow], scans: Collection[str], note: str, **fields: None) -> None:
	"""Boxes that are held are closed boxes again, in no hand-over. ``scans``: those that lose the courier,
	too, which their scan alone gave them.
	"""
	for courier in ({}, {"courier": None}):
		these = [box for box in boxes if (box.name in scans) == bool(courier)]
		packing.change_state(these, states.CLOSED, note=note, **fields, **courier)


def _free(boxes: list[BoxRow], handover: str) -> None:
	mine = [box for box in boxes if box.handover == handover]
	names = [box.name for box in mine]
	scans = handovers.with_its_courier_alone(handover, names)
	stand_here_again(mine, scans, said.keep(sayings.taken_out, handover=handover), handover=None)
	handovers.set_rows(handover, names, state=TAKEN_OUT, refusal=None)


def _of_open(head: HandoverRow) -> RuleViolation | None:
	if head.state == scan_in.OPEN:
		return None
	return RuleViolation("handover_not_open", handover=head.name, state=head.state)


def _collects(head: HandoverRow) -> bool:
	"""Whether money is taken at the door: by a driver of ours, at our counter, or by a courier that does."""
	if head.driver:
		return True
	return any(frappe.get_cached_value("Courier", head.courier, ["takes_cod", "is_collection"]))


def _manifest(head: HandoverRow) -> Manifest:
	return Manifest(head.name, head.state, head.company, head.warehouse, head.courier)
