"""What a warehouse has to do, in numbers and line by line, for those who work there."""

from datetime import datetime

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.order import permissions
from sales_wh_flow.order.store import sending
from sales_wh_flow.picking.answers import LineOfWork, WarehouseWork, WorkOfWarehouses
from sales_wh_flow.picking.rules import warehouse_work as rules
from sales_wh_flow.picking.rules import wave
from sales_wh_flow.picking.store import warehouse_work
from sales_wh_flow.picking.store.warehouse_work import WorkRow


def overview(company: str | None = None, now: datetime | None = None) -> WorkOfWarehouses:
	"""Every warehouse that the session's user may see and that has something to do, busiest first. Only
	orders that the user may read count.
	"""
	now = now or now_datetime()
	mine = _warehouses(company)
	rows = warehouse_work.lines_to_count(mine, permissions.orders_visible())
	by_warehouse: dict[str, list[WorkRow]] = {}
	for row in rows:
		by_warehouse.setdefault(row.line.warehouse, []).append(row)
	days = warehouse_work.days_of(by_warehouse)
	shown = [_shown(mine[name], days[name], found, now) for name, found in by_warehouse.items()]
	shown.sort(key=_urgency)
	return {"warehouses": shown, "idle": sending.that_send(set(mine) - set(by_warehouse))}


def work_lines(warehouse: str, kind: str, now: datetime | None = None) -> list[LineOfWork]:
	"""The lines behind one number, those that have to leave first first; in stock UOM."""
	today = (now or now_datetime()).date()
	found: list[LineOfWork] = []
	for row in warehouse_work.open_lines([warehouse], permissions.orders_visible()):
		qty = rules.kinds(row.line, today).get(kind)
		if qty:
			found.append(
				{
					"sales_order": row.line.order,
					"row": row.line.row,
					"idx": row.idx,
					"item_code": row.item_code,
					"item_name": row.item_name,
					"qty": qty,
					"uom": row.uom,
					"ships_on": str(row.line.ships_on),
					"customer_name": row.customer_name,
					"courier": row.courier,
				}
			)
	return found


def _warehouses(company: str | None) -> dict:
	"""The leaf warehouses in use that the session's user is permitted, by name."""
	filters = {"is_group": 0, "disabled": 0, **({"company": company} if company else {})}
	found = frappe.get_list("Warehouse", filters, ["name", "warehouse_name", "company"], limit_page_length=0)
	return {row.name: row for row in found}


def _urgency(shown: WarehouseWork) -> tuple:
	counts = shown["lines"]
	return (-counts[rules.LATE], -counts[rules.TODAY], -shown["orders"], shown["name"])


def _shown(warehouse, day: rules.Warehouse, rows: list[WorkRow], now: datetime) -> WarehouseWork:
	work = rules.of_warehouse(day, [row.line for row in rows], now)
	ready = warehouse_work.ready(rows, now.date())
	return {
		"name": work.warehouse,
		"title": warehouse.warehouse_name,
		"company": warehouse.company,
		"orders": work.orders,
		"lines": work.lines,
		"used_pct": work.used_pct,
		"cut_off": day.cut_off.strftime("%H:%M") if day.cut_off else "",
		"minutes_left": work.minutes_left,
		"waves": [
			{"by": by, "key": group.key, "orders": len(group.orders), "lines": group.lines}
			for by in (wave.BY_DAY, wave.BY_COURIER)
			for group in wave.groups(ready, by)
			if by == wave.BY_DAY or group.key
		],
	}
