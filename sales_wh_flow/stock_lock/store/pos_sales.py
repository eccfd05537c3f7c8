"""What tills have sold and the stock ledger does not know yet, because their day is not closed.

What came back to a till does not count before that: the closing takes what was sold out of the ledger first.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import forget
from sales_wh_flow.base.bin_key import BinKey

_KEY = "sales_wh_flow:tills"


def taken_home(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""`not_closed`, for whoever gives stock to orders: no statement on a site that has no till."""
	return not_closed(keys) if _has_tills() else {}


def lots_taken_home(keys: Iterable[BinKey]) -> dict[tuple[BinKey, str], float]:
	"""`lots_not_closed`, for whoever gives stock to orders: no statement on a site that has no till."""
	return lots_not_closed(keys) if _has_tills() else {}


def forget_tills() -> None:
	"""Look anew whether the site has tills, now and when the transaction has ended."""
	forget.forget_keys(_KEY)


def _has_tills() -> bool:
	return frappe.cache.get_value(_KEY, lambda: bool(frappe.db.exists("POS Profile", {})))


def seen_at_tills(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What was sold of each Bin, for proposals, without locks; no statement on a site that has no till."""
	return _sold(keys, is_open=_OPEN) if _has_tills() else {}


def not_closed(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What was sold of each Bin, in stock UOM; only where there is any.

	One statement, none for nothing: a locking read, so what other tills have sold meanwhile counts. The
	caller holds the Bins.
	"""
	return _sold(keys, is_open=_OPEN_BY_ITEM, lock="lock in share mode")


def _sold(keys: Iterable[BinKey], is_open: str, lock: str = "") -> dict[BinKey, float]:
	pairs = tuple(sorted(set(keys)))
	if not pairs:
		return {}
	rows = frappe.db.sql(
		f"""select item_code, warehouse, sum(qty) from (
			({_SOLD.format(what="line.stock_qty qty", lots="", is_open=is_open)} {lock})
			union all
			({_SOLD_IN_BUNDLES.format(what="packed.qty", lots="", is_open=is_open)} {lock})
		) sold group by item_code, warehouse""",
		_named(pairs),
	)
	return {(item, warehouse): qty for item, warehouse, qty in rows}


def lots_not_closed(keys: Iterable[BinKey]) -> dict[tuple[BinKey, str], float]:
	"""{(Bin, batch or serial number): what was sold of it}, in stock UOM. A locking read, if any."""
	pairs = tuple(sorted(set(keys)))
	if not pairs:
		return {}
	what = "coalesce(nullif(lot.serial_no, ''), lot.batch_no) name, abs(lot.qty) qty"
	lots = """join `tabSerial and Batch Entry` lot
		on lot.parent = {row}.serial_and_batch_bundle and lot.parenttype = 'Serial and Batch Bundle'"""
	alone = _SOLD.format(what=what, lots=lots.format(row="line"), is_open=_OPEN_BY_ITEM)
	bundled = _SOLD_IN_BUNDLES.format(what=what, lots=lots.format(row="packed"), is_open=_OPEN_BY_ITEM)
	rows = frappe.db.sql(
		f"""select item_code, warehouse, name, sum(qty) from (
			({alone} lock in share mode)
			union all
			({bundled} lock in share mode)
		) sold group by item_code, warehouse, name""",
		_named(pairs),
	)
	return {((item, warehouse), lot): qty for item, warehouse, lot, qty in rows}


def _named(pairs: tuple[BinKey, ...]) -> dict[str, tuple]:
	"""The Bins, and their items, by which there is an index."""
	return {"pairs": pairs, "items": tuple({item for item, _warehouse in pairs})}


_OPEN = "(pos.consolidated_invoice is null or pos.consolidated_invoice = '')"
"""By an index of ours, so that no sale of a closed day is read."""

_OPEN_BY_ITEM = "coalesce(pos.consolidated_invoice, '') = ''"
"""By no index, for locking reads: who locks the open sales there keeps every till from its next one."""

_SOLD = """select line.item_code, line.warehouse, {what}
	from `tabPOS Invoice Item` line join `tabPOS Invoice` pos on pos.name = line.parent {lots}
	where line.item_code in %(items)s and line.stock_qty > 0
		and pos.docstatus = 1 and {is_open}
		and (line.item_code, line.warehouse) in %(pairs)s"""

_SOLD_IN_BUNDLES = """select packed.item_code, packed.warehouse, {what}
	from `tabPacked Item` packed join `tabPOS Invoice` pos on pos.name = packed.parent {lots}
	where packed.item_code in %(items)s and packed.parenttype = 'POS Invoice' and packed.qty > 0
		and pos.docstatus = 1 and {is_open}
		and (packed.item_code, packed.warehouse) in %(pairs)s"""
