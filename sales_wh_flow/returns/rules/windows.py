"""Until when goods may come back, and who lets them in later: Return Policies and what they say of a case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.returns.rules.facts import CaseRow, ShippedRow


@dataclass(frozen=True, slots=True)
class Waiver:
	"""Who has the role lets in what is no later and worth no more; 0 = whatever it is."""

	role: str
	most_days_late: int = 0
	most_value: float = 0.0


@dataclass(frozen=True, slots=True)
class Window:
	"""A Return Policy, or what the settings say where none is meant. Empty = any; ``days`` 0 = whenever.

	``by_another``: whoever opened the case waives nothing of it. ``remind_hours``: working hours after which
	whoever may let it in is told again; 0 = never.
	"""

	name: str
	days: int
	waivers: tuple[Waiver, ...]
	company: str = ""
	customer_group: str = ""
	item_group: str = ""
	reason: str = ""
	by_another: bool = False
	remind_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class About:
	"""What a window is looked up for; groups: the narrowest first."""

	company: str
	customer_groups: Sequence[str] = ()
	item_groups: Sequence[str] = ()
	reason: str = ""


@dataclass(frozen=True, slots=True)
class LateRow:
	"""A row of a case that is announced after its window. ``value``: net, in the company's currency."""

	row: str
	source: str
	window: Window
	days_late: int
	value: float


@dataclass(frozen=True, slots=True)
class LateGoods:
	"""What of a case is announced after one window."""

	window: Window
	days_late: int
	value: float


def window_for(windows: Iterable[Window], about: About, otherwise: Window) -> Window:
	"""The one that is meant: with the nearest item group, then the nearest customer group, then the reason,
	then the company; of several alike the first by name.
	"""
	found = [it for it in windows if _is_meant(it, about)]
	return min(found, key=lambda it: _distance(it, about)) if found else otherwise


def _is_meant(window: Window, about: About) -> bool:
	return (
		window.company in ("", about.company)
		and window.reason in ("", about.reason)
		and (not window.customer_group or window.customer_group in about.customer_groups)
		and (not window.item_group or window.item_group in about.item_groups)
	)


def _distance(window: Window, about: About) -> tuple:
	return (
		_steps(window.item_group, about.item_groups),
		_steps(window.customer_group, about.customer_groups),
		not window.reason,
		not window.company,
		window.name,
	)


def _steps(group: str, groups: Sequence[str]) -> int:
	return list(groups).index(group) if group else len(groups)


def late_rows(
	rows: Iterable[CaseRow], shipped: Mapping[str, ShippedRow], windows: Mapping[str, Window], on: date
) -> tuple[LateRow, ...]:
	"""Which of these rows are too late. ``windows``: {row of the case: its window}."""
	found = []
	for row in rows:
		it, window = shipped.get(row.source), windows.get(row.name)
		if it is None or window is None or not window.days:
			continue
		late = (on - it.delivered_on).days - window.days
		if late > 0:
			value = rounded(row.claimed_qty * it.net_rate_base)
			found.append(LateRow(row.name, row.source, window, late, value))
	return tuple(found)


def late_goods(rows: Iterable[LateRow]) -> tuple[LateGoods, ...]:
	"""The same by window."""
	days: dict[Window, int] = {}
	values: dict[Window, float] = {}
	for row in rows:
		days[row.window] = max(days.get(row.window, 0), row.days_late)
		values[row.window] = rounded(values.get(row.window, 0.0) + row.value)
	return tuple(LateGoods(window, days[window], values[window]) for window in days)


def roles_that_waive(late: Collection[LateGoods]) -> tuple[str, ...]:
	"""The roles each of which lets all of it in alone, by name."""
	per_window = [
		{
			it.role
			for it in goods.window.waivers
			if not (it.most_days_late and goods.days_late > it.most_days_late)
			and not (it.most_value and is_less(it.most_value, goods.value))
		}
		for goods in late
	]
	return tuple(sorted(set.intersection(*per_window))) if per_window else ()


def is_later_than_waived(days_late: int, value: float, was_days: int, was_value: float) -> bool:
	"""Whether a case is worse than the one that somebody let in; 0 days: of a time when nobody kept them."""
	return bool(was_days) and (days_late > was_days or is_less(was_value, value))
