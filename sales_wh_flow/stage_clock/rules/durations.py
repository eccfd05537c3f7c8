"""How long orders took, per stage and group, put together from the lives of many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.base.working_time import Calendar, passed
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.forecast import (
	BEFORE_SENDING,
	HOURS_A_DAY,
	ON_THE_WAY,
	Group,
	Spread,
	StageTimes,
)
from sales_wh_flow.stage_clock.rules.times import percentile

_ARRIVED = (stages.TO_INVOICE.name, stages.TO_COLLECT.name, stages.ENDED.name)
_GIVEN_UP = ("Cancelled", "Closed")


@dataclass(frozen=True, slots=True)
class Passage:
	"""One stage of a life; ``left`` None while it lasts. ``flow_status``: as it began, "" if nobody knows."""

	stage: str
	entered: datetime
	left: datetime | None
	flow_status: str = ""


@dataclass(frozen=True, slots=True)
class Life:
	"""The stages of an order, in the order of time, and what it is like."""

	passages: tuple[Passage, ...]
	group: Group
	calendar: Calendar


def times_of(lives: Iterable[Life], least: int) -> dict[tuple[str, Group], StageTimes]:
	"""The times of every stage in every group of orders that ``least`` orders or more tell of."""
	found: dict[tuple[str, Group], tuple[list[float], ...]] = defaultdict(lambda: ([], [], []))
	for life in lives:
		for stage, days in _days(life).items():
			for group in life.group.wider():
				for listed, one in zip(found[stage, group], days, strict=True):
					if one is not None:
						listed.append(one)
	table = {
		key: StageTimes(*(_spread(days, max(least, 1)) for days in listed)) for key, listed in found.items()
	}
	return {key: times for key, times in table.items() if times != StageTimes()}


def milestones(passages: Sequence[Passage]) -> tuple[datetime | None, datetime | None]:
	"""When the last of the goods left, and when they were with the customer; None for what never happened,
	or ended otherwise.
	"""
	sent = there = None
	for passage in passages:
		if passage.stage in BEFORE_SENDING:
			sent = there = None
		elif passage.stage == ON_THE_WAY:
			sent = passage.entered
		elif passage.stage in _ARRIVED and passage.flow_status not in _GIVEN_UP and there is None:
			there = passage.entered
			sent = sent or there
	return sent, there


def _days(life: Life) -> dict[str, tuple[float | None, float | None, float | None]]:
	"""{stage: working days (in it, from its first beginning until sent, until there)}; a stage that was
	entered twice counts once, from its last beginning on. Days on hold count for nobody.
	"""
	sent, there = milestones(life.passages)
	found: dict[str, tuple[float | None, float | None, float | None]] = {}
	for passage in life.passages:
		if passage.stage not in (*BEFORE_SENDING, ON_THE_WAY):
			continue
		begin = passage.entered
		found[passage.stage] = (
			_between(begin, passage.left, life),
			_between(begin, sent, life) if passage.stage != ON_THE_WAY else None,
			_between(begin, there, life),
		)
	return found


def _between(begin: datetime, end: datetime | None, life: Life) -> float | None:
	if end is None or end < begin:
		return None
	held = sum(
		passed(max(one.entered, begin), min(one.left or end, end), life.calendar)
		for one in life.passages
		if one.stage == stages.ON_HOLD.name
	)
	return max(passed(begin, end, life.calendar) - held, 0.0) / HOURS_A_DAY


def _spread(days: list[float], least: int) -> Spread | None:
	if len(days) < least:
		return None
	days.sort()
	return Spread(percentile(days, 0.5) or 0.0, percentile(days, 0.9) or 0.0, len(days))


def by_order(rows: Iterable[Mapping]) -> dict[str, tuple[Passage, ...]]:
	"""The passages of each order, from rows in the order of time."""
	found: dict[str, list[Passage]] = defaultdict(list)
	for row in rows:
		found[row["sales_order"]].append(
			Passage(row["stage"], row["entered_on"], row["left_on"], row["flow_status"] or "")
		)
	return {order: tuple(passages) for order, passages in found.items()}
