"""Row locks, taken in one global order: Sales Order, then Bins by name, then the series of the lock's entries.

MariaDB reads plainly from the snapshot that the transaction opened with its first read, long before the flow runs. A
decision about stock may therefore rest only on locking reads, and ERPNext's own code, which reads plainly, must find
fresh rows. Both come from one trick: the lock on a Bin is taken by an UPDATE of its time stamp, after which this
transaction sees the row as the last commit left it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.naming import NamingSeries, parse_naming_series
from frappe.utils import now

from sales_wh_flow.rules.facts import BinKey


@dataclass(frozen=True, slots=True)
class BinRow:
	"""A locked Bin. ``demand_stock`` is ERPNext's reserved_qty (all open demand); ``reserved_stock`` what is locked."""

	name: str
	item_code: str
	warehouse: str
	on_hand_stock: float
	demand_stock: float
	reserved_stock: float


def lock_bins(keys: Iterable[BinKey]) -> dict[BinKey, BinRow]:
	"""Lock the Bins of these (item, warehouse) pairs and return them as last committed; missing Bins are made.

	Statements: 3, whatever the number of pairs (and ERPNext's own for each Bin that has to be made).
	"""
	wanted = sorted({key for key in keys if all(key)})
	if not wanted:
		return {}
	names = _bin_names(wanted)
	_touch(names.values())
	return {(row.item_code, row.warehouse): row for row in read_bins(names.values())}


def read_bins(names: Iterable[str]) -> list[BinRow]:
	"""Bins by name: as last committed for those this transaction has locked, and with its own changes."""
	wanted = tuple(names)
	if not wanted:
		return []
	rows = frappe.db.sql(
		"""select name, item_code, warehouse, actual_qty, reserved_qty, reserved_stock
		from `tabBin` where name in %s""",
		(wanted,),
	)
	return [BinRow(*row) for row in rows]


def lock_order(name: str) -> None:
	"""Lock a Sales Order's row, so that only one transaction at a time decides about it."""
	frappe.db.sql("select name from `tabSales Order` where name = %s for update", name)


class Series:
	"""The counter that names Stock Reservation Entries, locked until the transaction ends.

	It is locked before the open entries are read: a locking read of a range also locks the gap where another order
	wants to insert, so two orders must not read and insert side by side.
	"""

	def __init__(self, doctype: str):
		self.pattern = frappe.get_meta(doctype).autoname
		self.prefix = NamingSeries(self.pattern).get_prefix()
		self.current = self._lock()

	def _lock(self) -> int:
		read = "select current from `tabSeries` where name = %s for update"
		found = frappe.db.sql(read, self.prefix)
		if not found:
			frappe.db.sql("insert ignore into `tabSeries` (name, current) values (%s, 0)", self.prefix)
			found = frappe.db.sql(read, self.prefix)
		return found[0][0] or 0

	def take(self, count: int) -> list[str]:
		"""The next ``count`` names, in order."""
		frappe.db.sql(
			"update `tabSeries` set current = current + %s where name = %s", (count, self.prefix)
		)
		first, self.current = self.current + 1, self.current + count
		return [self._name(number) for number in range(first, first + count)]

	def _name(self, number: int) -> str:
		return parse_naming_series(self.pattern, number_generator=lambda _prefix, digits: str(number).zfill(digits))


def _bin_names(keys: list[BinKey]) -> dict[BinKey, str]:
	rows = frappe.db.sql(
		"select item_code, warehouse, name from `tabBin` where item_code in %(items)s and warehouse in %(warehouses)s",
		{"items": tuple({item for item, _ in keys}), "warehouses": tuple({warehouse for _, warehouse in keys})},
	)
	found = {(item, warehouse): name for item, warehouse, name in rows}
	return {key: found.get(key) or _make_bin(key) for key in keys}


def _make_bin(key: BinKey) -> str:
	"""The Bin's name, also when another transaction made it after this one's snapshot."""
	latest = frappe.db.sql(
		"select name from `tabBin` where item_code = %s and warehouse = %s lock in share mode", key
	)
	if latest:
		return latest[0][0]
	doc = frappe.get_doc({"doctype": "Bin", "item_code": key[0], "warehouse": key[1]})
	doc.flags.ignore_permissions = True  # a Bin is ERPNext's bookkeeping, nobody has create rights on it
	return doc.insert().name


def _touch(names: Iterable[str]) -> None:
	frappe.db.sql(
		"update `tabBin` set modified = %(now)s where name in %(names)s order by name",
		{"now": now(), "names": tuple(names)},
	)
