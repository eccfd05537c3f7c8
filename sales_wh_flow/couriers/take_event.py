"""A courier says what happened to a parcel: it is written down once, and moves the parcel's boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from frappe.utils import get_system_timezone, now_datetime

from sales_wh_flow.base import background, plain_text
from sales_wh_flow.couriers.rules import states
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.rules.order_of_events import (
	MOVED_BY_COURIERS,
	CourierWord,
	deciding,
	next_state,
	settled_by_people,
	way_to,
)
from sales_wh_flow.couriers.store import courier_events, parcels
from sales_wh_flow.couriers.store.courier_events import KeptEvent
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store

MOVED, NOTED, OLDER, OURS = "Moved", "Noted", "Older", "Box Is Ours"
UNKNOWN_NUMBER, UNKNOWN_WORD, UNREADABLE = "Unknown Number", "Unknown Word", "Unreadable"
KNOWN_ALREADY = "Known Already"
"""No outcome of a record: none is written for what was told before."""

_CONFIRM = "sales_wh_flow.couriers.jobs.confirm_delivered"
_FOLLOW = "sales_wh_flow.couriers.jobs.follow_invoiced"


@dataclass(frozen=True, slots=True)
class Road:
	"""How an event came: by webhook, asked for, or from a Shipment; its body as it was."""

	name: str
	body: str = ""
	is_signed: bool = False


def take_event(courier: str, told: ToldEvent, road: Road, box: str = "") -> str:
	"""Write an event down and let it move the parcel's boxes. ``box``: the one that is meant where a parcel
	has no number. Returns the outcome.

	The parcel's boxes are held first, so that two events of one parcel are taken one after the other.
	"""
	known = parcels.boxes_with(told.tracking_no, courier) or parcels.this_box(box, courier)
	held = box_store.hold_boxes([one.box for one in known])
	event = _kept(courier, told, road, known[0].box if held else None)
	name = courier_events.add_event(event)
	if name is None:
		return KNOWN_ALREADY
	if not held:
		return event.outcome
	outcome = _settle(courier, told.tracking_no, list(held.values()), _since(known), {name: event})
	if outcome != event.outcome:
		courier_events.set_outcome([name], outcome)
	return outcome


def take_unreadable(courier: str, provider_id: str, road: Road) -> str:
	"""A signed message that is no event: kept, so that somebody can look at it."""
	told = ToldEvent(provider_id, "", "", "", "")
	event = _kept(courier, told, road, None, UNREADABLE)
	return event.outcome if courier_events.add_event(event) else KNOWN_ALREADY


def match_waiting(courier: str, tracking_no: str) -> str | None:
	"""A number was written on a box: what came for it before moves the box now. Returns what it made."""
	known = parcels.boxes_with(tracking_no, courier)
	held = box_store.hold_boxes([one.box for one in known])
	if not held:
		return None
	since = _since(known)
	names = courier_events.unknown_events(courier, tracking_no, since)
	outcome = _settle(courier, tracking_no, list(held.values()), since, {})
	courier_events.set_outcome(names, outcome, known[0].box)
	return outcome if names else None


def _settle(courier: str, number: str, held: Sequence, since: datetime, fresh: dict[str, KeptEvent]) -> str:
	"""Bring boxes to where all that is known of their parcel puts them. Returns the outcome of what is fresh.

	``fresh``: {name: the event that came now}; none where events are matched later.
	"""
	words = (
		courier_events.words_of(courier, number, since)
		if number
		else courier_events.words_of_box(held[0].name)
	)
	last = deciding(words)
	steps = parcels.steps_of([row.name for row in held])
	moves: dict[str, list] = {}
	for row in held:
		settled_on = settled_by_people(steps.get(row.name, ()))
		moves.setdefault(next_state(row.state, settled_on, words) or "", []).append(row)
	stay = moves.pop("", [])
	for state, rows in moves.items():
		_move(rows, state, last, fresh)
	if stay and fresh:
		_note(stay, fresh)
	if moves.get(box_states.DELIVERED):
		_confirm_notes(moves[box_states.DELIVERED])
	return _outcome(held, moves, last, fresh)


def _move(rows: Sequence, state: str, last: CourierWord, fresh: dict[str, KeptEvent]) -> None:
	event = fresh.get(last.key)
	for before in sorted({row.state for row in rows}):
		same = [row for row in rows if row.state == before]
		for between in way_to(before, state)[:-1]:
			change.change_state(same, between, happened_on=last.happened_on, courier_event=last.key)
			same = [replace(row, state=between) for row in same]
		fields = {"delivered_on": last.happened_on} if state == box_states.DELIVERED else {}
		change.change_state(
			same,
			state,
			happened_on=last.happened_on,
			courier_state=last.state,
			reason=last.reason or None,
			reason_group=states.group_of_reason(last.reason) or None,
			delay_of=states.delay_of(last.state, last.reason) or None,
			courier_event=last.key,
			place=event.place if event else None,
			**fields,
		)


def _note(rows: Sequence, fresh: dict[str, KeptEvent]) -> None:
	"""What moves no box but tells of it stands in its story, with whose delay it is."""
	for name, event in fresh.items():
		if not event.delay_of:
			continue
		for state in sorted({row.state for row in rows}):
			change.change_state(
				[row for row in rows if row.state == state],
				state,
				happened_on=event.happened_on,
				courier_state=event.state,
				reason=event.reason or None,
				reason_group=event.reason_group or None,
				delay_of=event.delay_of,
				courier_event=name,
				place=event.place,
			)


def _outcome(held: Sequence, moves: dict, last: CourierWord | None, fresh: dict[str, KeptEvent]) -> str:
	if all(row.state not in MOVED_BY_COURIERS for row in held):
		return OURS
	for event in fresh.values():
		if event.state == states.UNKNOWN:
			return UNKNOWN_WORD
	if moves and (not fresh or (last and last.key in fresh)):
		return MOVED
	wanted = {states.box_state_of(event.state, event.reason) for event in fresh.values()} - {None}
	return OLDER if wanted - {row.state for row in held} else NOTED


def _confirm_notes(rows: Sequence) -> None:
	"""The customer has every box of a note: the note says so, in a job of its own."""
	for note in sorted({row.delivery_note for row in rows if row.delivery_note}):
		background.owe(_CONFIRM, job_id=f"boxes delivered {note}", delivery_note=note)
	for bill in sorted({row.sales_invoice for row in rows if row.sales_invoice and not row.delivery_note}):
		background.owe(_FOLLOW, job_id=f"boxes delivered {bill}", sales_invoice=bill)


def _since(known: Sequence) -> datetime:
	return min(one.creation for one in known) - parcels.BEFORE


def _kept(courier: str, told: ToldEvent, road: Road, box: str | None, outcome: str = "") -> KeptEvent:
	came_on = now_datetime()
	happened_on = told.happened_on and told.happened_on.astimezone(_site_zone()).replace(tzinfo=None)
	return KeptEvent(
		courier=courier,
		provider_id=told.key,
		tracking_no=told.tracking_no,
		box=box,
		outcome=outcome or _likely(told, box),
		state=told.state,
		reason_group=states.group_of_reason(told.reason),
		reason=told.reason,
		delay_of=states.delay_of(told.state, told.reason),
		happened_on=min(happened_on or came_on, came_on),  # no clock of a courier knows the future
		came_on=came_on,
		place=_line(told.place),
		word=_line(told.word),
		note=_line(told.note),
		road=road.name,
		signature_ok=road.is_signed,
		body=plain_text.without_code(road.body),
	)


def _likely(told: ToldEvent, box: str | None) -> str:
	"""What mostly becomes of it; written anew where it comes otherwise."""
	if not box:
		return UNKNOWN_NUMBER
	return MOVED if states.box_state_of(told.state, told.reason) else NOTED


def _line(text: str) -> str:
	return plain_text.clean_typed(text[:138])


def _site_zone():
	from zoneinfo import ZoneInfo

	return ZoneInfo(get_system_timezone())
