"""What an invoice takes of picked goods is taken off their Pick Lists: it leaves once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.packing.rules.leaving import LeavingGoods
from sales_wh_flow.packing.store import invoiced
from sales_wh_flow.packing.store.contents import Content


def take_invoiced(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> None:
	"""An invoice was submitted. ``boxed``: what lies in the boxes that leave with it, and is counted as
	packed no more; the rest of its goods comes from what was picked and is in no box.
	"""
	more, rest = _boxed(boxed), _rest(goods, boxed)
	for name, line, free_stock, _left in invoiced.rows_of_lines(rest):
		part = min(rest[line], rounded(free_stock - more.get(name, 0.0)))
		if is_positive(part):
			more[name] = rounded(more.get(name, 0.0) + part)
			rest[line] = rounded(rest[line] - part)
	invoiced.count_invoiced(more)


def untake_invoiced(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> None:
	"""An invoice was cancelled: the same is on the Pick Lists again, the last row first."""
	less, rest = _boxed(boxed), _rest(goods, boxed)
	for name, line, _free, left_stock in reversed(invoiced.rows_of_lines(rest)):
		part = min(rest[line], rounded(left_stock - less.get(name, 0.0)))
		if is_positive(part):
			less[name] = rounded(less.get(name, 0.0) + part)
			rest[line] = rounded(rest[line] - part)
	invoiced.count_invoiced({name: -qty for name, qty in less.items()})


def _boxed(boxed: Iterable[Content]) -> dict[str, float]:
	found: dict[str, float] = defaultdict(float)
	for it in boxed:
		found[it.pick_list_item] += it.qty_stock
	return dict(found)


def _rest(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> dict[str, float]:
	"""{order line: what of the goods is in none of the boxes}."""
	found: dict[str, float] = defaultdict(float)
	for it in goods:
		found[it.sales_order_item] += it.qty_stock
	for row in boxed:
		found[row.sales_order_item] -= row.qty_stock
	return {line: rounded(qty) for line, qty in found.items() if is_positive(qty)}
