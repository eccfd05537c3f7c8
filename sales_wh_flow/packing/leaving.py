"""The goods of a Delivery Note, or of an invoice that moves stock, and the boxes that leave with them."""

from collections import defaultdict
from collections.abc import Sequence

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.leaving import Leaves, LeavingGoods, PackedBox, PackedGoods, leave
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import contents, notes
from sales_wh_flow.packing.store.contents import Content


def moves_goods(doc) -> bool:
	"""Whether goods leave with a document: a Delivery Note, or an invoice that moves stock, and no return."""
	return not cint(doc.get("is_return")) and (
		doc.doctype == "Delivery Note" or bool(cint(doc.get("update_stock")))
	)


def may_take_boxes(doc, goods: Sequence[LeavingGoods]) -> bool:
	"""Whether boxes may leave with a document of these goods. A note may have boxes of its own while none of
	its goods are of orders; an invoice of no order's goods has none.
	"""
	return moves_goods(doc) and (bool(goods) or doc.doctype == "Delivery Note")


def goods_of(doc) -> tuple[LeavingGoods, ...]:
	"""What of orders leaves with a document: its stock items, and the components of its bundles."""
	if not moves_goods(doc):
		return ()
	parts = defaultdict(list)
	for part in doc.get("packed_items") or ():
		parts[part.parent_detail_docname].append(part)
	found: list[LeavingGoods] = []
	for row in doc.items:
		order = row.get("against_sales_order") or row.get("sales_order")
		if order and row.get("so_detail"):
			found += _of_row(row, order, parts.get(row.name) or ())
	return tuple(found)


def _of_row(row, order: str, parts: Sequence) -> list[LeavingGoods]:
	if parts:
		return [
			LeavingGoods(
				row.idx,
				order,
				row.so_detail,
				part.item_code,
				flt(part.qty),
				None,
				flt(part.get("packed_qty")),
			)
			for part in parts
			if _is_stock_item(part.item_code)
		]
	if not _is_stock_item(row.item_code):
		return []
	factor = flt(row.conversion_factor) or 1.0
	return [
		LeavingGoods(
			row.idx,
			order,
			row.so_detail,
			row.item_code,
			flt(row.stock_qty),
			row.get("pick_list_item") or None,
			flt(row.get("packed_qty")) * factor,
		)
	]


def _is_stock_item(item_code: str) -> bool:
	return bool(cint(frappe.get_cached_value("Item", item_code, "is_stock_item")))


def boxes_for(goods: Sequence[LeavingGoods], document: str) -> dict[str, PackedBox]:
	"""The boxes that are on this document, or hold some of these goods and are on no other one, by name; at
	most two statements.
	"""
	lines = tuple(sorted({it.sales_order_item for it in goods}))
	rows = notes.boxes_near(lines, document)
	goods_in = by_box(contents.contents_of([row[0] for row in rows]))
	return {
		name: PackedBox(name, as_goods(goods_in.get(name, ())), note == document, state != states.OPEN)
		for name, state, note in rows
	}


def by_box(rows: Sequence[Content]) -> dict[str, list[Content]]:
	"""{box: what of these rows lies in it}."""
	found: dict[str, list[Content]] = defaultdict(list)
	for row in rows:
		found[row.box].append(row)
	return found


def as_goods(rows: Sequence[Content]) -> tuple[PackedGoods, ...]:
	"""What lies in boxes, as the rules compare it with a document's rows."""
	return tuple(
		PackedGoods(it.sales_order_item, it.item_code, it.pick_list_item, it.qty_stock, it.sales_order)
		for it in rows
	)


def boxes_as_committed(
	names: Sequence[str], document: str
) -> tuple[tuple[PackedBox, ...], Sequence[Content]]:
	"""The same boxes, locked, that may leave with the document, and what lies in all of them now; two
	statements. The caller holds the orders.
	"""
	held = store.hold_boxes(names)
	rows = contents.contents_of(held, for_update=True)
	goods_in = by_box(rows)
	found = tuple(
		PackedBox(
			name,
			as_goods(goods_in.get(name, ())),
			row.document == document,
			row.state != states.OPEN,
		)
		for name, row in held.items()
		if row.state not in (states.CANCELLED, states.RETURNED) and row.document in (None, document)
	)
	return found, rows


def leaving_with(goods: Sequence[LeavingGoods], document: str) -> tuple[Leaves, Sequence[Content]]:
	"""Which boxes leave with a document of these goods that is submitted now, and what of it is in none; what
	lies in those boxes. Locks the boxes; the caller holds the orders.
	"""
	names = list(boxes_for(goods, document))
	boxes, rows = boxes_as_committed(names, document) if names else ((), ())
	found = leave(goods, boxes)
	return found, [it for it in rows if it.box in found.boxes]
