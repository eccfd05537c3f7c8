"""When a line can be with the customer, and what that rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.routing.rules.facts import FULL_LINES, FULL_ORDER, RoutedPart

FROM_STOCK, ON_ITS_WAY, BY_TRANSFER, UNKNOWN = "stock", "on its way", "transfer", "unknown"

_HORIZON_DAYS = 366
"""A warehouse that is closed for longer promises nothing."""


@dataclass(frozen=True, slots=True)
class ShippingCalendar:
	"""When a warehouse sends. ``taken``: lines that leave on a day already; 0 lines per day = no limit.

	``transit_days`` and ``transfer_days`` are working days; ``transit_days`` is None where nobody knows them.
	"""

	cut_off: time | None = None
	days_off: frozenset[date] = frozenset()
	lines_per_day: int = 0
	taken: Mapping[date, int] = field(default_factory=dict)
	transit_days: int | None = 0
	transfer_days: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
	"""``ships`` is None when nothing that is on its way suffices, ``arrives`` also when nobody knows how long
	the way takes. ``document``: what it waits for last.
	"""

	row: str
	warehouse: str
	ships: date | None
	arrives: date | None
	source: str
	document: str = ""
	due: date | None = None

	@property
	def latest_known(self) -> date | None:
		"""The day of arrival, else that of sending."""
		return self.arrives or self.ships


def of_parts(
	parts: Iterable[RoutedPart],
	items: Mapping[str, str],
	calendars: Mapping[str, ShippingCalendar],
	incoming: Mapping[BinKey, tuple[tuple[date, float, str], ...]],
	now: datetime,
	ship_complete: str = "",
) -> tuple[Promise, ...]:
	"""A promise for each part, in their order. ``items``: row -> item code.

	What waits takes from deliveries on their way, those that come first, after what earlier orders take
	(``incoming`` is less that). Lines that leave together wait for the last of them.
	"""
	left = {key: list(deliveries) for key, deliveries in incoming.items()}
	busy: dict[tuple[str, date], int] = {}
	promises = []
	for part in parts:
		calendar = calendars.get(part.sent_from, ShippingCalendar())
		ready, source, document = _ready(part, items[part.row], calendar, left, now)
		if ready is None:
			promises.append(Promise(part.row, part.sent_from, None, None, UNKNOWN))
			continue
		ships = ships_on(calendar, ready, now, busy, part.sent_from)
		arrives = ships and _arrives(ships, calendar)
		source = source if ships else UNKNOWN
		promises.append(Promise(part.row, part.sent_from, ships, arrives, source, document, ready))
	return _together(promises, ship_complete)


def ships_on(
	calendar: ShippingCalendar,
	ready: date,
	now: datetime,
	busy: dict[tuple[str, date], int] | None = None,
	warehouse: str = "",
) -> date | None:
	"""The first day from ``ready`` on that the warehouse works and has room for a line more.

	``busy`` counts the lines of this order beside those that are planned already; it is counted up.
	"""
	day = max(ready, now.date())
	if day == now.date() and calendar.cut_off and now.time() >= calendar.cut_off:
		day += timedelta(days=1)
	for _day in range(_HORIZON_DAYS):
		lines = calendar.taken.get(day, 0) + (busy or {}).get((warehouse, day), 0)
		has_room = not calendar.lines_per_day or lines < calendar.lines_per_day
		if day not in calendar.days_off and has_room:
			if busy is not None:
				busy[warehouse, day] = busy.get((warehouse, day), 0) + 1
			return day
		day += timedelta(days=1)
	return None


def arrival(calendar: ShippingCalendar, now: datetime) -> date | None:
	"""When goods that are there now can be with the customer, or leave, where nobody knows the transit."""
	ships = ships_on(calendar, now.date(), now)
	return (_arrives(ships, calendar) or ships) if ships else None


def _arrives(ships: date, calendar: ShippingCalendar) -> date | None:
	days = calendar.transit_days
	return None if days is None else working_days_after(ships, days, calendar.days_off)


def working_days_after(day: date, count: int, days_off: frozenset[date]) -> date:
	"""The day that lies so many working days later; the day itself for none."""
	left = count
	while left > 0:
		day += timedelta(days=1)
		if day not in days_off:
			left -= 1
	return day


def less_earlier(
	deliveries: Iterable[tuple[date, float, str]], owed: float
) -> tuple[tuple[date, float, str], ...]:
	"""The deliveries (day, quantity, document) that remain after ``owed``, the quantity that earlier orders
	still wait for, is taken from the earliest ones.
	"""
	left = []
	for day, qty, document in sorted(deliveries):
		taken = min(qty, max(owed, 0.0))
		owed = rounded(owed - taken)
		if is_positive(qty - taken):
			left.append((day, rounded(qty - taken), document))
	return tuple(left)


def _ready(
	part: RoutedPart,
	item: str,
	calendar: ShippingCalendar,
	left: dict[BinKey, list[tuple[date, float, str]]],
	now: datetime,
) -> tuple[date | None, str, str]:
	ready, source, document = now.date(), FROM_STOCK, ""
	if is_positive(part.missing_stock):
		day, document = _take(left.get((item, part.warehouse), []), part.missing_stock)
		if day is None:
			return None, UNKNOWN, ""
		ready, source = max(day, ready), ON_ITS_WAY
	if part.brought_to:
		ready = working_days_after(ready, max(calendar.transfer_days, 1), calendar.days_off)
		source = BY_TRANSFER if source == FROM_STOCK else source
	return ready, source, document


def _take(deliveries: list[tuple[date, float, str]], needed: float) -> tuple[date | None, str]:
	"""The day and document that complete it; what was taken is gone, also when it does not suffice."""
	while deliveries:
		day, qty, document = deliveries[0]
		taken = min(qty, needed)
		needed = rounded(needed - taken)
		if is_positive(qty - taken):
			deliveries[0] = (day, rounded(qty - taken), document)
		else:
			deliveries.pop(0)
		if not is_positive(needed):
			return day, document
	return None, ""


def _together(promises: list[Promise], ship_complete: str) -> tuple[Promise, ...]:
	if ship_complete not in (FULL_LINES, FULL_ORDER):
		return tuple(promises)
	groups: dict[str, list[Promise]] = {}
	for promise in promises:
		groups.setdefault(promise.row if ship_complete == FULL_LINES else "", []).append(promise)
	last = {
		key: None
		if any(it.arrives is None for it in group)
		else max(it.arrives for it in group if it.arrives)
		for key, group in groups.items()
	}
	return tuple(
		replace(promise, arrives=last[promise.row if ship_complete == FULL_LINES else ""])
		for promise in promises
	)
