"""Who gets which stock: plan the locks of an order, and whose turn it is when stock comes in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, is_positive, open_qty, rounded, whole_part, whole_steps
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.rules.facts import BatchFacts, WaitingLine

WHAT_IS_THERE, FULL_LINES, FULL_ORDER = "What is there", "Full lines only", "Full order only"
PARTIAL_POLICIES = (WHAT_IS_THERE, FULL_LINES, FULL_ORDER)


@dataclass(frozen=True, slots=True)
class Grant:
	"""Stock to be locked for one line in its warehouse; ``free_stock`` is what was free before this grant."""

	row: str
	item_code: str
	warehouse: str
	qty_stock: float
	free_stock: float


@dataclass(frozen=True, slots=True)
class Shortage:
	"""What a line still waits for: waiting demand, in stock UOM."""

	row: str
	idx: int
	item_code: str
	warehouse: str
	qty_stock: float


@dataclass(frozen=True, slots=True)
class AllocationPlan:
	grants: tuple[Grant, ...] = ()
	shortages: tuple[Shortage, ...] = ()


def plan(
	lines: Iterable[LineFacts], free: Mapping[BinKey, float], policy: str = WHAT_IS_THERE
) -> AllocationPlan:
	"""Lock what each open line needs from its own warehouse, in line order.

	Invariant: per Bin, the sum of grants never exceeds what is free. A whole-number UOM is granted in whole
	units, a line sold in boxes in whole boxes, the components of a product bundle for whole bundles.
	``policy``: 'What is there', 'Full lines only' (a line or bundle is locked whole or not at all), 'Full
	order only' (all lines are locked whole or none is).
	"""
	ordered = sorted(lines, key=lambda line: (line.idx, line.row))
	left = dict(free)
	grants, shortages = [], []
	for together in _together(line for line in ordered if _is_open(line)):
		granted = bundles.share(together, left) if together[0].bundle else [_of_line(together[0], left)]
		if policy != WHAT_IS_THERE and any(map(is_less, granted, map(_needed, together))):
			granted = [0.0] * len(together)
		for line, qty in zip(together, granted, strict=True):
			warehouse = line.warehouse or ""  # open lines have one
			available = max(left.get(line.bin_key, 0.0), 0.0)
			if is_positive(qty):
				grants.append(Grant(line.row, line.item_code, warehouse, rounded(qty), rounded(available)))
				left[line.bin_key] = rounded(available - qty)
			if is_less(qty, _needed(line)):
				missing = rounded(_needed(line) - qty)
				shortages.append(Shortage(line.row, line.idx, line.item_code, warehouse, missing))
	if policy == FULL_ORDER and shortages and grants:
		return plan(ordered, {}, policy)
	return AllocationPlan(tuple(grants), tuple(shortages))


def needed_by_bin(lines: Iterable[LineFacts]) -> dict[BinKey, float]:
	"""{Bin: what the lines still need of it}, in stock UOM."""
	needed: dict[BinKey, float] = {}
	for line in lines:
		if _is_open(line):
			needed[line.bin_key] = rounded(needed.get(line.bin_key, 0.0) + _needed(line))
	return needed


def _needed(line: LineFacts) -> float:
	return open_qty(line.qty_stock, line.delivered_stock, line.locked_stock)


def _is_open(line: LineFacts) -> bool:
	is_ours = line.is_lockable and line.is_stock_item and bool(line.warehouse)
	return is_ours and (bool(line.bundle) or is_positive(_needed(line)))


def _together(lines: Iterable[LineFacts]) -> Iterable[tuple[LineFacts, ...]]:
	"""Each line by itself, the components of a bundle at the place of the first."""
	found: dict[str, list[LineFacts]] = {}
	for line in lines:
		found.setdefault(line.bundle or line.row, []).append(line)
	return [tuple(together) for together in found.values()]


def _of_line(line: LineFacts, left: Mapping[BinKey, float]) -> float:
	needed = _needed(line)
	return in_units(line, needed, min(needed, max(left.get(line.bin_key, 0.0), 0.0)))


def in_units(line: LineFacts | WaitingLine, needed: float, granted: float) -> float:
	"""What of a grant can be delivered: whole stock units, and whole units of the line's own UOM."""
	if line.step_stock and is_less(granted, needed):
		together = whole_steps(line.locked_stock + granted, line.step_stock)
		return max(rounded(together - line.locked_stock), 0.0)
	return whole_part(granted) if line.is_whole_number else granted


def pick_entries(qty_stock: float, entries: Sequence[BatchFacts]) -> tuple[BatchFacts, ...]:
	"""Batches or serial numbers for a quantity, taken in the given order; less when they run out."""
	picked, left = [], qty_stock
	for entry in entries:
		if not is_positive(left):
			break
		take = rounded(min(entry.qty_stock, left))
		if is_positive(take):
			picked.append(BatchFacts(entry.batch_no, entry.serial_no, take))
			left = rounded(left - take)
	return tuple(picked)


def lasting_first(entries: Iterable[BatchFacts], needed_on: date | None) -> tuple[BatchFacts, ...]:
	"""The entries in their order, those that are bad before the goods are needed after all others."""
	if needed_on is None:
		return tuple(entries)
	return tuple(sorted(entries, key=lambda it: it.good_until is not None and it.good_until < needed_on))


def turn(line: WaitingLine) -> tuple[Any, ...]:
	"""Sort key of waiting demand: higher level, those whose locks expired last, higher priority, earlier
	date, who waits longer, then name and row. The date is the promised one unless the policy named another.
	"""
	date = line.turn_on or line.due or datetime.max
	return (-line.level, line.is_last, -line.priority, date, line.since or datetime.max, line.order, line.row)


def serving_order(lines: Iterable[WaitingLine]) -> tuple[str, ...]:
	"""Orders in the order in which they are served; an order's turn is that of its first line."""
	first: dict[str, tuple[Any, ...]] = {}
	for line in lines:
		key = turn(line)
		if line.order not in first or key < first[line.order]:
			first[line.order] = key
	return tuple(sorted(first, key=lambda order: first[order]))
