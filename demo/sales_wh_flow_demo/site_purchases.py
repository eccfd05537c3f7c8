"""What is on its way to a site's warehouses, what lies in others, and how a delivery is taken in."""

from collections import Counter
from math import ceil

import frappe
from frappe.utils import formatdate, getdate

from erpnext.buying.doctype.purchase_order.purchase_order import make_purchase_receipt

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.stock_lock.store import waiting_lines
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import BATCH, SERIAL, Item, Purchase
from sales_wh_flow_demo.loading.goods import make_batch, make_purchase, supplier
from sales_wh_flow_demo.loading.records import Records


def incoming(item: str, warehouse: str) -> str:
	"""The next open purchase of the item for the warehouse, in words; empty without one."""
	rows = frappe.get_all(
		"Purchase Order Item",
		{"item_code": item, "warehouse": warehouse, "docstatus": 1, "received_qty": 0},
		["parent", "qty", "uom", "schedule_date"],
		order_by="schedule_date, parent",
		limit=1,
	)
	if not rows:
		return ""
	row = rows[0]
	return f"{row.qty:g} {row.uom} on {row.parent}, expected {formatdate(row.schedule_date)}"


def elsewhere(records: Records, item: str, warehouse: str) -> str:
	"""Free stock of the item in the company's other warehouses, most of it first, in words."""
	bins = frappe.get_all(
		"Bin",
		{"item_code": item, "warehouse": ("!=", warehouse)},
		["warehouse", "actual_qty", "reserved_stock"],
	)
	free = sorted(
		((row.actual_qty - row.reserved_stock, records.plain(row.warehouse)) for row in bins),
		key=lambda offer: (-offer[0], offer[1]),
	)
	return ", ".join(f"{qty:g} in {place}" for qty, place in free[:3] if is_positive(qty))


def receive(records: Records, orders: list[str]) -> tuple[str, tuple[ev.Row, ...]] | None:
	"""Takes in the purchase that serves most lines these orders wait for: (its number, what came).

	When no purchase on its way has any of it, the first warehouse where something waits gets an urgent one.
	None when nothing waits.
	"""
	wanted: dict[tuple[str, str], float] = {}
	for line in (line for order in orders for line in waiting_lines.lines_of(order)):
		key = (line.item_code, line.warehouse)
		wanted[key] = wanted.get(key, 0.0) + line.qty_stock
	if not wanted:
		return None
	purchase = _serving_most(records, wanted) or _urgent(records, wanted)
	receipt = make_purchase_receipt(purchase)
	number = frappe.db.get_value("Purchase Order", purchase, "order_confirmation_no") or purchase
	items = {item.code: item for item in records.data.items}
	for row in receipt.items:
		_name_lots(records, items[row.item_code], row, number)
	receipt.insert().submit()
	return number, tuple(
		ev.Row("", row.idx, row.item_code, records.plain(row.warehouse), row.stock_qty, row.stock_uom)
		for row in receipt.items
	)


def _serving_most(records: Records, wanted: dict[tuple[str, str], float]) -> str | None:
	rows = frappe.get_all(
		"Purchase Order Item",
		{"item_code": ("in", [item for item, _place in wanted]), "docstatus": 1, "received_qty": 0},
		["parent", "item_code", "warehouse"],
	)
	hits = Counter(row.parent for row in rows if (row.item_code, row.warehouse) in wanted)
	return min(hits, key=lambda name: (-hits[name], name), default=None)


def _urgent(records: Records, wanted: dict[tuple[str, str], float]) -> str:
	place = min(place for _item, place in wanted)
	rows = [
		Purchase("URGENT", item, records.plain(place), ceil(qty), getdate())
		for (item, where), qty in wanted.items()
		if where == place
	]
	number = f"URGENT-{frappe.db.count('Purchase Order', {'company': records.company}) + 1}"
	return make_purchase(records, supplier(records), number, rows)


def _name_lots(records: Records, item: Item, row, number: str) -> None:
	"""Goods with batches arrive as a batch of the delivery, goods with serial numbers get theirs."""
	if not item.tracking:
		return
	row.use_serial_batch_fields = 1
	if item.tracking == BATCH:
		row.batch_no = make_batch(records, item.code, f"{item.code}-{number}", None)
	if item.tracking == SERIAL:
		row.serial_no = "\n".join(f"{item.code}-{number}-{piece:03d}" for piece in range(1, int(row.qty) + 1))
