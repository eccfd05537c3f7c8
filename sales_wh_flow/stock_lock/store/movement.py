"""What a document moves: the figures of its Bins and orders under their locks, before ERPNext moves the stock
and after it, each in one statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.base import there
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.stock_lock.store import open_demand
from sales_wh_flow.stock_lock.store.reservations import OpenLock


@dataclass(frozen=True, slots=True)
class StockFigures:
	"""What is true at this moment, in stock UOM.

	``bins``: the Bins as this transaction has written them; ``on_hand``: what the stock ledger has, which is
	right where Bin.actual_qty may not be; ``there``: what of it is there now; ``locked``: what the open locks
	of a Bin hold, for any order.
	``in_batches``, ``in_serials``: the Bins whose item is kept by batch, by serial number.
	``locks`` by name and ``demand`` by Bin are those of the orders asked for, empty without orders.
	"""

	bins: dict[BinKey, BinRow]
	on_hand: dict[BinKey, float]
	locked: dict[BinKey, float]
	there: dict[BinKey, float] = field(default_factory=dict)
	locks: dict[str, OpenLock] = field(default_factory=dict)
	demand: dict[BinKey, float] = field(default_factory=dict)
	in_batches: set[BinKey] = field(default_factory=set)
	in_serials: set[BinKey] = field(default_factory=set)


def bin_figures(bins: Iterable[BinRow], orders: Iterable[str] = (), rows: Iterable[str] = ()) -> StockFigures:
	"""The figures of locked Bins, with the open locks of ``orders`` and the demand of their ``rows``.

	One statement of locking reads: what others have committed since this transaction began counts.
	"""
	names = tuple(row.name for row in bins)
	served, lines = tuple(orders), tuple(rows)
	if not names:
		return StockFigures({}, {}, {})
	# The Bin's own figure may be wrong here; the ledger's stands beside it.
	now_there = there.now_sql("bin", for_decision=True, at_most="999999999999")
	parts, values = [_BINS.format(open_qty=open_qty_sql("sre"), there=now_there)], _bin_values(names)
	if served:
		parts.append(_LOCKS.format(open_qty=open_qty_sql("sre")))
		values |= {"orders": served, "statuses": OPEN_LOCK_STATUSES}
	if served and lines:
		parts += [_LINE_DEMAND, _PACKED_DEMAND]
		values |= {"rows": lines, **open_demand.values()}
	found = frappe.db.sql(" union all ".join(f"({part})" for part in parts), values)
	return _sorted_out(found)


def brought_in(voucher_type: str, voucher: str) -> dict[BinKey, float]:
	"""What a submitted document added to each Bin, where it added anything."""
	if voucher_type == "Stock Reconciliation":
		return _counted_more(voucher)
	rows = frappe.db.sql(
		"""select item_code, warehouse, sum(actual_qty) qty from `tabStock Ledger Entry`
		where voucher_type = %s and voucher_no = %s and is_cancelled = 0
		group by item_code, warehouse having qty > 0""",
		(voucher_type, voucher),
	)
	return {(item, warehouse): flt(qty) for item, warehouse, qty in rows}


def _counted_more(voucher: str) -> dict[BinKey, float]:
	"""The ledger's entry of a count says how much is there, not how much came in."""
	rows = frappe.db.sql(
		"""select item_code, warehouse, sum(qty - current_qty) more from `tabStock Reconciliation Item`
		where parent = %s group by item_code, warehouse having more > 0""",
		voucher,
	)
	return {(item, warehouse): flt(more) for item, warehouse, more in rows}


def _sorted_out(rows: Iterable[tuple[Any, ...]]) -> StockFigures:
	result = StockFigures({}, {}, {})
	for kind, name, item, warehouse, order, line, *numbers in rows:
		one, two, three, on_hand, locked, lots, there_now = (flt(number) for number in numbers)
		key = (item, warehouse)
		if kind == "bin":
			result.bins[key] = BinRow(name, item, warehouse, one, two, three)
			result.on_hand[key], result.locked[key] = on_hand, locked
			result.there[key] = min(on_hand, there_now)
			if lots >= IN_SERIALS:
				result.in_serials.add(key)
			elif lots:
				result.in_batches.add(key)
		elif kind == "lock":
			result.locks[name] = OpenLock(name, item, warehouse, order, line, one, two)
		else:
			result.demand[key] = result.demand.get(key, 0.0) + one
	return result


def _bin_values(names: tuple[str, ...]) -> dict[str, Any]:
	return {"bins": names, **{f"status_{at}": status for at, status in enumerate(OPEN_LOCK_STATUSES)}}


IN_SERIALS = 2

# ERPNext asks a plain read whether there are later movements. One that was committed after the transaction
# began is overlooked, and Bin.actual_qty comes out wrong; the balances in the ledger are written right.
# One equality per status walks only the open locks of a Bin, not its whole history.
_BINS = f"""select 'bin', bin.name, bin.item_code, bin.warehouse, '' so, '' line,
	bin.actual_qty, bin.reserved_qty, bin.reserved_stock,
	coalesce((select sle.qty_after_transaction from `tabStock Ledger Entry` sle
		where sle.item_code = bin.item_code and sle.warehouse = bin.warehouse and sle.is_cancelled = 0
		order by sle.posting_datetime desc, sle.creation desc limit 1 lock in share mode), 0),
	coalesce((select sum({{open_qty}})
		from ({
	" union all ".join(f"select %(status_{at})s status" for at in range(len(OPEN_LOCK_STATUSES)))
}) open_status
		straight_join `tabStock Reservation Entry` sre
			on sre.item_code = bin.item_code and sre.warehouse = bin.warehouse
			and sre.status = open_status.status
		where sre.docstatus = 1 for update), 0),
	coalesce((select item.has_batch_no + {IN_SERIALS} * item.has_serial_no from `tabItem` item
		where item.name = bin.item_code), 0),
	{{there}}
	from `tabBin` bin force index (primary) where bin.name in %(bins)s for update"""

_LOCKS = """select 'lock', sre.name, sre.item_code, sre.warehouse, sre.voucher_no, sre.voucher_detail_no,
	{open_qty}, sre.reserved_qty, 0, 0, 0, 0, 0
	from `tabStock Reservation Entry` sre
	where sre.voucher_type = 'Sales Order' and sre.voucher_no in %(orders)s and sre.docstatus = 1
		and sre.status in %(statuses)s for update"""

_LINE_DEMAND = f"""select 'demand', '', line.item_code, line.warehouse, '', '',
	line.stock_qty * {open_demand.OPEN_SHARE}, 0, 0, 0, 0, 0, 0
	from `tabSales Order Item` line join `tabSales Order` so on so.name = line.parent
	where line.parent in %(orders)s and line.name in %(rows)s and line.warehouse is not null
	lock in share mode"""

_PACKED_DEMAND = f"""select 'demand', '', packed.item_code, packed.warehouse, '', '',
	packed.qty * {open_demand.OPEN_SHARE}, 0, 0, 0, 0, 0, 0
	from `tabPacked Item` packed
	join `tabSales Order Item` line on line.name = packed.parent_detail_docname
	join `tabSales Order` so on so.name = packed.parent
	where packed.parent in %(orders)s and packed.parenttype = 'Sales Order' and line.name in %(rows)s
		and packed.item_code <> packed.parent_item and packed.warehouse is not null
	lock in share mode"""
