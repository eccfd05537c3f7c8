"""What an invoice takes of picked goods is taken off their Pick Lists: it leaves once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.packing.rules.leaving import LeavingGoods
from sales_wh_flow.packing.store import invoiced
from sales_wh_flow.packing.store.contents import Content


def take_invoiced(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> None:
	"""An invoice was submitted. ``boxed``: what lies in the boxes that leave with it, and is counted as
	packed no more; the rest of its goods comes from what was picked and is in no box.
	"""
	rest = _rest(goods, boxed)
	rows = [(name, line, free) for name, line, free, _left in invoiced.rows_of_lines(rest)]
	invoiced.count_invoiced(_shared(boxed, rest, rows))


def untake_invoiced(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> None:
	"""An invoice was cancelled: the same is on the Pick Lists again, the last row first."""
	rest = _rest(goods, boxed)
	rows = [(name, line, left) for name, line, _free, left in reversed(invoiced.rows_of_lines(rest))]
	less = _shared(boxed, rest, rows)
	invoiced.count_invoiced({name: -qty for name, qty in less.items()})


def _shared(
	boxed: Iterable[Content], rest: Mapping[str, float], rows: Iterable[tuple[str, str, float]]
) -> dict[str, float]:
	"""{row of a Pick List: what of an invoice is of it}: what lies in boxes, then ``rest`` of each order
	line. ``rows``: (row, order line, room), the first row first.
	"""
	found: dict[str, float] = defaultdict(float)
	for it in boxed:
		found[it.pick_list_item] += it.qty_stock
	left = dict(rest)
	for name, line, room in rows:
		part = min(left[line], rounded(room - found.get(name, 0.0)))
		if is_positive(part):
			found[name] = rounded(found[name] + part)
			left[line] = rounded(left[line] - part)
	return dict(found)


def _rest(goods: Sequence[LeavingGoods], boxed: Iterable[Content]) -> dict[str, float]:
	"""{order line: what of the goods is in none of the boxes}."""
	found: dict[str, float] = defaultdict(float)
	for it in goods:
		found[it.sales_order_item] += it.qty_stock
	for row in boxed:
		found[row.sales_order_item] -= row.qty_stock
	return {line: rounded(qty) for line, qty in found.items() if is_positive(qty)}
