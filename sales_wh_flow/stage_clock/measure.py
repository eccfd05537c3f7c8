"""How long orders stayed in their stages, for whom, and whose time it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.order.permissions import stages_visible
from sales_wh_flow.stage_clock.answers import TimedStay
from sales_wh_flow.stage_clock.rules.times import StageFigures, Stay, hours, stay_figures
from sales_wh_flow.stage_clock.store import stays


def visible(**filters) -> list[dict]:
	"""The stays that match and that the reader may see, each with its ``hours`` (see `rules.times.hours`)
	and its ``cause`` in words."""
	rows = stays.matching(stages_visible(), **filters)
	said.word_rows(rows, "cause")
	return [{**row, "hours": it} for row, it in zip(rows, _hours_of(rows), strict=True)]


def stages_of_order(order: str) -> list[TimedStay]:
	"""An order's stages in the order of time. The caller has checked that the reader may read the order."""
	rows = stays.stays_of_order(order)
	said.word_rows(rows, "cause")
	return [{**row, "hours": it} for row, it in zip(rows, _hours_of(rows), strict=True)]


def figures_by(rows: Iterable[dict], key: Callable[[dict], tuple]) -> dict[tuple, StageFigures]:
	"""The figures of each group of stays with their hours."""
	groups: dict[tuple, list[tuple[Stay, float]]] = {}
	for row in rows:
		groups.setdefault(key(row), []).append((_stay(row), row["hours"]))
	return {group: stay_figures(members) for group, members in groups.items()}


def _hours_of(rows: Sequence[Mapping]) -> list[float]:
	"""The working hours of each stay."""
	if not rows:
		return []
	now, first = now_datetime(), min(row["entered_on"] for row in rows).date()
	calendars = stays.calendars(rows, first)
	return [hours(_stay(row), now, calendars[row["company"], row["warehouse"] or ""]) for row in rows]


def _stay(row: Mapping) -> Stay:
	return Stay(
		row.get("sales_order") or "", row["stage"], row["entered_on"], row["left_on"], row["delay_of"]
	)
