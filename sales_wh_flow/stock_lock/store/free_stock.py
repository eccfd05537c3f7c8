"""What is free in each warehouse, read without locks: for proposals such as a draft's warehouses.

What an order really gets is decided when it is submitted, by `stock_lock/lock.py` on locking reads.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import item_life, there
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.stock_lock.store import pos_sales


def free_stock(items: Iterable[str], names: Iterable[str]) -> dict[BinKey, float]:
	"""On hand, neither locked nor sold by a till, in stock UOM; 0 of an item that nobody may sell any more;
	pairs without a Bin are missing. At most one statement, two where there are tills.
	"""
	codes, places = tuple(set(items)), tuple(set(names))
	if not (codes and places):
		return {}
	rows = frappe.db.sql(
		f"""select bin.item_code, bin.warehouse,
			if({item_life.ended_sql("item")}, 0, {there.now_sql("bin")} - bin.reserved_stock)
		from `tabBin` bin join `tabItem` item on item.name = bin.item_code
		where bin.item_code in %s and bin.warehouse in %s""",
		(codes, places),
	)
	free = {(item, warehouse): qty for item, warehouse, qty in rows}
	sold = pos_sales.seen_at_tills(key for key, qty in free.items() if is_positive(qty))
	return {key: qty - sold.get(key, 0.0) for key, qty in free.items()}


def free_of_bins(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What is free in these Bins, in stock UOM; never below zero. At most as many statements."""
	wanted = set(keys)
	free = free_stock((item for item, _ in wanted), (warehouse for _, warehouse in wanted))
	return {key: max(free.get(key, 0.0), 0.0) for key in wanted}
