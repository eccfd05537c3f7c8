"""Of what the bundles of orders were put together when they were ordered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class LockedPart:
	"""A component that is kept in stock and locked with its bundle. ``qty_each``: for one bundle; both in
	their stock UOM.
	"""

	order: str
	item_code: str
	qty_each: float


def parts_of(lines: Iterable[str]) -> dict[str, list[LockedPart]]:
	"""{row of a Sales Order: its components}; one statement, none for no row."""
	names = tuple(sorted(set(lines)))
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select line.name, line.parent, packed.item_code, sum(packed.qty) / max(line.stock_qty)
		from `tabPacked Item` packed
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname and line.stock_qty > 0
		join `tabItem` item on item.name = packed.item_code and item.is_stock_item = 1
		where packed.parent_detail_docname in %s and packed.parenttype = 'Sales Order'
			and packed.swf_not_locked = 0
		group by line.name, packed.item_code order by min(packed.idx)""",
		(names,),
	)
	found = defaultdict(list)
	for line, order, item_code, qty_each in rows:
		found[line].append(LockedPart(order, item_code, qty_each))
	return dict(found)
