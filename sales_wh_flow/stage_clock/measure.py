"""How long orders stayed in their stages, for whom, and whose time it was."""

from collections.abc import Callable, Iterable

from frappe.utils import now_datetime

from sales_wh_flow.order.permissions import stages_visible
from sales_wh_flow.stage_clock.rules.times import StageFigures, Stay, hours, stay_figures
from sales_wh_flow.stage_clock.store import stays


def visible(**filters) -> list[dict]:
	"""The stays that match and that the reader may see, each with its ``hours`` (see `rules.times.hours`)."""
	return _with_hours(stays.matching(stages_visible(), **filters))


def stages_of_order(order: str) -> list[dict]:
	"""An order's stages in the order of time. The caller has checked that the reader may read the order.

	Shape: [{"stage", "stage_owner", "delay_of", "company", "warehouse", "entered_on", "left_on", "rebuilt",
	"hours"}].
	"""
	return _with_hours(stays.stays_of_order(order))


def figures_by(rows: Iterable[dict], key: Callable[[dict], tuple]) -> dict[tuple, StageFigures]:
	"""The figures of each group of stays with their hours."""
	groups: dict[tuple, list[tuple[Stay, float]]] = {}
	for row in rows:
		groups.setdefault(key(row), []).append((_stay(row), row["hours"]))
	return {group: stay_figures(members) for group, members in groups.items()}


def _with_hours(rows: list[dict]) -> list[dict]:
	if rows:
		now, first = now_datetime(), min(row["entered_on"] for row in rows).date()
		calendars = stays.calendars(rows, first)
		for row in rows:
			row["hours"] = hours(_stay(row), now, calendars[row["company"], row["warehouse"] or ""])
	return rows


def _stay(row: dict) -> Stay:
	return Stay(
		row.get("sales_order") or "", row["stage"], row["entered_on"], row["left_on"], row["delay_of"]
	)
