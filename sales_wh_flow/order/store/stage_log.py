"""The stage log: from when to when an order was in which stage. Stages follow each other without a gap.

The row of the stage that lasts is named on the order and found by its key: a search for it would lock gaps of
the index, in which other orders write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import bulk, said
from sales_wh_flow.order.rules.stages import Stage

DOCTYPE = "Order Stage Log"
_SHORTEST = timedelta(microseconds=1)
_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("sales_order", "company", "warehouse", "flow_status"),
	*("stage", "stage_owner", "delay_of", "entered_on"),
)


@dataclass(frozen=True, slots=True)
class StageStep:
	"""The stage that an order enters. ``warehouse``: the one that all its goods come from, "" for several."""

	stage: Stage
	flow_status: str
	company: str
	warehouse: str = ""


def enter_stages(steps: Mapping[str, StageStep]) -> dict[str, str]:
	"""End the stages of these orders and begin the next ones. Returns {order: row of its new stage} of
	those that were not there yet.

	Three statements, however many orders, none for none: their rows are locked, in the order of their names.
	"""
	if not steps:
		return {}
	lasting = _held(sorted(steps))
	moved = {order: steps[order] for order, last in lasting.items() if last.key != steps[order].stage.key}
	begins = _end({order: lasting[order] for order in moved})
	names = dict(zip(moved, bulk.new_names(len(moved)), strict=True))
	user = frappe.session.user
	bulk.insert(
		DOCTYPE,
		_FIELDS,
		[
			(
				*(names[order], user, begins[order], begins[order], user, 0, 0),
				*(order, step.company, step.warehouse or None, step.flow_status),
				*(step.stage.name, step.stage.owner, step.stage.delay_of, begins[order]),
			)
			for order, step in moved.items()
		],
	)
	return names


@dataclass(frozen=True, slots=True)
class _Lasting:
	row: str | None
	entered_on: datetime | None
	key: tuple[str, str] | None


def _held(orders: list[str]) -> dict[str, _Lasting]:
	"""The stage that lasts of each order, as last committed; the orders' rows are locked."""
	rows = frappe.db.sql(
		f"""select so.name, log.name, log.entered_on, log.stage, log.stage_owner
		from `tabSales Order` so force index (primary)
		left join `tab{DOCTYPE}` log on log.name = so.swf_stage_row
		where so.name in %s order by so.name for update""",
		(tuple(orders),),
	)
	return {
		order: _Lasting(row, entered_on, (stage, owner) if row else None)
		for order, row, entered_on, stage, owner in rows
	}


def _end(lasting: Mapping[str, _Lasting]) -> dict[str, datetime]:
	"""End what lasts. Returns the moment for each order: now, but always after its stage began: no two
	begin at once, whatever becomes of the clock.
	"""
	moment = now_datetime()
	rows = tuple(last.row for last in lasting.values() if last.row)
	if rows:
		frappe.db.sql(
			f"""update `tab{DOCTYPE}` force index (primary)
				set left_on = greatest(%s, entered_on + interval 1 microsecond),
				modified = %s, modified_by = %s
			where name in %s""",
			(moment, moment, frappe.session.user, rows),
		)
	return {
		order: max(moment, last.entered_on + _SHORTEST) if last.entered_on else moment
		for order, last in lasting.items()
	}


def name_causes(causes: Mapping[str, said.Kept | None]) -> None:
	"""{row of a stage that lasts: why its order is late or at risk}; None where it is not. One statement,
	none for none; the orders are held.
	"""
	bulk.set_each(DOCTYPE, "cause", causes)


def end_log(order: str) -> None:
	"""The order is deleted: its last stage ends, its log stays under its number."""
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set left_on = coalesce(left_on, greatest(%s, entered_on)),
			deleted_order = sales_order, sales_order = null
		where sales_order = %s""",
		(now_datetime(), order),
	)
