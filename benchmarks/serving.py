"""Serving 10,000 waiting lines of 200 items after one big receipt: how long it takes, and how much memory.

The waiting orders are inserted by SQL as submitted orders look; what is measured is the job itself.
"""

import random
import statistics
import time
import tracemalloc

from measure import Result
from world import World, set_switches

import frappe
from frappe.utils import add_days, now, nowdate

from sales_wh_flow.base import bulk
from sales_wh_flow.stock_lock.serving import jobs
from tests import factories

LINES, ITEMS, LINES_EACH = 10_000, 200, 5


def run(world: World, runs: int, say) -> list[Result]:
	"""``serve_waiting_s_10k`` and ``serve_waiting_mb_10k``: median time, highest memory."""
	set_switches(stock_lock=True)
	seconds, peaks = [], []
	for at in range(max(runs, 2)):
		say(f"serving {LINES} waiting lines, run {at + 1}")
		_make_waiting_orders(world.warehouse)
		is_for_memory = at == 0
		if is_for_memory:
			tracemalloc.start()
		began_s = time.perf_counter()
		served = jobs.serve_waiting_demand()
		took_s = time.perf_counter() - began_s
		if is_for_memory:
			peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
			tracemalloc.stop()  # tracing slows the work down: this run gives no time
		else:
			seconds.append(took_s)
		assert sum(served.values()) >= LINES, f"{sum(served.values()):g} of {LINES} were locked"
	return [
		Result("serve_waiting_s_10k", statistics.median(seconds), 0.0, "s", len(seconds)),
		Result("serve_waiting_mb_10k", max(peaks), 0.0, "MB", len(peaks)),
	]


def _make_waiting_orders(warehouse: str) -> None:
	"""Orders with LINES_EACH lines of 1 each, committed, and exactly as much stock as they wait for."""
	items = factories.make_items(ITEMS)
	template = factories.make_order(factories.line(items[0]), warehouse=warehouse, submit=True)
	frappe.db.commit()
	orders = [f"SWF-B-{frappe.generate_hash(length=8)}" for _ in range(LINES // LINES_EACH)]
	asked = _insert_copies(template, orders, items)
	asked[items[0]] = asked.get(items[0], 0) + 1
	_receive(asked, warehouse)


def _insert_copies(template, orders: list[str], items: list[str]) -> dict[str, float]:
	header = frappe.db.sql("select * from `tabSales Order` where name = %s", template.name, as_dict=True)[0]
	line = frappe.db.sql(
		"select * from `tabSales Order Item` where parent = %s", template.name, as_dict=True
	)[0]
	asked: dict[str, float] = {}
	headers, lines = [], []
	for order in orders:
		headers.append({**header, "name": order, "creation": now()})
		for idx, item in enumerate(random.sample(items, LINES_EACH), start=1):
			asked[item] = asked.get(item, 0.0) + 1
			due = add_days(nowdate(), random.randrange(30))
			row = {**line, "name": f"{order}-{idx}", "parent": order, "idx": idx, "item_code": item}
			lines.append({**row, "delivery_date": due})
	for doctype, rows in (("Sales Order", headers), ("Sales Order Item", lines)):
		bulk.insert(doctype, list(rows[0]), [tuple(row.values()) for row in rows])
	frappe.db.commit()
	return asked


def _receive(quantities: dict[str, float], warehouse: str) -> None:
	"""One big receipt."""
	rows = [
		{"item_code": item, "qty": qty, "t_warehouse": warehouse, "basic_rate": 10}
		for item, qty in quantities.items()
	]
	entry = frappe.get_doc(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": "Material Receipt",
			"purpose": "Material Receipt",
			"company": factories.company().name,
			"items": rows,
		}
	)
	entry.insert().submit()
	frappe.db.commit()
