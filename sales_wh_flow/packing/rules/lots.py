"""Whether a document names the batches and serial numbers that lie in its boxes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, rounded


@dataclass(frozen=True, slots=True)
class BoxedLot:
	"""So much of a batch, or a serial number, in a box. ``line``: of the order; ``idx``: of the document."""

	box: str
	line: str
	item_code: str
	lot: str
	qty_stock: float
	idx: int = 0


@dataclass(frozen=True, slots=True)
class NotedLots:
	"""What a document says of an order's line: its first row, and {batch or serial number: quantity}."""

	idx: int
	qty_of: Mapping[str, float]


def lots_apart(boxed: Iterable[BoxedLot], noted: Mapping[tuple[str, str], NotedLots]) -> Iterator[BoxedLot]:
	"""What lies in boxes beyond what the document says of the lot; lines it has not are told elsewhere."""
	left: dict[tuple[str, str, str], float] = defaultdict(float)
	for (line, item_code), lots in noted.items():
		for lot, qty in lots.qty_of.items():
			left[line, item_code, lot] += qty
	for it in boxed:
		said = noted.get((it.line, it.item_code))
		if said is None:
			continue
		key = (it.line, it.item_code, it.lot)
		if is_less(left[key], it.qty_stock):
			yield BoxedLot(it.box, it.line, it.item_code, it.lot, it.qty_stock, said.idx)
		left[key] = rounded(left[key] - it.qty_stock)
