"""What forecasts rest on, read with one statement however many orders, and where they are written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.base import bulk
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.quantities import is_less, is_positive, open_qty
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.forecast import LineAhead, WhereItIs
from sales_wh_flow.order.rules.lateness import LATENESS, MEASURED, Promised
from sales_wh_flow.order.store import delivery_schedule, gone

ORDER_FIELDS = (
	"swf_requested_on",
	"swf_first_promised_on",
	"swf_last_promised_on",
	"swf_promise_basis",
	"swf_forecast_ships_on",
	"swf_forecast_on",
	"swf_forecast_latest_on",
	"swf_forecast_by",
	"swf_lateness",
	"swf_lateness_since",
)
"""What is written on an order."""


@dataclass(frozen=True, slots=True)
class OrderAhead:
	"""An order with its open lines. ``stored``: {field: value} of ORDER_FIELDS; ``stored_lines``: {row:
	forecast}, of all its lines. ``asked``: the last day that is asked for, also in a line's schedule;
	``planned``: the day routing found for the last of its lines, if for all.
	``stage_row``: of the stage log, with the ``warehouse`` and the ``cause`` of delay that it names.
	"""

	name: str
	company: str
	is_submitted: bool
	where: WhereItIs | None
	asked: date | None
	planned: date | None
	promised: Promised
	stored: dict
	lines: tuple[LineAhead, ...] = ()
	stage_row: str = ""
	warehouse: str = ""
	cause: str | None = None
	stored_lines: dict[str, date | None] = field(default_factory=dict)


def orders_ahead(names: Iterable[str]) -> dict[str, OrderAhead]:
	"""The orders by name, those in no stage too; one statement, none for none."""
	wanted = tuple(names)
	if not wanted:
		return {}
	by_order: dict[str, list] = defaultdict(list)
	values = {"orders": wanted, "open": OPEN_LOCK_STATUSES}
	last_day = delivery_schedule.last_day_sql("soi")
	query = _AHEAD.format(open_qty=open_qty_sql("sre"), gone=gone.gone_sql("soi"), last_day=last_day)
	for row in frappe.db.sql(query, values, as_dict=True):
		by_order[row.name].append(row)
	return {name: _order(rows) for name, rows in by_order.items()}


def measured_orders() -> list[str]:
	"""The orders that somebody waits for, and those that still say so, in the order of their names."""
	# With ``creation`` the index alone does not answer: the server looks up the values in it, and does not
	# walk all of it, which it takes for cheaper on a small site.
	rows = frappe.db.sql(
		"""select name, creation from `tabSales Order` force index (swf_on_board)
			where swf_stage in %(stages)s and docstatus < 2
		union
		select name, creation from `tabSales Order` force index (swf_lateness)
			where swf_lateness in %(states)s""",
		{"stages": MEASURED, "states": LATENESS},
	)
	return sorted(row[0] for row in rows)


def hold_promise(order: str) -> date | None:
	"""The day an order was last promised for, as last committed; its row is locked."""
	rows = frappe.db.sql(
		"select swf_last_promised_on from `tabSales Order` where name = %s for update", order
	)
	return rows[0][0] if rows else None


def set_last_promise(order: str, day: date) -> None:
	"""The day promised last is written; one statement. The order is held."""
	frappe.db.sql("update `tabSales Order` set swf_last_promised_on = %s where name = %s", (day, order))


def write_forecast(
	promises: Mapping[str, dict], forecasts: Mapping[str, dict], lines: Mapping[str, date | None]
) -> None:
	"""Store what changed of orders, {order: {field: value}}, and the day of lines; three statements at most.
	``promises``: apart, so that a day that is promised anew meanwhile is not written over.
	"""
	bulk.set_fields("Sales Order", promises)
	bulk.set_fields("Sales Order", forecasts)
	bulk.set_each("Sales Order Item", "swf_line_expected_on", lines)
	bulk.forget_cached("Sales Order", {*promises, *forecasts})


def _order(rows: list) -> OrderAhead:
	first = rows[0]
	goods = [row for row in rows if row.row and row.is_goods]
	planned = [row.row_promised for row in goods]
	asked = [first.delivery_date, *(row.scheduled_to for row in rows)]
	return OrderAhead(
		name=first.name,
		company=first.company or "",
		is_submitted=first.docstatus == 1,
		where=_where(first),
		asked=max(filter(None, asked), default=None),
		planned=max(planned) if planned and None not in planned else None,
		promised=Promised(
			first.swf_requested_on,
			first.swf_first_promised_on,
			first.swf_last_promised_on,
			first.swf_promise_basis,
		),
		stored={name: first[name] or None for name in ORDER_FIELDS},
		lines=tuple(_line(row) for row in goods if is_positive(_open(row))),
		stage_row=first.swf_stage_row or "",
		warehouse=first.stage_warehouse or "",
		cause=first.cause,
		stored_lines={row.row: row.row_forecast for row in rows if row.row},
	)


def _where(row: frappe._dict) -> WhereItIs | None:
	entered: datetime | None = row.entered_on
	if not row.swf_stage or entered is None:
		return None
	return WhereItIs(row.swf_stage, entered, row.swf_courier or "")


def _open(row: frappe._dict) -> float:
	return open_qty(flt(row.stock_qty), flt(row.delivered))


def _line(row: frappe._dict) -> LineAhead:
	waits = row.swf_stage == stages.WAITING.name
	# Locks of bundles lie on their components: while the order waits, a bundle is taken to wait as well.
	is_missing = waits and (not cint(row.is_stock_item) or is_less(flt(row.locked), _open(row)))
	return LineAhead(
		*(row.row, row.item_group or "", row.warehouse or "", is_missing),
		ships_on=row.swf_ships_on,
		arrives_on=row.row_promised,
	)


_AHEAD = f"""
select so.name, so.company, so.docstatus, so.delivery_date, so.swf_courier, so.swf_stage, log.entered_on,
	so.swf_stage_row, log.warehouse stage_warehouse, log.cause,
	{", ".join(f"so.{name}" for name in ORDER_FIELDS)},
	soi.name row, soi.item_group, soi.warehouse, soi.swf_ships_on, soi.swf_promised_on row_promised,
	{{last_day}} scheduled_to, soi.swf_line_expected_on row_forecast, soi.stock_qty, item.is_stock_item,
	{{gone}} * soi.conversion_factor delivered,
	so.skip_delivery_note = 0 and soi.delivered_by_supplier = 0 and (item.is_stock_item = 1 or exists (
		select 1 from `tabPacked Item` packed where packed.parent = so.name
			and packed.parent_detail_docname = soi.name)) is_goods,
	if(so.swf_stage = '{stages.WAITING.name}', (
		select sum({{open_qty}}) from `tabStock Reservation Entry` sre
		where sre.voucher_type = 'Sales Order' and sre.voucher_no = so.name
			and sre.voucher_detail_no = soi.name and sre.docstatus = 1 and sre.status in %(open)s
	), 0) locked
from `tabSales Order` so
left join `tabOrder Stage Log` log on log.name = so.swf_stage_row
left join `tabSales Order Item` soi on soi.parent = so.name
left join `tabItem` item on item.name = soi.item_code
where so.name in %(orders)s order by so.name, soi.idx"""
