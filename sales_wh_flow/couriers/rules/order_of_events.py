"""Which of a parcel's events its box stands by: any order of arrival ends in the same state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.couriers.rules import states

_ON_ITS_WAY = (
	*(states.PENDING, states.CANCELLED, states.UNKNOWN, states.PICKED_UP, states.IN_TRANSIT),
	*(states.DELIVERY_DELAYED, states.ON_HOLD, states.READY_FOR_PICKUP, states.OUT_FOR_DELIVERY),
	states.DELIVERY_FAILED,
)
_DECIDING = {states.DELIVERED: 1, states.RETURN_TO_SENDER: 2}
"""Scans of a depot that come after a delivery undo nothing; a parcel that goes back is "delivered" to us."""

MOVED_BY_COURIERS = (
	*("Closed", states.BOX_HANDED_OVER, states.BOX_IN_TRANSIT, states.BOX_OUT_FOR_DELIVERY),
	*(states.BOX_READY_FOR_PICKUP, states.BOX_FAILED, states.BOX_DELIVERED, states.BOX_REFUSED),
	*(states.BOX_RETURNING, states.BOX_LOST),
)
"""States of a box in which a courier's word counts. A box that is open, came back, was cancelled or was
accepted in part is in our hands or settled."""

_NOT_GONE_YET = ("Closed", states.BOX_HANDED_OVER)


@dataclass(frozen=True, slots=True)
class CourierWord:
	"""One event of a parcel as it counts for its box. ``key``: the provider's id, or the record's name."""

	key: str
	state: str
	reason: str
	happened_on: datetime


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
	if wanted == current:
		return None
	if current not in _NOT_GONE_YET and settled_on and word.happened_on < settled_on:
		return None
	return wanted


def _turn(word: CourierWord) -> tuple:
	place = _ON_ITS_WAY.index(word.state) if word.state in _ON_ITS_WAY else len(_ON_ITS_WAY)
	return (_DECIDING.get(word.state, 0), word.happened_on, place, word.reason, word.key)
