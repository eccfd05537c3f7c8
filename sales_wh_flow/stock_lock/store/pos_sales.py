"""What tills have sold and the stock ledger does not know yet, because their day is not closed."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import forget
from sales_wh_flow.base.bin_key import BinKey

_KEY = "sales_wh_flow:tills"


def taken_home(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""`not_closed`, for whoever gives stock to orders: no statement on a site that has no till."""
	return not_closed(keys) if frappe.cache.get_value(_KEY, _has_tills) else {}


def forget_tills() -> None:
	"""Look anew whether the site has tills, now and when the transaction has ended."""
	forget.forget_keys(_KEY)


def _has_tills() -> bool:
	return bool(frappe.db.exists("POS Profile", {}))


def not_closed(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What was sold of each Bin, in stock UOM, less what came back; only where there is any.

	One statement, none for nothing: a locking read, so what other tills have sold meanwhile counts. The
	caller holds the Bins.
	"""
	pairs = sorted(keys)
	if not pairs:
		return {}
	rows = frappe.db.sql(
		"""select item_code, warehouse, sum(qty) from (
			(select line.item_code, line.warehouse, line.stock_qty qty
				from `tabPOS Invoice Item` line join `tabPOS Invoice` pos on pos.name = line.parent
				where line.docstatus = 1 and coalesce(pos.consolidated_invoice, '') = ''
					and (line.item_code, line.warehouse) in %(pairs)s lock in share mode)
			union all
			(select packed.item_code, packed.warehouse, packed.qty
				from `tabPacked Item` packed join `tabPOS Invoice` pos on pos.name = packed.parent
				where packed.parenttype = 'POS Invoice' and pos.docstatus = 1
					and coalesce(pos.consolidated_invoice, '') = ''
					and (packed.item_code, packed.warehouse) in %(pairs)s lock in share mode)
		) sold group by item_code, warehouse""",
		{"pairs": tuple(pairs)},
	)
	return {(item, warehouse): qty for item, warehouse, qty in rows}
