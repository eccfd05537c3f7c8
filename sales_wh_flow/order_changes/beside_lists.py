"""What lies in a picker's crate is sent from its Pick List: a note made from the order beside it would send
the same goods a second time. An invoice that moves stock takes what it sends off the list.
"""

from collections import defaultdict
from collections.abc import Sequence

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import hold
from sales_wh_flow.order_changes.picked_already import to_come
from sales_wh_flow.stock_lock.store import picks


def refuse_beside_lists(doc) -> None:
	"""Before a Delivery Note is submitted; the caller holds its orders.

	No statement where every row comes from a Pick List; one for an order that is on none. Raises:
	ValidationError naming rows and Pick Lists.
	"""
	if not is_on(STOCK_LOCK) or doc.get("is_return"):
		return
	rows = [row for row in doc.items if row.get("so_detail") and not _is_of_list(doc, row)]
	for order in sorted({row.against_sales_order for row in rows}):
		refuse(_violations(order, rows, doc.get("packed_items") or ()))


def _is_of_list(doc, row) -> bool:
	return bool(row.get("against_pick_list") or row.get("pick_list_item") or doc.get("pick_list"))


def _violations(name: str, rows: Sequence, packed: Sequence) -> list[RuleViolation]:
	listed: dict[str, float] = defaultdict(float)
	for pick in picks.on_pick_lists(name):
		listed[pick.sales_order_item] += pick.qty_stock
	if not listed:
		return []
	order = hold.hold_order(name, for_update=True)
	left = to_come(order)
	found = []
	for what, taken in _leaving(order, rows, packed).items():
		asked, picked = sum(qty for _row, _item, qty in taken), listed.get(what, 0.0)
		free = left.get(what, 0.0) - picked
		if is_positive(picked) and is_positive(asked - free):
			figures = {"asked": rounded(asked), "picked": rounded(picked), "free": max(rounded(free), 0.0)}
			lists = picks.lists_of_row(name, what)
			where = {"idx": taken[0][0].idx, "item": taken[0][1], "lists": lists}
			found.append(RuleViolation("sent_beside_picked", **where, **figures))
	return found


def _leaving(order, rows: Sequence, packed: Sequence) -> dict[str, list[tuple]]:
	"""{order row or packed item: (row of the note, item, quantity in stock UOM) of all that takes of it}."""
	parts = {(it.parent_detail_docname, it.item_code): it.name for it in order.get("packed_items") or ()}
	of_note = {row.name: row for row in rows}
	found: dict[str, list[tuple]] = defaultdict(list)
	for row in rows:
		found[row.so_detail].append((row, row.item_code, flt(row.stock_qty)))
	for part in packed:
		row = of_note.get(part.parent_detail_docname)
		what = parts.get((row.so_detail, part.item_code)) if row else None
		if what:
			found[what].append((row, part.item_code, flt(part.qty)))
	return dict(found)
