"""What of a submitted order may go to another warehouse: rows, and bundles with their components."""

from collections.abc import Iterable, Sequence

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.reroute.rules.moves import Movable
from sales_wh_flow.shortage.store import supply
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.store import picked_or_leaving, reservations


def movable_rows(doc) -> tuple[Movable, ...]:
	"""The rows of a submitted order of which something may move, in line order."""
	held = reservations.by_row(reservations.open_of_order(doc.name))
	listed: dict[str, float] = {}
	for (row, _warehouse), qty in picked_or_leaving.picked_of_orders([doc.name]).items():
		listed[row] = listed.get(row, 0.0) + qty
	known = {row.name for row in doc.items}
	lines = orders.lockable(doc, held)
	parts = parts_by_line(lines)
	found = []
	for line in lines:
		own = parts.get(line.row, ())
		if line.row not in known or not line.warehouse or not (own or line.is_stock_item):
			continue
		on_list = max(
			(listed.get(it.row, 0.0) / it.per_bundle for it in own), default=listed.get(line.row, 0.0)
		)
		locked = bundles.deliverable_bundles(own, held)[line.row] if own else line.locked_stock
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
	parts = parts_by_line(orders.lockable(doc))
	items = {line.item_code for line in lines} | {part.item_code for own in parts.values() for part in own}
	found = supply.free_by_warehouse(items, doc.company)
	for line in (line for line in lines if line.is_bundle):
		own = parts[line.row]
		places = {name for part in own for name in found.get(part.item_code, {})}
		for name in places:
			there = {part.row: found.get(part.item_code, {}).get(name, 0.0) for part in own}
			qty = bundles.deliverable_bundles(own, there)[line.row]
			if is_positive(qty):
				found.setdefault(line.item_code, {})[name] = qty
	return found


def parts_by_line(lines: Iterable[LineFacts]) -> dict[str, list[LineFacts]]:
	"""{order line: the components of its bundle that lie in stock}, of `order.store.lines.lockable`."""
	found: dict[str, list[LineFacts]] = {}
	for part in lines:
		if part.bundle and part.is_stock_item:
			found.setdefault(part.bundle, []).append(part)
	return found
