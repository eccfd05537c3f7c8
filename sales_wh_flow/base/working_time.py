"""When working hours have passed: office hours on every day that is no holiday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOST_DAYS = 3660
"""A calendar without a working day ends here; the plain clock is used instead."""


@dataclass(frozen=True, slots=True)
class Calendar:
	"""Office hours from ``opens`` to ``closes`` (equal or turned around: the whole day) and days off."""

	opens: time = time(0)
	closes: time = time(0)
	holidays: frozenset[date] = frozenset()

	def hours_of(self, day: date) -> tuple[datetime, datetime]:
		begin = datetime.combine(day, time(0))
		if self.opens >= self.closes:
			return begin, begin + timedelta(days=1)
		return datetime.combine(day, self.opens), datetime.combine(day, self.closes)


def after(start: datetime, hours: float, calendar: Calendar) -> datetime:
	"""The moment at which ``hours`` of working time have passed since ``start``; the last there is where that
	lies behind it.
	"""
	try:
		return _after(start, hours, calendar)
	except OverflowError:
		return datetime.max


def _after(start: datetime, hours: float, calendar: Calendar) -> datetime:
	left = timedelta(hours=max(hours, 0.0))
	day = start.date()
	for _number in range(MOST_DAYS):
		if day not in calendar.holidays:
			opens, closes = calendar.hours_of(day)
			begin = max(start, opens)
			if begin < closes and left <= closes - begin:
				return begin + left
			left -= max(closes - begin, timedelta(0))
		day += timedelta(days=1)
	return start + timedelta(hours=max(hours, 0.0))


def passed(start: datetime, end: datetime, calendar: Calendar) -> float:
	"""How many hours of working time lie between two moments; 0 when the end comes first."""
	total, day = timedelta(0), start.date()
	for _number in range(MOST_DAYS):
		if day > end.date():
			break
		if day not in calendar.holidays:
			opens, closes = calendar.hours_of(day)
			total += max(min(end, closes) - max(start, opens), timedelta(0))
		day += timedelta(days=1)
	return total.total_seconds() / 3600
