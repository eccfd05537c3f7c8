"""Whether a box may go into a hand-over."""

from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation

OPEN, CLOSING, CLOSED, CANCELLED = "Open", "Closing", "Closed", "Cancelled"
"""States of a hand-over."""

BOX_CLOSED, BOX_OPEN = "Closed", "Open"
_ENDED = ("Cancelled", "Returned")


@dataclass(frozen=True, slots=True)
class ScannedBox:
	"""A box as it is under its row lock. ``dead_orders``: cancelled or closed ones that its goods are for;
	``held_orders``: those on hold; ``reopened_orders``: those that are being opened again. ``document``: its
	Delivery Note or invoice;
	``is_label_moving``: its label is being asked for or given back; ``asks_money``: to be paid at the door.

	``handover``: the hand-over that it lies in, "" for none. ``parent_box``: the pallet it stands on.
	"""

	name: str
	state: str
	company: str
	warehouse: str
	courier: str = ""
	handover: str = ""
	parent_box: str = ""
	dead_orders: tuple[str, ...] = ()
	is_empty: bool = False
	held_orders: tuple[str, ...] = ()
	document: str = ""
	is_label_moving: bool = False
	reopened_orders: tuple[str, ...] = ()
	asks_money: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
	"""The hand-over that is being filled. ``collects``: who takes its boxes takes money at the door, too."""

	name: str
	state: str
	company: str
	warehouse: str
	courier: str
	collects: bool = True


def is_in(box: ScannedBox, manifest: Manifest) -> bool:
	"""Whether the box was scanned into this hand-over before: a second scan changes nothing."""
	return box.handover == manifest.name and box.state == BOX_CLOSED


def refusal(box: ScannedBox, manifest: Manifest) -> RuleViolation | None:
	"""Why the box does not go into the hand-over; None when it does. The first reason that holds."""
	return (
		_of_the_manifest(manifest)
		or _of_the_state(box)
		or _of_the_place(box, manifest)
		or _of_the_money(box, manifest)
		or _of_orders(box)
	)


def stays(box: ScannedBox, manifest: Manifest) -> RuleViolation | None:
	"""Why a box that was scanned in does not leave, when the hand-over is closed.

	One that its courier moved meanwhile (the driver scans while he loads) has left and lacks its note alone.
	"""
	if box.handover != manifest.name:
		return RuleViolation("box_not_in_handover", box=box.name, handover=manifest.name)
	if has_gone_ahead(box):
		return None
	return _of_the_state(box) or _of_the_courier(box, manifest) or _of_orders(box)


def has_gone_ahead(box: ScannedBox) -> bool:
	"""Whether the courier said that the box is on its way before a note says so."""
	return box.state not in (BOX_OPEN, BOX_CLOSED, *_ENDED) and not (box.document or box.is_empty)


def _of_the_manifest(manifest: Manifest) -> RuleViolation | None:
	if manifest.state != OPEN:
		return RuleViolation("handover_not_open", handover=manifest.name, state=manifest.state)
	return None


def _of_the_state(box: ScannedBox) -> RuleViolation | None:
	if box.state == BOX_OPEN:
		return RuleViolation("box_still_open", box=box.name)
	if box.state not in (BOX_CLOSED, *_ENDED) and not (box.document or box.handover):
		return RuleViolation("box_left_unnoted", box=box.name, state=box.state)
	if box.state in _ENDED:
		return RuleViolation("box_has_ended", box=box.name, state=box.state)
	if box.state != BOX_CLOSED:
		by = box.handover or box.document
		return RuleViolation("box_has_left", box=box.name, state=box.state, handover=by)
	if box.is_empty:
		return RuleViolation("box_holds_nothing", box=box.name)
	if box.is_label_moving:
		return RuleViolation("label_is_moving", box=box.name)
	return None


def _of_the_place(box: ScannedBox, manifest: Manifest) -> RuleViolation | None:
	if box.warehouse != manifest.warehouse or box.company != manifest.company:
		return RuleViolation(
			"box_of_other_warehouse", box=box.name, warehouse=box.warehouse, here=manifest.warehouse
		)
	if other := _of_the_courier(box, manifest):
		return other
	if box.handover and box.handover != manifest.name:
		return RuleViolation("box_in_other_handover", box=box.name, handover=box.handover)
	return None


def _of_the_courier(box: ScannedBox, manifest: Manifest) -> RuleViolation | None:
	if box.courier and box.courier != manifest.courier:
		return RuleViolation("box_of_other_courier", box=box.name, courier=box.courier, here=manifest.courier)
	return None


def _of_the_money(box: ScannedBox, manifest: Manifest) -> RuleViolation | None:
	if box.asks_money and not manifest.collects:
		return RuleViolation("nobody_collects", box=box.name, courier=manifest.courier)
	return None


def _of_orders(box: ScannedBox) -> RuleViolation | None:
	if box.dead_orders:
		return RuleViolation("box_of_cancelled_order", box=box.name, orders=box.dead_orders)
	if box.held_orders:
		return RuleViolation("box_of_held_order", box=box.name, orders=box.held_orders)
	if box.reopened_orders:
		return RuleViolation("box_of_reopened_order", box=box.name, orders=box.reopened_orders)
	return None
