"""What an order was promised for, and whether it will keep that."""

from dataclasses import dataclass
from datetime import date, timedelta

from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.forecast import Forecast

ON_TIME, AT_RISK, LATE = "On Time", "At Risk", "Late"
LATENESS = (ON_TIME, AT_RISK, LATE)

MEASURED = (
	stages.APPROVAL.name,
	stages.WAITING.name,
	stages.TO_PICK.name,
	stages.PICKING.name,
	stages.PACKING.name,
	stages.READY.name,
	stages.IN_TRANSIT.name,
	stages.SERVICE.name,
	stages.ON_HOLD.name,
)
"""The stages of orders that somebody waits for."""


@dataclass(frozen=True, slots=True)
class Promised:
	"""``requested``: the day asked for as the order was submitted. ``first`` stays for good, ``last`` follows
	what is promised anew. ``basis``: the delivery date that ``last`` has seen.
	"""

	requested: date | None = None
	first: date | None = None
	last: date | None = None
	basis: date | None = None

	@property
	def measured_by(self) -> date | None:
		return self.last or self.requested


def judge_promise(kept: Promised, is_submitted: bool, asked: date | None, planned: date | None) -> Promised:
	"""The promise of an order as it stands. ``asked``: its delivery date; ``planned``: the day routing found
	for the last of its lines.

	What was asked for is promised, or the first later day on which it can be there. A delivery date that is
	changed afterwards is a new promise.
	"""
	if not is_submitted:
		return Promised(asked)
	if kept.first is None:
		days = [day for day in (asked, planned) if day]
		promise = max(days) if days else None
		return Promised(asked, promise, promise, asked)
	if asked and asked != kept.basis:
		return Promised(kept.requested, kept.first, asked, asked)
	return kept


def judge_lateness(stage: str, promised: Promised, forecast: Forecast, today: date) -> str:
	"""ON_TIME, AT_RISK (the forecast lies behind the promise), LATE (the promised day is over); "" where
	nobody waits for the order, or nothing is known of it.
	"""
	promise = promised.measured_by
	if stage not in MEASURED or promise is None:
		return ""
	if stage == stages.IN_TRANSIT.name and forecast.there is None:
		return ""  # where deliveries are never confirmed, all that has left would be late for ever
	if today > promise:
		return LATE
	return AT_RISK if forecast.day and forecast.day > promise else ON_TIME


def since(state: str, before: tuple[str, date | None], promised: Promised, today: date) -> date | None:
	"""The day from which on it has been so."""
	if not state:
		return None
	if state == LATE and promised.measured_by:
		return promised.measured_by + timedelta(days=1)
	return before[1] if before[0] == state and before[1] else today
