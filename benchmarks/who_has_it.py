"""What "Who has it?" costs on the server while 100,000 locks are open."""

import statistics
import time

from measure import Result
from world import World, set_switches

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.stock_lock.serving import api
from tests import factories

ENTRIES, ITEMS = 100_000, 200
_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "item_code", "warehouse"),
	*("voucher_type", "voucher_no", "voucher_detail_no", "stock_uom", "voucher_qty", "reserved_qty"),
	*("delivered_qty", "reservation_based_on", "company", "status"),
)


def run(world: World, runs: int, say) -> list[Result]:
	"""``who_has_it_ms_100k``: one answer for an item whose locks are as many as each item has."""
	set_switches(stock_lock=True)
	say(f"making {ENTRIES} open locks")
	warehouse = world.warehouse
	items = factories.make_items(ITEMS)
	orders = [
		factories.make_order(factories.line(items[0]), warehouse=warehouse, submit=True) for _ in range(40)
	]
	prefix = f"SWF-B-{frappe.generate_hash(length=6)}"
	_insert_locks(prefix, items, warehouse, orders)
	try:
		took_ms = [_took_ms(items[at % ITEMS], warehouse) for at in range(max(runs, 5) * 4)]
		return [Result("who_has_it_ms_100k", statistics.median(took_ms), 0.0, "ms", len(took_ms))]
	finally:
		frappe.db.sql("delete from `tabStock Reservation Entry` where name like %s", f"{prefix}%")
		frappe.db.commit()


def _took_ms(item: str, warehouse: str) -> float:
	frappe.db.rollback()
	began_s = time.perf_counter()
	said = api.who_has_it(item, warehouse)
	took_ms = (time.perf_counter() - began_s) * 1000
	assert said["locked"] >= ENTRIES / ITEMS
	return took_ms


def _insert_locks(prefix: str, items: list[str], warehouse: str, orders: list) -> None:
	"""ENTRIES open locks of 1, spread evenly over the items and held by the orders in turn."""
	stamp, rows = now(), []
	for at in range(ENTRIES):
		order = orders[at % len(orders)]
		rows.append(
			(
				*(f"{prefix}-{at}", "Administrator", stamp, stamp, "Administrator", 1, 0),
				*(items[at % ITEMS], warehouse, "Sales Order", order.name, order.items[0].name, "Nos"),
				*(1, 1, 0, "Qty", order.company, "Reserved"),
			)
		)
	bulk.insert("Stock Reservation Entry", _FIELDS, rows)
	frappe.db.commit()
