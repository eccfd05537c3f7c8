"""Row locks, taken in one global order: Sales Orders, then Bins, each by name, then the series of the lock's
entries.

MariaDB reads plainly from the snapshot that the transaction opened with its first read, long before the flow
runs. A decision about stock may therefore rest only on locking reads, and ERPNext's own code, which reads
plainly, must find fresh rows. Both come from one trick: the lock on a Bin is taken by an UPDATE of its time
stamp, after which this transaction sees the row as the last commit left it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.naming import NamingSeries, parse_naming_series
from frappe.utils import now

from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.store import bulk


@dataclass(frozen=True, slots=True)
class BinRow:
	"""A locked Bin. ``demand_stock`` is ERPNext's reserved_qty (all open demand); ``reserved_stock`` what is
	locked.
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


def lock_bins(keys: Iterable[BinKey]) -> dict[BinKey, BinRow]:
	"""Lock the Bins of these (item, warehouse) pairs and return them as last committed; missing Bins are
	made.

	Pairs whose item is kept in no stock have no Bin and are left out. Statements: 3, whatever the number of
	pairs, and 3 more when Bins have to be made.
	"""
	wanted = sorted({key for key in keys if all(key)})
	if not wanted:
		return {}
	names = _bin_names(wanted)
	missing = [key for key in wanted if key not in names]
	if missing and _make_bins(missing):
		names = _bin_names(wanted)
	_touch(names.values())
	rows = frappe.db.sql(_BINS.format(extra=""), (tuple(names.values()),)) if names else ()
	return {(row[1], row[2]): BinRow(*row) for row in rows}


def bins_and_ledger(bins: Iterable[BinRow]) -> dict[BinKey, tuple[BinRow, float]]:
	"""The locked Bins as this transaction leaves them, each with what the stock ledger has on hand. A locking
	read.

	ERPNext asks a plain read whether there are later movements. One that was committed after the transaction
	began is overlooked, and Bin.actual_qty comes out wrong; the balances in the ledger are written right.
	"""
	names = tuple(row.name for row in bins)
	rows = frappe.db.sql(_BINS.format(extra=_LEDGER_BALANCE), (names,)) if names else ()
	return {(row[1], row[2]): (BinRow(*row[:-1]), row[-1]) for row in rows}


_BINS = """select bin.name, bin.item_code, bin.warehouse,
	bin.actual_qty, bin.reserved_qty, bin.reserved_stock {extra}
	from `tabBin` bin where bin.name in %s"""

_LEDGER_BALANCE = """, coalesce((select sle.qty_after_transaction from `tabStock Ledger Entry` sle
	where sle.item_code = bin.item_code and sle.warehouse = bin.warehouse and sle.is_cancelled = 0
	order by sle.posting_datetime desc, sle.creation desc limit 1 lock in share mode), 0)"""


def lock_order(name: str) -> None:
	"""Lock a Sales Order's row, so that only one transaction at a time decides about it."""
	lock_orders([name])


def lock_orders(names: Iterable[str]) -> None:
	"""Lock the rows of several Sales Orders, by name; no statement for none."""
	wanted = tuple(sorted(set(names)))
	if wanted:
		frappe.db.sql(
			"""select name from `tabSales Order` force index (primary)
			where name in %s order by name for update""",
			(wanted,),
		)


class Series:
	"""The counter that names Stock Reservation Entries, locked until the transaction ends.

	It is locked before the open entries are read: a locking read of a range also locks the gap where another
	order wants to insert, so two orders must not read and insert side by side.
	"""

	def __init__(self, doctype: str):
		self.pattern = frappe.get_meta(doctype).autoname
		self.prefix = NamingSeries(self.pattern).get_prefix()
		self.current = self._lock()

	def _lock(self) -> int:
		self._make_sure_it_exists()
		found = frappe.db.sql("select current from `tabSeries` where name = %s for update", self.prefix)
		return found[0][0] or 0

	def _make_sure_it_exists(self) -> None:
		"""A locking read of a missing row would lock the gap; two of those keep each other from inserting."""
		if not frappe.db.sql("select 1 from `tabSeries` where name = %s", self.prefix):
			frappe.db.sql(
				"""insert into `tabSeries` (name, current) values (%s, 0)
				on duplicate key update current = current""",
				self.prefix,
			)

	def take(self, count: int) -> list[str]:
		"""The next ``count`` names, in order."""
		frappe.db.sql("update `tabSeries` set current = current + %s where name = %s", (count, self.prefix))
		first, self.current = self.current + 1, self.current + count
		return [self._name(number) for number in range(first, first + count)]

	def _name(self, number: int) -> str:
		return parse_naming_series(
			self.pattern, number_generator=lambda _prefix, digits: str(number).zfill(digits)
		)


def _bin_names(keys: list[BinKey]) -> dict[BinKey, str]:
	rows = frappe.db.sql(
		"""select item_code, warehouse, name from `tabBin`
		where item_code in %(items)s and warehouse in %(warehouses)s""",
		{
			"items": tuple({item for item, _ in keys}),
			"warehouses": tuple({warehouse for _, warehouse in keys}),
		},
	)
	wanted = set(keys)
	return {(item, warehouse): name for item, warehouse, name in rows if (item, warehouse) in wanted}


def _make_bins(keys: list[BinKey]) -> bool:
	"""Make the Bins this transaction does not see; True when there may be more of them now.

	One statement that also locks those which others made meanwhile. Asking for them with a locking read first
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


def _touch(names: Iterable[str]) -> None:
	"""The index is forced because a scan of a small table would lock the Bins of everybody."""
	wanted = tuple(names)
	if wanted:
		frappe.db.sql(
			"update `tabBin` force index (primary) set modified = %s where name in %s order by name",
			(now(), wanted),
		)
