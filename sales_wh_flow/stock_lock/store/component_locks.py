"""Locks of product bundles: each holds stock for one component, a Packed Item of the order, which its
``voucher_detail_no`` names.

ERPNext reserves and delivers order lines only, so it neither makes such entries nor lowers them; in all else
they are Stock Reservation Entries like any other.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import frappe
from frappe.model.document import Document

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.stock_lock.rules.bundles import HeldPart
from sales_wh_flow.stock_lock.store.reservations import OpenLock

DOCTYPE = "Stock Reservation Entry"


def all_open() -> list[OpenLock]:
	"""The open locks of components on the whole site, oldest first."""
	rows = frappe.db.sql(
		f"""select sre.name, sre.item_code, sre.warehouse, sre.voucher_no, sre.voucher_detail_no,
			{open_qty_sql("sre")}, sre.reserved_qty
		from `tab{DOCTYPE}` sre
		join `tabPacked Item` packed on packed.name = sre.voucher_detail_no and packed.parent = sre.voucher_no
		where sre.docstatus = 1 and sre.status in %s order by sre.creation, sre.name""",
		(OPEN_LOCK_STATUSES,),
	)
	return [OpenLock(*row) for row in rows]


def is_part(entry: Document) -> bool:
	"""Whether a Stock Reservation Entry holds stock for a component of a bundle."""
	return bool(
		entry.voucher_detail_no
		and frappe.db.exists("Packed Item", {"name": entry.voucher_detail_no, "parenttype": "Sales Order"})
	)


def keys_of(orders: Iterable[str]) -> set[BinKey]:
	"""The Bins of the components in these orders; a locking read, no statement for no order."""
	names = tuple(set(orders))
	if not names:
		return set()
	rows = frappe.db.sql(
		"""select item_code, warehouse from `tabPacked Item`
		where parent in %s and parenttype = 'Sales Order' and warehouse is not null lock in share mode""",
		(names,),
	)
	return {(item, warehouse) for item, warehouse in rows}


def held_parts(orders: Iterable[str], may_go: Mapping[str, float]) -> list[HeldPart]:
	"""The components these orders are to hold, with their open locks and what of each ``may_go``.

	No statement for no order.
	"""
	names = tuple(set(orders))
	if not names:
		return []
	rows = frappe.db.sql(
		f"""select packed.name, line.name, packed.qty / line.stock_qty,
			coalesce(line_unit.must_be_whole_number, 0), sre.name, coalesce({open_qty_sql("sre")}, 0),
			sre.reservation_based_on = 'Serial and Batch'
		from `tabPacked Item` packed
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname and line.stock_qty > 0
		join `tabItem` item on item.name = packed.item_code and item.is_stock_item = 1
		left join `tabUOM` line_unit on line_unit.name = line.stock_uom
		left join `tab{DOCTYPE}` sre on sre.voucher_detail_no = packed.name and sre.voucher_no = packed.parent
			and sre.voucher_type = 'Sales Order' and sre.docstatus = 1 and sre.status in %(open)s
		where packed.parent in %(orders)s and packed.parenttype = 'Sales Order' and packed.swf_not_locked = 0
			and packed.qty > 0
		order by packed.name, sre.creation desc, sre.name desc lock in share mode""",
		{"orders": names, "open": OPEN_LOCK_STATUSES},
	)
	return [_held_part(list(same), may_go) for _part, same in groupby(rows, key=lambda row: row[0])]


def _held_part(rows: list[tuple[Any, ...]], may_go: Mapping[str, float]) -> HeldPart:
	"""One component from its rows, one for each of its locks, or one that names none."""
	_part, line, per_bundle, is_whole, *_lock = rows[0]
	able = [(name, min(may_go.get(name, 0.0), qty), qty, one) for *_same, name, qty, one in rows]
	return HeldPart(
		bundle=line,
		held_stock=sum(qty for _name, _able, qty, _one in able),
		per_bundle=per_bundle,
		step=float(is_whole),
		# What names batches or serial numbers goes whole, so all of it must be free to go.
		locks=tuple(
			(name, most, bool(one)) for name, most, qty, one in able if most and not (one and most < qty)
		),
	)
