"""When an order will be with its customer: by how long its company took so far, else by fixed lead times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sales_wh_flow.base.working_time import Calendar, after
from sales_wh_flow.order.rules import stages

HOURS_A_DAY = 24
"""Days are working days of the calendar, each of them whole."""

BEFORE_SENDING = (
	stages.ENTRY.name,
	stages.APPROVAL.name,
	stages.WAITING.name,
	stages.TO_PICK.name,
	stages.PICKING.name,
	stages.PACKING.name,
	stages.READY.name,
)
ON_THE_WAY = stages.IN_TRANSIT.name
_IN_THE_WAREHOUSE = (stages.TO_PICK.name, stages.PICKING.name, stages.PACKING.name, stages.READY.name)


@dataclass(frozen=True, slots=True)
class Group:
	"""Which orders are alike; "" counts all."""

	warehouse: str = ""
	courier: str = ""
	item_group: str = ""

	def wider(self) -> tuple["Group", ...]:
		"""Itself and the wider groups it is in, the narrowest first: what leaves a warehouse goes before
		who carries it, and that before what it is.
		"""
		place, carrier, goods = self.warehouse, self.courier, self.item_group
		found = (
			self,
			Group(place, carrier),
			Group(place, "", goods),
			Group(place),
			Group("", carrier, goods),
			Group("", carrier),
			Group("", "", goods),
			Group(),
		)
		return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Spread:
	"""Working days that half of ``orders``, and nine of ten of them, took."""

	p50: float
	p90: float
	orders: int = 0


@dataclass(frozen=True, slots=True)
class StageTimes:
	"""Of a stage in a group: the stay in it, and from its beginning until the goods had left, and until they
	were with the customer; None where too few orders tell.
	"""

	stay: Spread | None = None
	until_sent: Spread | None = None
	until_there: Spread | None = None


Table = Mapping[tuple[str, Group], StageTimes]
_Alike = tuple[Group, ...]
"""Groups that an order is in, the narrowest first."""


@dataclass(frozen=True, slots=True)
class LeadTimes:
	"""Fixed working days, for where no history tells; ``transit`` None: nobody knows."""

	approval: float = 1.0
	supply: float = 14.0
	warehouse: float = 1.0
	transit: float | None = None

	def until_sent(self, stage: str) -> float:
		days = self.warehouse
		if stage in (stages.ENTRY.name, stages.APPROVAL.name):
			days += self.approval
		return days + (self.supply if stage == stages.WAITING.name else 0.0)


@dataclass(frozen=True, slots=True)
class LineAhead:
	"""A line that is still open. ``is_missing``: its goods are not there. ``ships_on``, ``arrives_on``: the
	days that routing planned.
	"""

	row: str
	item_group: str = ""
	warehouse: str = ""
	is_missing: bool = False
	ships_on: date | None = None
	arrives_on: date | None = None


@dataclass(frozen=True, slots=True)
class WhereItIs:
	"""The stage that an order is in, since when, and what it is like."""

	stage: str
	entered: datetime
	courier: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
	"""``ships`` and ``there``: the likely days, ``latest``: nine of ten are there by then; None: unknown.

	``orders``: how many like it that rests on, 0 for fixed lead times; ``group``: which they are.
	"""

	ships: date | None = None
	there: date | None = None
	latest: date | None = None
	orders: int = 0
	group: Group = Group()

	@property
	def day(self) -> date | None:
		return self.there or self.ships


@dataclass(frozen=True, slots=True)
class Ways:
	"""What days are counted by: the company's own times, else fixed ones; its days; now."""

	table: Table
	leads: LeadTimes
	calendar: Calendar
	moment: datetime


def expect_line(order: WhereItIs, line: LineAhead, by: Ways) -> Forecast:
	"""When this line leaves and arrives; nothing for stages in which nobody works towards that."""
	alike = Group(line.warehouse, order.courier, line.item_group).wider()
	if order.stage == ON_THE_WAY:
		return _on_the_way(order, alike, by)
	if order.stage not in BEFORE_SENDING:
		return Forecast()
	stage = _stage_of(order.stage, line)
	since = order.entered if stage == order.stage else by.moment
	stay = _spread(by.table, stage, alike, "stay")[0]
	sent, used = _spread(by.table, stage, alike, "until_sent")
	whole, told = _spread(by.table, stage, alike, "until_there")
	if not (sent or whole) and _is_planned(line, stage, by.moment.date()):
		return _as_planned(line, alike, by)
	ships = _ends(since, sent or _fixed(by.leads.until_sent(stage)), stay, by)
	planned = _planned(line, ships[0], by.moment.date())
	if planned:
		ships = (planned, planned + (ships[1] - ships[0]))
	elif whole:
		likely, latest = (max(day, ships[0]) for day in _ends(since, whole, stay, by))
		return Forecast(ships[0], likely, latest, whole.orders, told)
	return _with_transit(ships, alike, by, sent.orders if sent else 0, used)


def _is_planned(line: LineAhead, stage: str, today: date) -> bool:
	"""Whether routing has planned the way of goods that only have to be sent, and the day is not over."""
	is_ahead = line.ships_on is not None and line.ships_on >= today
	return is_ahead and not line.is_missing and stage in _IN_THE_WAREHOUSE


def _as_planned(line: LineAhead, alike: _Alike, by: Ways) -> Forecast:
	"""What was planned for this line says more than a lead time that is the same for all: cut-off, days off
	and the way to this customer are in it.
	"""
	assert line.ships_on
	if line.arrives_on and line.arrives_on >= line.ships_on:
		return Forecast(line.ships_on, line.arrives_on, line.arrives_on)
	return _with_transit((line.ships_on, line.ships_on), alike, by, 0, Group())


def _planned(line: LineAhead, likely: date, today: date) -> date | None:
	"""The day that was planned for the line, where it says more than the times of other orders do."""
	if not line.ships_on or line.ships_on <= today:
		return None
	return line.ships_on if line.is_missing or line.ships_on > likely else None


def _with_transit(ships: tuple[date, date], alike: _Alike, by: Ways, orders: int, used: Group) -> Forecast:
	transit = _transit(alike, by)[0]
	if transit is None:
		return Forecast(ships[0], None, None, orders, used)
	likely = _later(ships[0], transit.p50, by.calendar)
	# Both at their ninth of ten at once is rarer than one of ten: the wider of the two slips counts.
	latest = max(_later(ships[1], transit.p50, by.calendar), _later(ships[0], transit.p90, by.calendar))
	return Forecast(ships[0], likely, latest, orders, used)


def expect_order(lines: Iterable[Forecast]) -> Forecast:
	"""When the last of its lines is there; a day that one of them lacks is not known."""
	found = tuple(lines)
	if not found:
		return Forecast()
	last = max(found, key=lambda it: (it.day or date.max, it.latest or date.max))
	return Forecast(
		_last(it.ships for it in found),
		_last(it.there for it in found),
		_last(it.latest for it in found),
		min(it.orders for it in found),
		last.group,
	)


def _on_the_way(order: WhereItIs, alike: _Alike, by: Ways) -> Forecast:
	spread, used = _transit(alike, by)
	left = order.entered.date()
	if spread is None:
		return Forecast(left)
	likely, latest = _ends(order.entered, spread, spread, by)
	return Forecast(left, likely, latest, spread.orders, used)


def _stage_of(stage: str, line: LineAhead) -> str:
	"""What is there of an order that waits can be picked, once the rest has come."""
	if line.is_missing:
		return stages.WAITING.name
	return stages.TO_PICK.name if stage == stages.WAITING.name else stage


def _spread(table: Table, stage: str, alike: _Alike, what: str) -> tuple[Spread | None, Group]:
	for one in alike:
		times = table.get((stage, one))
		found = times and getattr(times, what)
		if found:
			return found, one
	return None, Group()


def _transit(alike: _Alike, by: Ways) -> tuple[Spread | None, Group]:
	spread, used = _spread(by.table, ON_THE_WAY, alike, "stay")
	if spread is None and by.leads.transit is not None:
		return _fixed(by.leads.transit), Group()
	return spread, used


def _fixed(days: float) -> Spread:
	return Spread(days, days)


def _ends(since: datetime, whole: Spread, stay: Spread | None, by: Ways) -> tuple[date, date]:
	"""(likely, at nine of ten): counted from the beginning of the stage; once that has passed, the stage
	ends today and what follows it takes its time.
	"""
	follows = [max(a - b, 0.0) for a, b in _pairs(whole, stay)]
	likely = max(_day(since, whole.p50, by.calendar), _day(by.moment, follows[0], by.calendar))
	latest = max(_day(since, whole.p90, by.calendar), _day(by.moment, follows[1], by.calendar))
	return likely, max(likely, latest)


def _pairs(whole: Spread, stay: Spread | None) -> tuple[tuple[float, float], ...]:
	return ((whole.p50, stay.p50), (whole.p90, stay.p90)) if stay else ((whole.p50,) * 2, (whole.p90,) * 2)


def _day(start: datetime, days: float, calendar: Calendar) -> date:
	"""The working day on which so many working days have passed."""
	return _working(after(start, days * HOURS_A_DAY, calendar).date(), calendar)


def _later(day: date, days: float, calendar: Calendar) -> date:
	return _day(datetime.combine(day, datetime.min.time()), days, calendar)


def _working(day: date, calendar: Calendar) -> date:
	for ahead in range(366):
		if day + timedelta(days=ahead) not in calendar.holidays:
			return day + timedelta(days=ahead)
	return day


def _last(days: Iterable[date | None]) -> date | None:
	found = tuple(days)
	known = [day for day in found if day]
	return max(known) if len(known) == len(found) else None
