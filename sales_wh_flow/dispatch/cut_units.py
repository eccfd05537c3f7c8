"""A box whose pieces come from two batches is picked in pieces and sent as one box.

ERPNext keeps a note's rows in the order's unit, and refuses a part of one that comes in whole numbers only.
"""

from collections import defaultdict

import frappe
from frappe.utils import flt

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.stock_lock.store import picks


def is_cut(uom: str, qty: float) -> bool:
	"""Whether the quantity is a fraction of a unit that comes in whole numbers only."""
	return bool(rounded(qty - round(qty))) and bool(
		frappe.get_cached_value("UOM", uom, "must_be_whole_number")
	)


def put_together(note) -> None:
	"""Rows of a new note that were picked in pieces become one row, in whole units, for each line.

	Such a row names its Pick List, not one row of it; its batches and serial numbers are bundled once the
	note has a name: those of its parts, where whoever made them has said so.
	"""
	if not note.is_new() or note.get("is_return"):
		return
	parts: dict[tuple, list] = defaultdict(list)
	for row in note.items:
		if row.get("pick_list_item") and row.so_detail and row.get("against_pick_list"):
			parts[row.so_detail, row.warehouse, row.against_pick_list].append(row)
	gone = []
	for rows in parts.values():
		if any(is_cut(row.uom, flt(row.qty)) for row in rows):
			first, *others = rows
			factor = flt(first.conversion_factor) or 1.0
			first.qty = rounded(sum(_pieces(row) for row in rows) / factor)
			alongside(first).lots = [lot for row in rows for lot in alongside(row).lots or ()]
			first.update({"pick_list_item": None, "batch_no": None, "serial_no": None})
			gone += others
	if gone:
		note.set("items", [row for row in note.items if row not in gone])
		for idx, row in enumerate(note.items, start=1):
			row.idx = idx


def _pieces(row) -> float:
	"""What the row says in stock UOM: ERPNext has cut its fraction, a third of a box, to a few decimals."""
	qty = flt(row.qty) * (flt(row.conversion_factor) or 1.0)
	return round(qty) if frappe.get_cached_value("UOM", row.stock_uom, "must_be_whole_number") else qty


def lots(row) -> list[dict]:
	"""What a row that was put together holds of batches and serial numbers, as entries of a bundle that goes
	out: what its parts said, else what its Pick List picked for the line and has not left.
	"""
	found: list[dict] = alongside(row).lots or []
	if found:
		return found
	left = flt(row.stock_qty)
	for batch_no, serials, qty in picks.picked_lots(row.against_pick_list, row.so_detail, row.warehouse):
		part = rounded(min(flt(qty), left))
		left = rounded(left - part)
		if is_positive(part) and serials:
			names = each_serial(serials)[: int(part)]
			found += [{"serial_no": name, "batch_no": batch_no, "qty": -1} for name in names]
		elif is_positive(part) and batch_no:
			found.append({"batch_no": batch_no, "qty": -part})
	return found
