"""Product bundles: their components are locked together, and delivered together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive, open_qty, rounded, whole_part, whole_steps
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules.facts import WaitingLine


def share(parts: Sequence[LineFacts], free: Mapping[BinKey, float]) -> list[float]:
	"""What each component of one bundle gets, in stock UOM: enough for as many whole bundles as can be made.

	Stock that completes no bundle stays free for others. What is locked already counts; components that
	share a Bin share what is free in it.
	"""
	bundles = _complete(parts, free, counts_locked=True)
	given = _given(parts, bundles)
	if not _fits(parts, given, free):
		given = _given(parts, _complete(parts, free, counts_locked=False))
	return given


def deliverable_bundles(parts: Iterable[LineFacts], there: Mapping[str, float]) -> dict[str, float]:
	"""{order line: how many of its bundles can be delivered}, from what is ``there`` of each component (by
	row), in the line's stock UOM; whole bundles, or whatever the line is delivered in.
	"""
	most: dict[str, float] = {}
	for part in parts:
		possible = whole_steps(max(there.get(part.row, 0.0), 0.0) / part.per_bundle, part.step_stock)
		most[part.bundle] = min(most.get(part.bundle, possible), possible)
	return most


@dataclass(frozen=True, slots=True)
class HeldPart:
	"""What is locked of one component: ``locks`` are its entries, newest first: (entry, what others may get
	of it, whether that goes whole or not at all); ``held_stock`` is all it holds. ``step``: in what number of
	bundles the line can be delivered.
	"""

	bundle: str
	held_stock: float
	per_bundle: float
	step: float = 0.0
	locks: tuple[tuple[str, float, bool], ...] = ()


def completes_nothing(parts: Iterable[HeldPart]) -> dict[str, float]:
	"""{lock: quantity} that is locked of components beyond the bundles that the scarcest of them makes.

	``parts``: every component that is to be locked, those without any lock too.
	"""
	together: dict[str, list[HeldPart]] = defaultdict(list)
	for part in parts:
		together[part.bundle].append(part)
	spare: dict[str, float] = {}
	for found in together.values():
		made = min(part.held_stock / part.per_bundle for part in found)
		made = whole_steps(made, max(part.step for part in found))
		for part in found:
			left = rounded(part.held_stock - made * part.per_bundle)
			for lock, qty, is_one_piece in part.locks:
				cut = rounded(min(qty, left))
				if is_positive(cut) and not (is_one_piece and is_less(cut, qty)):
					spare[lock] = cut
					left = rounded(left - cut)
	return spare


def waiting_part(line: WaitingLine) -> LineFacts:
	"""A waiting component as the rules of bundles see it."""
	return LineFacts(
		row=line.row,
		idx=0,
		item_code=line.item_code,
		qty_stock=rounded(line.qty_stock + line.locked_stock),
		warehouse=line.warehouse,
		locked_stock=line.locked_stock,
		is_whole_number=line.is_whole_number,
		step_stock=line.step_stock,
		bundle=line.bundle,
		per_bundle=line.per_bundle,
	)


def missing_bundles(parts: Sequence[LineFacts], missing: Mapping[str, float]) -> float:
	"""How many bundles of one order line can't be made without what is ``missing`` of its components (by
	row): whole ones, or whatever the line is delivered in.
	"""
	still_open = max(_open_bundles(part) for part in parts)
	lacking = max(missing.get(part.row, 0.0) / part.per_bundle for part in parts)
	step = max(part.step_stock for part in parts)
	return rounded(still_open - whole_steps(max(still_open - lacking, 0.0), step))


def lacks_some(waiting: Iterable[WaitingLine], given: Iterable[float]) -> bool:
	"""Whether any of the lines would still miss something."""
	return any(is_less(qty, line.qty_stock) for line, qty in zip(waiting, given, strict=True))


def _complete(parts: Sequence[LineFacts], free: Mapping[BinKey, float], *, counts_locked: bool) -> float:
	"""How many bundles can be made in all, those whose components are locked already among them."""
	still_open = max(_open_bundles(part) for part in parts)
	there: dict[BinKey, float] = {part.bin_key: max(free.get(part.bin_key, 0.0), 0.0) for part in parts}
	per_bundle: dict[BinKey, float] = defaultdict(float)
	for part in parts:
		per_bundle[part.bin_key] += part.per_bundle
		there[part.bin_key] += part.locked_stock if counts_locked else 0.0
	possible = min(there[key] / per_bundle[key] for key in there)
	if not is_less(possible, still_open):
		return still_open
	step = max(part.step_stock for part in parts)
	return whole_steps(possible, step) if step else possible


def _open_bundles(part: LineFacts) -> float:
	return max(rounded((part.qty_stock - part.delivered_stock) / part.per_bundle), 0.0)


def _given(parts: Sequence[LineFacts], bundles: float) -> list[float]:
	"""What completes so many bundles; fewer where components that are counted in whole units make fewer."""
	given = [_for_bundles(part, bundles) for part in parts]
	made = min((part.locked_stock + qty) / part.per_bundle for part, qty in zip(parts, given, strict=True))
	made = whole_steps(made, max(part.step_stock for part in parts))
	return _given(parts, made) if is_less(made, bundles) else given


def _for_bundles(part: LineFacts, bundles: float) -> float:
	needed = open_qty(part.qty_stock, part.delivered_stock, part.locked_stock)
	qty = min(max(rounded(bundles * part.per_bundle - part.locked_stock), 0.0), needed)
	return whole_part(qty) if part.is_whole_number and is_less(qty, needed) else qty


def _fits(parts: Sequence[LineFacts], given: Iterable[float], free: Mapping[BinKey, float]) -> bool:
	asked: dict[BinKey, float] = defaultdict(float)
	for part, qty in zip(parts, given, strict=True):
		asked[part.bin_key] += qty
	return not any(is_less(max(free.get(key, 0.0), 0.0), qty) for key, qty in asked.items())
