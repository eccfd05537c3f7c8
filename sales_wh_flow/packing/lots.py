"""The batches and serial numbers of a document and of the boxes that leave with it are the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.serial_nos import typed_lots
from sales_wh_flow.packing.rules.lots import BoxedLot, NotedLots, lots_apart
from sales_wh_flow.packing.store.contents import Content
from sales_wh_flow.stock_lock.store.delivered import lots_of_bundles


def other_lots(doc, inside: Sequence[Content]) -> list[RuleViolation]:
	"""What of lots the boxes hold and the document doesn't say; at most one statement."""
	boxed = [lot for it in inside for lot in _boxed(it)]
	if not boxed:
		return []
	noted = _noted(doc, {(it.line, it.item_code) for it in boxed})
	return [
		RuleViolation(
			"box_holds_other_lot", idx=it.idx, box=it.box, item=it.item_code, lot=it.lot, line=it.line
		)
		for it in lots_apart(boxed, noted)
	]


def _boxed(it: Content) -> Iterable[BoxedLot]:
	for serial_no in it.serial_nos:
		yield BoxedLot(it.box, it.sales_order_item, it.item_code, serial_no, 1.0)
	if it.batch_no and not it.serial_nos:
		yield BoxedLot(it.box, it.sales_order_item, it.item_code, it.batch_no, it.qty_stock)


def _noted(doc, keys: set[tuple[str, str]]) -> dict[tuple[str, str], NotedLots]:
	lines = {row.name: row for row in doc.items}
	rows = [(row.get("so_detail"), row.idx, row, row.stock_qty) for row in doc.items]
	for part in doc.get("packed_items") or ():
		parent = lines.get(part.parent_detail_docname)
		rows += [(parent.get("so_detail"), parent.idx, part, part.qty)] if parent else []
	mine = [it for it in rows if (it[0], it[2].item_code) in keys]
	bundled = lots_of_bundles(row.get("serial_and_batch_bundle") for _l, _i, row, _q in mine)
	found: dict[tuple[str, str], NotedLots] = {}
	for line, idx, row, qty in mine:
		noted = found.setdefault((line, row.item_code), NotedLots(idx, defaultdict(float)))
		bundle = row.get("serial_and_batch_bundle")
		if bundle:
			lots = bundled.get(bundle, {})
		else:
			lots = typed_lots(row.get("serial_no"), row.get("batch_no"), flt(qty))
		for lot, part_qty in lots.items():
			noted.qty_of[lot] += part_qty
	return found
