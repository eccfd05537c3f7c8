"""What approving an order would do: its own locks, and which other orders would get less or get it later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules import allocation, expectation, serving
from sales_wh_flow.stock_lock.rules.allocation import WHAT_IS_THERE
from sales_wh_flow.stock_lock.rules.expectation import Incoming
from sales_wh_flow.stock_lock.rules.facts import WaitingLine


@dataclass(frozen=True, slots=True)
class LineOutcome:
	"""What one line of the order would hold, in stock UOM.

	``expected``: the day by which what it misses should be there, None when nothing on its way suffices.
	"""

	idx: int
	item_code: str
	warehouse: str
	needed_stock: float
	locked_stock: float
	free_stock: float
	expected: date | None = None

	@property
	def missing_stock(self) -> float:
		return rounded(self.needed_stock - self.locked_stock)


@dataclass(frozen=True, slots=True)
class Loss:
	"""A line of another order that comes off worse: less stock now, or the same stock on a later day.

	Unit: stock UOM. ``day_before`` and ``day_after`` are None where what is on its way does not suffice.
	"""

	order: str
	row: str
	item_code: str
	warehouse: str
	wanted_stock: float
	before_stock: float
	after_stock: float
	day_before: date | None = None
	day_after: date | None = None

	@property
	def lost_stock(self) -> float:
		return rounded(self.before_stock - self.after_stock)


@dataclass(frozen=True, slots=True)
class WhatIfOutcome:
	lines: tuple[LineOutcome, ...] = ()
	losses: tuple[Loss, ...] = ()


def if_submitted_now(
	lines: Sequence[LineFacts],
	free: Mapping[BinKey, float],
	place: WaitingLine,
	rivals: Iterable[WaitingLine] = (),
	incoming: Iterable[Incoming] = (),
	policy: str = WHAT_IS_THERE,
) -> WhatIfOutcome:
	"""What the order would lock if it were submitted this moment, and what that takes from its rivals.

	``rivals``: what other orders still ask of the same Bins, classified; they are served in turn, once
	after this order and once as if it did not exist. ``place``: a line of the order, classified: where
	the order queues for what it misses. ``policy``: how the order takes its own stock.
	"""
	others = [line for line in rivals if line.order != place.order]
	deliveries = tuple(incoming)
	plan = allocation.plan(lines, free, policy)
	granted = {grant.row: grant.qty_stock for grant in plan.grants}
	left = dict(free)
	for grant in plan.grants:
		key = (grant.item_code, grant.warehouse)
		left[key] = rounded(left[key] - grant.qty_stock)

	before, after = _served(others, free), _served(others, left)
	own = [_queued(place, line, granted.get(line.row, 0.0)) for line in lines if _counts(line)]
	days_before = expectation.expected(_rest(others, before), deliveries)
	days_after = expectation.expected([*_rest(others, after), *_rest(own, {})], deliveries)
	return WhatIfOutcome(
		tuple(
			_line(line, granted.get(line.row, 0.0), free, days_after.get(line.row))
			for line in sorted(lines, key=lambda line: (line.idx, line.row))
			if _counts(line)
		),
		tuple(
			loss
			for line in sorted(others, key=allocation.turn)
			if (loss := _loss(line, before, after, days_before, days_after))
		),
	)


def _counts(line: LineFacts) -> bool:
	return bool(line.is_lockable and line.is_stock_item and line.warehouse and is_positive(_open(line)))


def _open(line: LineFacts) -> float:
	return rounded(line.qty_stock - line.delivered_stock - line.locked_stock)


def _queued(place: WaitingLine, line: LineFacts, granted: float) -> WaitingLine:
	"""The order's own line as it would wait for the rest."""
	return replace(
		place,
		row=line.row,
		item_code=line.item_code,
		warehouse=line.warehouse or "",
		qty_stock=rounded(_open(line) - granted),
	)


def _served(rivals: Iterable[WaitingLine], free: Mapping[BinKey, float]) -> dict[str, float]:
	"""Row -> what it gets when all of them are served in their turns."""
	return {grant.row: grant.qty_stock for grant in serving.share_free(rivals, free).grants}


def _rest(lines: Iterable[WaitingLine], gets: Mapping[str, float]) -> list[WaitingLine]:
	"""What is still missing once each row has what it gets."""
	return [
		replace(line, qty_stock=rest)
		for line in lines
		if is_positive(rest := rounded(line.qty_stock - gets.get(line.row, 0.0)))
	]


def _line(line: LineFacts, granted: float, free: Mapping[BinKey, float], day: date | None) -> LineOutcome:
	return LineOutcome(
		idx=line.idx,
		item_code=line.item_code,
		warehouse=line.warehouse or "",
		needed_stock=_open(line),
		locked_stock=granted,
		free_stock=max(free.get(line.bin_key, 0.0), 0.0),
		expected=day,
	)


def _loss(
	line: WaitingLine,
	before: Mapping[str, float],
	after: Mapping[str, float],
	days_before: Mapping[str, date | None],
	days_after: Mapping[str, date | None],
) -> Loss | None:
	had, has = before.get(line.row, 0.0), after.get(line.row, 0.0)
	is_later = line.row in days_before and days_before[line.row] != days_after.get(line.row)
	if not (is_positive(had - has) or (is_later and days_before[line.row])):
		return None
	return Loss(
		order=line.order,
		row=line.row,
		item_code=line.item_code,
		warehouse=line.warehouse,
		wanted_stock=line.qty_stock,
		before_stock=had,
		after_stock=has,
		day_before=days_before.get(line.row),
		day_after=days_after.get(line.row),
	)
