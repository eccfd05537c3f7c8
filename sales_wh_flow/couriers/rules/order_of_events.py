"""Which of a parcel's events its box stands by: any order of arrival ends in the same state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.couriers.rules import states
from sales_wh_flow.packing.rules import states as box_states

_ON_ITS_WAY = (
	*(states.PENDING, states.CANCELLED, states.UNKNOWN, states.PICKED_UP, states.IN_TRANSIT),
	*(states.DELIVERY_DELAYED, states.ON_HOLD, states.READY_FOR_PICKUP, states.OUT_FOR_DELIVERY),
	states.DELIVERY_FAILED,
)
_RANK = {states.PICKED_UP: -1, states.DELIVERED: 1, states.RETURN_TO_SENDER: 2}
"""Before the time counts: what was scanned in a depot was picked up before; scans that come after a delivery
undo nothing; a parcel that goes back is "delivered" to us.
"""
_RANK_OF_BOX = {box_states.DELIVERED: 1, box_states.RETURNING: 2}

MOVED_BY_COURIERS = box_states.ON_ITS_WAY | {
	*(box_states.CLOSED, box_states.DELIVERED, box_states.REFUSED, box_states.RETURNING, box_states.LOST),
}
"""States of a box in which a courier's word counts. A box that is open, came back, was cancelled or was
accepted in part is in our hands or settled.
"""

_NOT_GONE_YET = (box_states.CLOSED, box_states.HANDED_OVER)
_BY = (box_states.HANDED_OVER, box_states.DELIVERY_FAILED, box_states.RETURNING)
"""What happened between two states of which one can't follow the other."""


@dataclass(frozen=True, slots=True)
class CourierWord:
	"""One event of a parcel as it counts for its box. ``key``: the provider's id, or the record's name."""

	key: str
	state: str
	reason: str
	happened_on: datetime


@dataclass(frozen=True, slots=True)
class BoxStep:
	"""What was written of a box: its state then, and whether people said it."""

	state: str
	happened_on: datetime
	is_by_people: bool


def settled_by_people(steps: Iterable[BoxStep]) -> datetime | None:
	"""When people last said where a box is that has left; None where only couriers did.

	A number or a courier that was written on it meanwhile says nothing of where it is.
	"""
	found, before = None, ""
	for step in steps:
		if step.is_by_people and step.state not in (before, box_states.OPEN, *_NOT_GONE_YET):
			found = step.happened_on
		before = step.state
	return found


def deciding(words: Iterable[CourierWord]) -> CourierWord | None:
	"""The event that a box stands by: the last that happened, whenever it came; none where none moves it."""
	moving = [word for word in words if states.box_state_of(word.state, word.reason)]
	return max(moving, key=_turn, default=None)


def next_state(current: str, settled_on: datetime | None, words: Iterable[CourierWord]) -> str | None:
	"""What the events make of a box that is ``current``; None where it stays.

	``settled_on``: when people last said where the box is. An older event never moves it back, except that
	a courier knows better than a hand-over when the parcel left.
	"""
	word = deciding(words)
	if word is None or current not in MOVED_BY_COURIERS:
		return None
	wanted = states.box_state_of(word.state, word.reason)
	if wanted is None or wanted == current or _rank(word) < _RANK_OF_BOX.get(current, -1):
		return None
	if current not in _NOT_GONE_YET and settled_on and word.happened_on < settled_on:
		return None
	return wanted if way_to(current, wanted) else None


def way_to(current: str, wanted: str) -> tuple[str, ...]:
	"""The states that a box goes through to get there, the last one there; empty where no way leads.

	A courier who has a box that nobody handed over proves the hand-over.
	"""
	if box_states.may_follow(current, wanted):
		return (wanted,)
	between = [
		state
		for state in _BY
		if box_states.may_follow(current, state) and box_states.may_follow(state, wanted)
	]
	return (between[0], wanted) if between else ()


def _turn(word: CourierWord) -> tuple:
	place = _ON_ITS_WAY.index(word.state) if word.state in _ON_ITS_WAY else len(_ON_ITS_WAY)
	return (_rank(word), word.happened_on, place, word.reason, word.key)


def _rank(word: CourierWord) -> int:
	return _RANK.get(word.state, 0)
