"""Which boxes leave with a document, and what of its goods is in none of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, is_positive, rounded

ByRow = dict[str, list[int]]
ByLine = dict[tuple[str, str], list[int]]


@dataclass(frozen=True, slots=True)
class LeavingGoods:
	"""So much of an order's line, or of a component of its bundle, leaves. ``pick_list_item``: the picked row
	that it is from, where the document says so. ``slip_stock``: what a Packing Slip has packed of it.
	"""

	idx: int
	sales_order: str
	sales_order_item: str
	item_code: str
	qty_stock: float
	pick_list_item: str | None = None
	slip_stock: float = 0.0


@dataclass(frozen=True, slots=True)
class PackedGoods:
	"""So much of an order's line in a box."""

	sales_order_item: str
	item_code: str
	pick_list_item: str
	qty_stock: float
	sales_order: str = ""


@dataclass(frozen=True, slots=True)
class PackedBox:
	"""``is_named``: it was given to this document before. ``is_closed``: it may leave."""

	name: str
	goods: tuple[PackedGoods, ...]
	is_named: bool = False
	is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Lacking:
	"""A box that was given to a document holds more of something than the document says. ``idx``: its row
	there, 0 where it has none any more; ``noted_stock``: what the row leaves for the box.
	"""

	box: str
	idx: int
	goods: PackedGoods
	noted_stock: float


@dataclass(frozen=True, slots=True)
class Leaves:
	"""``boxes``: what leaves, by name. ``unpacked``: goods that are in none of them, with how much.
	``lacking``: what boxes that were given to the document hold beyond it.
	"""

	boxes: tuple[str, ...]
	unpacked: tuple[tuple[LeavingGoods, float], ...]
	lacking: tuple[Lacking, ...] = ()


def leave(goods: Sequence[LeavingGoods], boxes: Sequence[PackedBox]) -> Leaves:
	"""A box leaves as a whole or not at all: those that were named first, then those that the rest of the
	goods holds in full, in the order given. One that was named stays where nothing of it is left among them.
	"""
	bucket, by_row, by_line = _buckets(goods)
	leaving: list[str] = []
	lacking: list[Lacking] = []
	for box in sorted(boxes, key=lambda it: not it.is_named):
		missing = _missing(bucket, goods, by_row, by_line, box) if box.is_closed else ()
		if box.is_named:
			lacking += missing
		is_on_it = not box.goods or any(it.noted_stock for it in missing) or len(missing) < len(box.goods)
		if box.is_closed and (is_on_it if box.is_named else bool(box.goods) and not missing):
			_take(bucket, by_row, by_line, box)
			leaving.append(box.name)
	return Leaves(
		tuple(leaving),
		tuple(
			(it, rounded(bucket[at] - it.slip_stock))
			for at, it in enumerate(goods)
			if is_positive(bucket[at] - it.slip_stock)
		),
		tuple(lacking),
	)


def _buckets(goods: Sequence[LeavingGoods]) -> tuple[list[float], ByRow, ByLine]:
	"""What of each of the goods is in no box yet, and where a box's goods find theirs."""
	by_row: dict[str, list[int]] = defaultdict(list)
	by_line: dict[tuple[str, str], list[int]] = defaultdict(list)
	for at, it in enumerate(goods):
		if it.pick_list_item:
			by_row[it.pick_list_item].append(at)
		else:
			by_line[it.sales_order_item, it.item_code].append(at)
	return [it.qty_stock for it in goods], by_row, by_line


def _places(by_row: ByRow, by_line: ByLine, it: PackedGoods) -> list[int]:
	return [*by_row.get(it.pick_list_item, ()), *by_line.get((it.sales_order_item, it.item_code), ())]


def _missing(
	bucket: list[float], goods: Sequence[LeavingGoods], by_row: ByRow, by_line: ByLine, box: PackedBox
) -> tuple[Lacking, ...]:
	"""What of the box the goods that are left do not hold."""
	trial, found = list(bucket), []
	for it in box.goods:
		places = _places(by_row, by_line, it)
		missing = _draw(trial, places, it.qty_stock)
		if is_positive(missing):
			idx = goods[places[0]].idx if places else 0
			found.append(Lacking(box.name, idx, it, rounded(it.qty_stock - missing)))
	return tuple(found)


def _take(bucket: list[float], by_row: ByRow, by_line: ByLine, box: PackedBox) -> None:
	for it in box.goods:
		_draw(bucket, _places(by_row, by_line, it), it.qty_stock)


def _draw(bucket: list[float], places: Sequence[int], qty: float) -> float:
	"""Take so much out of these places. Returns what was not there."""
	for at in places:
		part = qty if is_less(qty, bucket[at]) else bucket[at]
		bucket[at], qty = rounded(bucket[at] - part), rounded(qty - part)
	return qty
