"""Would the forecasts have come true? Learned from the first lives of the past, tried on the last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sales_wh_flow.order.rules.forecast import LeadTimes, LineAhead, Table, Ways, WhereItIs, expect_line
from sales_wh_flow.stage_clock.rules.durations import Life, milestones, times_of

HELD_OUT = 0.3
"""The share of orders, the last ones, that nothing is learned from."""


@dataclass(frozen=True, slots=True)
class Outcome:
	"""``tried``: orders of the held-out share whose end is known. ``covered``: share of them that were there
	by the day of nine of ten; ``half``: by the likely day; ``sooner``: before it. ``error``,
	``fixed_error``: mean distance in days of the likely day, and of the day by fixed lead times, from the
	day it was. ``by_history``: share for which enough orders told.
	"""

	learned: int
	tried: int
	covered: float
	half: float
	sooner: float
	error: float
	fixed_error: float
	by_history: float


def replay(lives: Sequence[Life], stage: str, least: int, leads: LeadTimes) -> Outcome | None:
	"""Forecasts made as each held-out order entered the stage; None where nothing can be tried.

	Only what had ended before the first held-out order came is learned from: nobody knew more then.
	"""
	known = sorted((it for it in map(_entrance(stage), lives) if it), key=lambda it: it[0])
	cut = int(len(known) * (1 - HELD_OUT))
	held = [(life, entered, there) for entered, there, life in known[cut:] if there]
	if not held or not cut:
		return None
	first = known[cut][0]
	learned = [life for _entered, there, life in known[:cut] if there and there < first]
	table = times_of(learned, least)
	misses, fixed_misses, covered, half, sooner, told = [], [], 0, 0, 0, 0
	for life, entered, there in held:
		found = _forecast(life, stage, entered, table, leads)
		fixed = _forecast(life, stage, entered, {}, leads)
		actual = there.date()
		covered += found[1] >= actual
		half += found[0] >= actual
		sooner += found[0] > actual
		told += found[2]
		misses.append(abs((found[0] - actual).days))
		fixed_misses.append(abs((fixed[0] - actual).days))
	count = len(held)
	return Outcome(
		learned=len(learned),
		tried=count,
		covered=covered / count,
		half=half / count,
		sooner=sooner / count,
		error=sum(misses) / count,
		fixed_error=sum(fixed_misses) / count,
		by_history=told / count,
	)


def _entrance(stage: str) -> Callable[[Life], tuple[datetime, datetime | None, Life] | None]:
	def of_life(life: Life) -> tuple[datetime, datetime | None, Life] | None:
		entered = next((it.entered for it in life.passages if it.stage == stage), None)
		return (entered, milestones(life.passages)[1], life) if entered else None

	return of_life


def _forecast(
	life: Life, stage: str, entered: datetime, table: Table, leads: LeadTimes
) -> tuple[date, date, bool]:
	group = life.group
	line = LineAhead("", group.item_group, group.warehouse)
	found = expect_line(
		WhereItIs(stage, entered, group.courier), line, Ways(table, leads, life.calendar, entered)
	)
	likely = found.day or entered.date()
	return likely, found.latest or likely, bool(found.orders)
