"""What of a submitted order may go to another warehouse: rows, and bundles with their components."""

from collections.abc import Sequence

from sales_wh_flow.rules import bundles
from sales_wh_flow.rules.facts import LineFacts
from sales_wh_flow.rules.quantities import is_positive, rounded
from sales_wh_flow.rules.reroute import Movable
from sales_wh_flow.store import orders, reservations, supply, under_way


def rows(doc) -> tuple[Movable, ...]:
	"""The rows of a submitted order of which something may move, in line order."""
	held = held_by_row(doc.name)
	listed: dict[str, float] = {}
	for (row, _warehouse), qty in under_way.of_orders([doc.name]).items():
		listed[row] = listed.get(row, 0.0) + qty
	known = {row.name for row in doc.items}
	parts = parts_by_line(doc, held)
	found = []
	for line in orders.lockable(doc, held):
		own = parts.get(line.row, ())
		if line.row not in known or not line.warehouse or not (own or line.is_stock_item):
			continue
		on_list = max(
			(listed.get(it.row, 0.0) / it.per_bundle for it in own), default=listed.get(line.row, 0.0)
		)
		locked = bundles.made(own, held)[line.row] if own else line.locked_stock
		left = rounded(line.qty_stock - line.delivered_stock - on_list)
		if is_positive(left):
			found.append(
				Movable(
					row=line.row,
					idx=line.idx,
					item_code=line.item_code,
					warehouse=line.warehouse,
					open_stock=left,
					locked_stock=max(rounded(min(locked - on_list, left)), 0.0),
					listed_stock=rounded(on_list),
					is_untouched=not (is_positive(on_list) or is_positive(line.delivered_stock)),
					step_stock=line.step_stock or float(line.is_whole_number),
					is_bundle=bool(own),
				)
			)
	return tuple(found)


def free(doc, lines: Sequence[Movable]) -> dict[str, dict[str, float]]:
	"""{item: {warehouse: free}}; of a bundle, how many the free components of a warehouse make."""
	parts = [part for part in orders.lockable(doc) if part.bundle and part.is_stock_item]
	items = {line.item_code for line in lines} | {part.item_code for part in parts}
	found = supply.free_by_warehouse(items, doc.company)
	for line in (line for line in lines if line.is_bundle):
		own = [part for part in parts if part.bundle == line.row]
		places = {name for part in own for name in found.get(part.item_code, {})}
		for name in places:
			there = {part.row: found.get(part.item_code, {}).get(name, 0.0) for part in own}
			qty = bundles.made(own, there)[line.row]
			if is_positive(qty):
				found.setdefault(line.item_code, {})[name] = qty
	return found


def parts_by_line(doc, held: dict[str, float]) -> dict[str, list[LineFacts]]:
	"""{order line: the components of its bundle that lie in stock}."""
	found: dict[str, list[LineFacts]] = {}
	for part in orders.lockable(doc, held):
		if part.bundle and part.is_stock_item:
			found.setdefault(part.bundle, []).append(part)
	return found


def held_by_row(order: str) -> dict[str, float]:
	"""{order row or packed item: what is locked for it}, in stock UOM."""
	held: dict[str, float] = {}
	for lock in reservations.open_of_order(order):
		held[lock.sales_order_item] = held.get(lock.sales_order_item, 0.0) + lock.qty_stock
	return held
