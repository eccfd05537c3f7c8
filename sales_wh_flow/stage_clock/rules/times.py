"""How long stages took: working time of whoever had to act, and the figures of many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.base.working_time import Calendar, passed
from sales_wh_flow.order.rules.stages import US


@dataclass(frozen=True, slots=True)
class Stay:
	"""One order in one stage, until ``left`` (None: still there)."""

	order: str
	stage: str
	entered: datetime
	left: datetime | None
	delay_of: str = US


@dataclass(frozen=True, slots=True)
class StageFigures:
	"""Of many stays: how many, how many of them last, and their hours at the middle and at nine of ten.

	Hours are working hours where the stage is ours; where somebody else has to act the clock of working time
	stands still, and hours are those of the wall clock.
	"""

	stays: int
	lasting: int
	p50_h: float | None
	p90_h: float | None
	longest_h: float | None


def hours(stay: Stay, now: datetime, calendar: Calendar) -> float:
	"""How long it took, or takes until now: in working hours where it is our delay, else in all hours."""
	until = max(stay.left or now, stay.entered)
	if stay.delay_of == US:
		return passed(stay.entered, until, calendar)
	return (until - stay.entered).total_seconds() / 3600


def stay_figures(taken: Iterable[tuple[Stay, float]]) -> StageFigures:
	"""The figures of stays with their hours. Percentiles are of those that have ended."""
	stays = list(taken)
	ended = sorted(hours for stay, hours in stays if stay.left)
	return StageFigures(
		stays=len(stays),
		lasting=sum(not stay.left for stay, _hours in stays),
		p50_h=percentile(ended, 0.5),
		p90_h=percentile(ended, 0.9),
		longest_h=max((hours for _stay, hours in stays), default=None),
	)


def percentile(ordered: list[float], share: float) -> float | None:
	"""The value that a share of them does not exceed, between two of them in proportion; None of none.

	``ordered``: from small to large. Source: the inclusive method of `statistics.quantiles`.
	"""
	if not ordered:
		return None
	at = share * (len(ordered) - 1)
	low = int(at)
	high = min(low + 1, len(ordered) - 1)
	return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
