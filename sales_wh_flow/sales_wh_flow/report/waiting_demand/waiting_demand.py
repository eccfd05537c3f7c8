"""What orders wait for, in the order in which they are served, and when it can be expected."""

from collections import Counter

from frappe import _
from frappe.utils import cint

from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.sales_wh_flow.report import pages
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for
from sales_wh_flow.stock_lock.rules import expectation
from sales_wh_flow.stock_lock.serving import queue
from sales_wh_flow.stock_lock.store import incoming, waiting_lines

_MOST_ITEMS = 16


def execute(filters=None):
	"""Columns, rows of orders that the user may read, which of them this page shows, and a chart of all."""
	wanted = asked_for(filters)
	lines = queue.in_turn(
		waiting_lines.waiting_lines_in(
			company=wanted.company, item_code=wanted.item_code, warehouse=wanted.warehouse
		)
	)
	days = expectation.expected(lines, incoming.of_items(line.item_code for line in lines))
	orders = readable_orders({line.order for line in lines})
	shown = [
		line for line in lines if line.order in orders and _is_wanted(line, days[line.row], orders, wanted)
	]
	page, said = pages.rows_of_page(shown, pages.first_row(wanted))
	places = _places(lines)
	rows = [_shown(line, places[line.row], days[line.row], orders[line.order]) for line in page]
	columns = _columns()
	return columns, fit_for_files(columns, rows), said, _chart(shown)


def _shown(line, place: int, day, customer: str) -> dict:
	return {
		"turn": place,
		"sales_order": line.order,
		"customer": customer,
		"item_code": line.item_code,
		"warehouse": line.warehouse,
		"qty_stock": line.qty_stock,
		"stock_uom": line.stock_uom,
		"bundle": line.bundle_item or None,
		"serving_class": line.serving_class,
		"waits_since": line.since,
		"due": line.due,
		"expected": day,
		"days_late": _late(line, day),
	}


def _chart(lines: list) -> dict | None:
	"""The items that most lines wait for; quantities of several units can't stand side by side."""
	counts = Counter(line.item_code for line in lines)
	if not counts:
		return None
	most = sorted(counts.items(), key=lambda it: (-it[1], it[0]))[:_MOST_ITEMS]
	return {
		"data": {
			"labels": [item for item, _count in most],
			"datasets": [{"name": _("Lines That Wait"), "values": [count for _item, count in most]}],
		},
		"type": "bar",
		"fieldtype": "Int",
	}


def _places(lines) -> dict[str, int]:
	"""Each line's place among those that wait for the same item in the same warehouse."""
	places, counts = {}, {}
	for line in lines:
		counts[line.bin_key] = counts.get(line.bin_key, 0) + 1
		places[line.row] = counts[line.bin_key]
	return places


def _is_wanted(line, day, orders: dict[str, str], wanted) -> bool:
	is_late = _late(line, day) or (line.due and not day)
	return (
		(not wanted.customer or orders[line.order] == wanted.customer)
		and (not wanted.serving_class or line.serving_class == wanted.serving_class)
		and bool(is_late or not cint(wanted.only_late))
	)


def _late(line, day) -> int | None:
	if not (day and line.due):
		return None
	return max((day - line.due.date()).days, 0)


def _columns() -> list[dict]:
	return [
		column("turn", _("Turn"), "Int", width=70),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 190),
		column("customer", _("Customer"), "Link", "Customer", 160),
		column("serving_class", _("Class"), "Data", width=80),
		column("item_code", _("Item"), "Link", "Item", 160),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 160),
		column("qty_stock", _("Waiting For"), "Float", width=100),
		column("stock_uom", _("UOM"), "Data", width=70),
		column("bundle", _("Part of Bundle"), "Link", "Item", 140),
		column("waits_since", _("Since"), "Date", width=100),
		column("due", _("Promised"), "Date", width=100),
		column("expected", _("Stock Expected"), "Date", width=130),
		column("days_late", _("Days Late"), "Int", width=90),
	]
