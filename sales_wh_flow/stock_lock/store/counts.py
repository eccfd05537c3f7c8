"""What a count of locked stock is about, and who lost by one that was posted."""

from collections.abc import Collection, Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.base import said
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.stock_lock.answers import CountLoss


def locked_of(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What is locked per Bin, as this transaction sees it, in stock UOM; no statement for none."""
	pairs = tuple(keys)
	if not pairs:
		return {}
	rows = frappe.db.sql(
		"""select item_code, warehouse, reserved_stock from `tabBin` where (item_code, warehouse) in %s""",
		(pairs,),
	)
	return {(item, warehouse): flt(qty) for item, warehouse, qty in rows}


def who_lost(doctype: str, name: str, keys: Collection[BinKey]) -> list[CountLoss]:
	"""Who lost what by a posted count, by its lock events, whoever was named by hand first; in stock UOM."""
	if not keys:
		return []
	rows = frappe.db.sql(
		"""select sales_order, item_code, warehouse, -qty_stock qty, reason from `tabStock Lock Event`
		where item_code in %s and event = 'Released' and reason like %s order by creation, name""",
		(tuple({item for item, _warehouse in keys}), '{"said":"stock_lock.sayings.counted%'),
		as_dict=True,
	)
	found: list[CountLoss] = []
	for row in rows:
		told = said.values_of(row.reason)
		if (told.get("doctype"), told.get("name")) == (doctype, name):
			found.append(
				{
					"sales_order": row.sales_order,
					"item_code": row.item_code,
					"warehouse": row.warehouse,
					"qty": row.qty,
					"by_hand": told["said"].endswith("_by_hand"),
				}
			)
	return sorted(found, key=lambda it: (not it["by_hand"], it["item_code"], -it["qty"]))
