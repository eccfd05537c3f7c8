"""Rows are held until the transaction ends, in one global order: the order at hand, its customer's credit
turn (`approval/store/credit.py`), Sales Orders, Bins, each by name, documents of the way (Pick List, Delivery
Note, boxes), then the series that names the entries of the stock lock.

MariaDB reads plainly from the snapshot that the transaction opened with its first read, long before the flow
runs. A decision about stock may therefore rest only on locking reads, and ERPNext's own code, which reads
plainly, must find fresh rows. Both come from one trick: a Bin is held by an UPDATE of its time
stamp, after which this transaction sees the row as the last commit left it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.model.naming import NamingSeries, parse_naming_series
from frappe.utils import now

from sales_wh_flow.base import bulk, lock_waits, there
from sales_wh_flow.base.bin_key import BinKey


@dataclass(frozen=True, slots=True)
class BinRow:
	"""A held Bin. ``on_hand_stock``: what is there now, where it is held to decide (`hold_bins`), else
	what ERPNext's Bin says, which counts entries dated in the future. ``demand_stock`` is ERPNext's
	reserved_qty (all open demand); ``reserved_stock`` what is locked.
	"""

	name: str
	item_code: str
	warehouse: str
	on_hand_stock: float
	demand_stock: float
	reserved_stock: float

	@property
	def key(self) -> BinKey:
		return (self.item_code, self.warehouse)


@dataclass(frozen=True, slots=True)
class Held:
	"""Held Bins as this transaction saw them before it held them: names and keys are right, figures may be
	old.

	``is_stale``: somebody has written one of them since this transaction began, so what it reads plainly of
	their stock and locks may be old, too.
	"""

	bins: dict[BinKey, BinRow]
	is_stale: bool


def hold_bins(keys: Iterable[BinKey]) -> dict[BinKey, BinRow]:
	"""Hold the Bins of these (item, warehouse) pairs and return them as last committed; missing Bins are
	made.

	Pairs whose item is kept in no stock have no Bin and are left out. Statements: 3, whatever the number of
	pairs, and 3 more when Bins have to be made.
	"""
	names = tuple(row.name for row in hold_bins_as_seen(keys).bins.values())
	if not names:
		return {}
	columns = _COLUMNS.replace("bin.actual_qty", there.now_sql("bin", for_decision=True))
	rows = frappe.db.sql(f"select {columns} from `tabBin` bin where bin.name in %s", (names,))
	return {(row[1], row[2]): BinRow(*row) for row in rows}


def hold_bins_as_seen(keys: Iterable[BinKey], orders: Iterable[str] = (), rows: Iterable[str] = ()) -> Held:
	"""Hold the orders, then the Bins of these pairs and of the orders' ``rows``; missing Bins of pairs are
	made.

	Statements: 2, one more where somebody else wrote the Bins meanwhile, and 3 more when Bins have to be
	made; none for nothing.
	"""
	wanted, served = sorted({key for key in keys if all(key)}), tuple(sorted(set(orders)))
	if not (wanted or served):
		return Held({}, False)
	lock_waits.wants(served, wanted)
	found, stamps = _seen(wanted, served, tuple(rows))
	missing = [key for key in wanted if key not in found]
	if missing and _make_bins(missing):
		made, newer = _seen(wanted)
		found, stamps = found | made, stamps | newer
	lock_waits.wants(served, found)
	is_stale = _touch(stamps)
	lock_waits.holds()
	return Held(found, is_stale)


_COLUMNS = "bin.name, bin.item_code, bin.warehouse, bin.actual_qty, bin.reserved_qty, bin.reserved_stock"


def hold_order_row(name: str) -> None:
	"""Hold a Sales Order's row, so that only one transaction at a time decides about it."""
	hold_order_rows([name])


def hold_order_rows(names: Iterable[str]) -> None:
	"""Hold the rows of several Sales Orders, by name; no statement for none."""
	wanted = tuple(sorted(set(names)))
	if wanted:
		lock_waits.wants(wanted)
		frappe.db.sql(
			"""select name from `tabSales Order` force index (primary)
			where name in %s order by name for update""",
			(wanted,),
		)
		lock_waits.holds()


def hold_document_row(doctype: str, name: str) -> None:
	"""Hold the row of one other document."""
	frappe.db.sql(f"select name from `tab{doctype}` where name = %s for update", name)


def held_document(doctype: str, name: str) -> Document:
	"""A document whose row is held, as last committed. Sales Orders: ``order.hold``."""
	return frappe.get_doc(doctype, name, for_update=True)


class Series:
	"""The counter that names Stock Reservation Entries, held until the transaction ends.

	It is held before the open entries are read: a locking read of a range also locks the gap where another
	order wants to insert, so two orders must not read and insert side by side.
	"""

	def __init__(self, doctype: str):
		self.pattern = frappe.get_meta(doctype).autoname
		self.prefix = NamingSeries(self.pattern).get_prefix()
		self.current = self._hold()

	def _hold(self) -> int:
		"""A locking read of a missing row would lock the gap; two of those keep each other from inserting."""
		found = frappe.db.sql(
			"""insert into `tabSeries` (name, current) values (%s, 0)
			on duplicate key update current = current returning current""",
			self.prefix,
		)
		return found[0][0] or 0

	def take(self, count: int) -> list[str]:
		"""The next ``count`` names, in order."""
		frappe.db.sql("update `tabSeries` set current = current + %s where name = %s", (count, self.prefix))
		first, self.current = self.current + 1, self.current + count
		return [self._name(number) for number in range(first, first + count)]

	def _name(self, number: int) -> str:
		return parse_naming_series(
			self.pattern, number_generator=lambda _prefix, digits: str(number).zfill(digits)
		)


def _seen(
	keys: list[BinKey], orders: tuple[str, ...] = (), rows: tuple[str, ...] = ()
) -> tuple[dict[BinKey, BinRow], dict[str, datetime]]:
	"""The Bins there are and when each was written, read plainly, in the statement that holds the orders.

	A locking read of a Bin that is missing would lock the gap in which others want to insert theirs.
	"""
	parts, values = [], {"orders": orders, "rows": rows}
	if orders:
		parts.append(_ORDERS)
	if keys:
		parts.append(_BINS_OF_PAIRS)
		values["items"] = tuple({item for item, _ in keys})
		values["warehouses"] = tuple({warehouse for _, warehouse in keys})
	if rows:
		parts += [_BINS_OF_LINES, _BINS_OF_PACKED]
	found = frappe.db.sql(" union all ".join(f"({part})" for part in parts), values)
	wanted, bins, stamps = set(keys), {}, {}
	for is_named, stamp, *row in found:
		bin_row = BinRow(*row)
		if bin_row.item_code and (is_named or bin_row.key in wanted):
			bins[bin_row.key], stamps[bin_row.name] = bin_row, stamp
	return bins, stamps


_ORDERS = """select 0, so.modified, so.name, '' item, '' warehouse, 0.0 on_hand, 0.0 demand, 0.0 locked
	from `tabSales Order` so force index (primary) where so.name in %(orders)s order by so.name for update"""

_BINS_OF_PAIRS = f"""select 0, bin.modified, {_COLUMNS} from `tabBin` bin
	where bin.item_code in %(items)s and bin.warehouse in %(warehouses)s"""

_BINS_OF_LINES = f"""select 1, bin.modified, {_COLUMNS} from `tabSales Order Item` line
	join `tabBin` bin on bin.item_code = line.item_code and bin.warehouse = line.warehouse
	where line.name in %(rows)s"""

_BINS_OF_PACKED = f"""select 1, bin.modified, {_COLUMNS} from `tabPacked Item` packed
	join `tabBin` bin on bin.item_code = packed.item_code and bin.warehouse = packed.warehouse
	where packed.parent in %(orders)s and packed.parenttype = 'Sales Order'
		and packed.parent_detail_docname in %(rows)s"""


def _make_bins(keys: list[BinKey]) -> bool:
	"""Make the Bins this transaction does not see; True when there may be more of them now.

	One statement that also holds those which others made meanwhile. Asking for them with a locking read first
	would lock the gaps in which others want to insert.
	"""
	items = tuple({item for item, _ in keys})
	rows = frappe.db.sql(
		"select name, stock_uom from `tabItem` where is_stock_item = 1 and name in %s", (items,)
	)
	units, stamp, user = dict(rows), now(), frappe.session.user
	new = [
		(name, user, stamp, stamp, user, item, warehouse, units[item])
		for name, (item, warehouse) in zip(bulk.new_names(len(keys)), keys, strict=True)
		if item in units
	]
	if new:
		frappe.db.sql(
			f"""insert into `tabBin`
			(name, owner, creation, modified, modified_by, item_code, warehouse, stock_uom)
			values {", ".join("%s" for _ in new)} on duplicate key update modified = values(modified)""",
			new,
		)
	return bool(new)


def _touch(stamps: Mapping[str, datetime]) -> bool:
	"""Hold the Bins that were last written at these times; True when one was written since.

	The index is forced because a scan of a small table would hold the Bins of everybody.
	"""
	if not stamps:
		return False
	names, stamp = tuple(stamps), now()
	frappe.db.sql(
		"""update `tabBin` force index (primary) set modified = %s
		where name in %s and (name, modified) in %s order by name""",
		(stamp, names, tuple(stamps.items())),
	)
	is_stale = bulk.changed_rows() < len(names)
	if is_stale:
		frappe.db.sql(
			"update `tabBin` force index (primary) set modified = %s where name in %s order by name",
			(now(), names),
		)
	return is_stale
