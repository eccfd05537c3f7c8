"""How one order, or its lines in one group, was served, and what many of them amount to.

Filled: it had left by the day that was promised first. On time in full: all of it was there by a day; that
day is the one asked for, the first or the last that was promised. An order counts once that is decided: all
is there, or the day is over.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from statistics import median

from sales_wh_flow.base.quantities import is_less, rounded

REQUESTED, FIRST, LAST = "requested", "first", "last"
BASELINES = (REQUESTED, FIRST, LAST)
"""The days that an order is measured by."""


@dataclass(frozen=True, slots=True)
class OrderedLine:
	"""``value``: its net amount. ``at_once``: what was locked as the order was submitted; None where nothing
	is ever locked for such a line. ``came_back``: some of it was refused on delivery, or returned.
	"""

	line: str
	qty_stock: float
	value: float = 0.0
	warehouse: str = ""
	item_group: str = ""
	at_once: float | None = None
	came_back: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
	"""What left of a line. ``there``: the day of its delivery; None where nobody has confirmed it.
	``at_counter``: with an invoice that moves stock, so into the customer's hands.
	"""

	line: str
	qty_stock: float
	left: date
	there: date | None = None
	at_counter: bool = False


@dataclass(frozen=True, slots=True)
class OrderedGoods:
	"""``days``: the day of each baseline, None where there is none."""

	order: str
	days: Mapping[str, date | None]
	lines: tuple[OrderedLine, ...]
	sendings: tuple[Sending, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
	"""``lines_filled``, ``value_filled``: None until it is decided. ``on_time``: by baseline, None likewise.
	``full_on``: the day on which all of it was there. ``at_once``: the share of each line that can be locked.
	``came_back``: whether anything was refused or returned; None until anything has left.
	"""

	order: str
	lines: int
	value: float
	lines_filled: int | None
	value_filled: float | None
	on_time: Mapping[str, bool | None]
	full_on: date | None
	at_once: tuple[float, ...] = ()
	came_back: bool | None = None

	@property
	def is_filled(self) -> bool | None:
		return None if self.lines_filled is None else self.lines_filled == self.lines


@dataclass(frozen=True, slots=True)
class ServiceFigures:
	"""Shares from 0 to 100, None where nothing is decided."""

	orders: int
	line_fill: float | None
	order_fill: float | None
	value_fill: float | None
	on_time: Mapping[str, float | None]
	at_once: float | None
	came_back: float | None


def confirms_deliveries(orders: Iterable[OrderedGoods]) -> bool:
	"""Whether anybody confirms deliveries here; else the day of sending is all that is known."""
	return any(it.there and not it.at_counter for order in orders for it in order.sendings)


def judge_service(
	order: OrderedGoods, today: date, by_delivery: bool, most_days_early: int | None = None
) -> Service:
	"""How it was served. ``by_delivery``: on time is what was delivered by then, else what had left.

	``most_days_early``: what is there earlier than so many days before is not on time either.
	"""
	left = {line.line: _by_day(order, line, _left) for line in order.lines}
	there = {line.line: _by_day(order, line, _there) for line in order.lines} if by_delivery else left
	full_on = _full_on(order, there)
	first = order.days[FIRST]
	is_over = _full_on(order, left) is not None or (first is not None and today > first)
	by_first = {line.line: _until(left[line.line], first) for line in order.lines} if first else {}
	is_decided = is_over and first is not None
	return Service(
		order=order.order,
		lines=len(order.lines),
		value=fsum(line.value for line in order.lines),
		lines_filled=sum(not is_less(by_first[it.line], it.qty_stock) for it in order.lines)
		if is_decided
		else None,
		value_filled=fsum(it.value * min(by_first[it.line] / it.qty_stock, 1) for it in order.lines)
		if is_decided
		else None,
		on_time={name: _is_on_time(full_on, order.days[name], today, most_days_early) for name in BASELINES},
		full_on=full_on,
		at_once=tuple(
			min(line.at_once / line.qty_stock, 1) for line in order.lines if line.at_once is not None
		),
		came_back=any(line.came_back for line in order.lines) if any(left.values()) else None,
	)


def figures(services: Iterable[Service]) -> ServiceFigures:
	"""What they amount to. Each share is of those that are decided."""
	all_of_them = list(services)
	decided = [it for it in all_of_them if it.lines_filled is not None]
	return ServiceFigures(
		orders=len(all_of_them),
		line_fill=_share(sum(it.lines_filled or 0 for it in decided), sum(it.lines for it in decided)),
		order_fill=_share(sum(bool(it.is_filled) for it in decided), len(decided)),
		value_fill=_share(fsum(it.value_filled or 0 for it in decided), fsum(it.value for it in decided)),
		on_time={name: _on_time(all_of_them, name) for name in BASELINES},
		at_once=_mean([share for it in all_of_them for share in it.at_once]),
		came_back=_came_back(all_of_them),
	)


COUNTS: dict[str, Callable[[Service], bool]] = {
	"line_fill": lambda it: it.lines_filled is not None,
	"order_fill": lambda it: it.lines_filled is not None,
	"value_fill": lambda it: it.lines_filled is not None,
	"on_requested": lambda it: it.on_time[REQUESTED] is not None,
	"on_first": lambda it: it.on_time[FIRST] is not None,
	"on_last": lambda it: it.on_time[LAST] is not None,
	"at_once": lambda it: bool(it.at_once),
	"came_back": lambda it: it.came_back is not None,
}
"""Which orders each figure counts."""


def middle(values: Iterable[float]) -> float | None:
	"""What half of them do not exceed; None of none."""
	found = list(values)
	return float(median(found)) if found else None


def _left(sending: Sending) -> date | None:
	return sending.left


def _there(sending: Sending) -> date | None:
	return sending.there


def _by_day(
	order: OrderedGoods, line: OrderedLine, day_of: Callable[[Sending], date | None]
) -> list[tuple[date, float]]:
	"""(day, quantity) of what came of a line, in the order of time."""
	of_line = (it for it in order.sendings if it.line == line.line)
	return sorted((day, it.qty_stock) for it in of_line if (day := day_of(it)) is not None)


def _until(came: list[tuple[date, float]], day: date) -> float:
	return rounded(fsum(qty for when, qty in came if when <= day))


def _full_on(order: OrderedGoods, came: Mapping[str, list[tuple[date, float]]]) -> date | None:
	"""The day on which the last of its lines was whole; None while one is not."""
	days = [_whole_on(came[line.line], line.qty_stock) for line in order.lines]
	known = [day for day in days if day]
	return max(known) if known and len(known) == len(days) else None


def _whole_on(came: list[tuple[date, float]], qty_stock: float) -> date | None:
	total = 0.0
	for day, qty in came:
		total += qty
		if not is_less(total, qty_stock):
			return day
	return None


def _is_on_time(
	full_on: date | None, day: date | None, today: date, most_days_early: int | None
) -> bool | None:
	if day is None:
		return None
	if full_on is None:
		return False if today > day else None
	if most_days_early is not None and full_on < day - timedelta(days=most_days_early):
		return False
	return full_on <= day


def _on_time(services: list[Service], baseline: str) -> float | None:
	decided = [it.on_time[baseline] for it in services if it.on_time[baseline] is not None]
	return _share(sum(map(bool, decided)), len(decided))


def _came_back(services: list[Service]) -> float | None:
	left = [it.came_back for it in services if it.came_back is not None]
	return _share(sum(left), len(left))


def _share(part: float, whole: float) -> float | None:
	return round(100 * part / whole, 2) if whole else None


def _mean(shares: list[float]) -> float | None:
	return _share(fsum(shares), len(shares))
