"""Other warehouses for what a submitted order has not picked: what may move, and what comes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded, whole_steps


@dataclass(frozen=True, slots=True)
class Movable:
	"""What of an order's row may go elsewhere. ``open_stock``: neither delivered nor on a Pick List;
	``locked_stock``: what of that is locked. ``is_untouched``: nothing of the row is delivered or on a list.

	``step_stock``: it moves in multiples of it (boxes of 12: 12); 0 = any quantity. ``is_bundle``: the row is
	a product bundle; its quantities are bundles, and its components move with it.
	"""

	row: str
	idx: int
	item_code: str
	warehouse: str
	open_stock: float
	locked_stock: float = 0.0
	listed_stock: float = 0.0
	is_untouched: bool = True
	step_stock: float = 0.0
	is_bundle: bool = False


@dataclass(frozen=True, slots=True)
class Move:
	"""So much of an order's row goes to this warehouse, in stock UOM."""

	row: str
	warehouse: str
	qty_stock: float


@dataclass(frozen=True, slots=True)
class MoveOutcome:
	"""What a row would have in one warehouse after the moves, and what of that would be locked at once."""

	row: str
	warehouse: str
	qty_stock: float
	locked_stock: float


@dataclass(frozen=True, slots=True)
class Step:
	"""How one row moves: ``whole_to``: the row itself goes there; ``parts`` become rows of their own."""

	row: str
	whole_to: str
	parts: tuple[Move, ...]
	stays_stock: float


def check_moves(order: str, lines: Iterable[Movable], moves: Iterable[Move]) -> tuple[RuleViolation, ...]:
	"""Why these moves can't be made, each row by itself; empty when they can."""
	known = {line.row: line for line in lines}
	asked: dict[str, float] = defaultdict(float)
	problems = []
	for move in moves:
		line = known.get(move.row)
		if line is None:
			problems.append(RuleViolation("row_not_movable", row=move.row, order=order))
			continue
		data = {"idx": line.idx, "item": line.item_code, "qty": move.qty_stock, "order": order}
		asked[move.row] = rounded(asked[move.row] + move.qty_stock)
		if not is_positive(move.qty_stock):
			problems.append(RuleViolation("move_not_positive", **data))
		elif move.warehouse == line.warehouse:
			problems.append(RuleViolation("already_there", **data, warehouse=move.warehouse))
		elif is_positive(move.qty_stock - whole_steps(move.qty_stock, line.step_stock)):
			problems.append(RuleViolation("move_not_whole", **data, step=line.step_stock))
	for row, qty in asked.items():
		line = known[row]
		if is_positive(qty - line.open_stock):
			problems.append(
				RuleViolation(
					"more_than_movable",
					idx=line.idx,
					item=line.item_code,
					qty=qty,
					order=order,
					open=line.open_stock,
					listed=line.listed_stock,
				)
			)
	return tuple(problems)


def steps(lines: Iterable[Movable], moves: Iterable[Move]) -> tuple[Step, ...]:
	"""How each row moves. A row that leaves altogether goes itself, to where most of it goes, and so keeps
	its name; whatever else leaves becomes a row of its own. Moves of a row to one warehouse count together.
	"""
	wanted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for move in moves:
		wanted[move.row][move.warehouse] += move.qty_stock
	found = []
	for line in sorted(lines, key=lambda line: (line.idx, line.row)):
		if line.row not in wanted:
			continue
		there = sorted(wanted[line.row].items(), key=lambda it: (-it[1], it[0]))
		stays = rounded(line.open_stock - sum(qty for _place, qty in there))
		whole_to = there[0][0] if line.is_untouched and not is_positive(stays) else ""
		parts = there[1:] if whole_to else there
		found.append(
			Step(
				line.row, whole_to, tuple(Move(line.row, place, rounded(qty)) for place, qty in parts), stays
			)
		)
	return tuple(found)


def free_for(lines: Iterable[Movable], free: Mapping[BinKey, float]) -> dict[BinKey, float]:
	"""What may be promised when the lines no longer ask for what they have not picked; ``free`` is what is
	left after all that orders ask for.
	"""
	given = dict(free)
	for line in lines:
		key = (line.item_code, line.warehouse)
		given[key] = rounded(given.get(key, 0.0) + line.open_stock)
	return given


def outcome(
	lines: Iterable[Movable], moves: Iterable[Move], free: Mapping[BinKey, float]
) -> tuple[MoveOutcome, ...]:
	"""What every row would have where, and what of it would be locked at once, in line order.

	``free``: on hand and not locked. What stays keeps its locks; what moves takes what is free there and
	what other moves of the order leave behind.
	"""
	ordered = sorted(lines, key=lambda line: (line.idx, line.row))
	left = dict(free)
	found: list[MoveOutcome] = []
	moving = list(moves)
	for line in ordered:
		gone = rounded(sum(move.qty_stock for move in moving if move.row == line.row))
		stays = rounded(line.open_stock - gone)
		held = min(line.locked_stock, max(stays, 0.0))
		key = (line.item_code, line.warehouse)
		left[key] = rounded(left.get(key, 0.0) + line.locked_stock - held)
		if is_positive(stays):
			found.append(MoveOutcome(line.row, line.warehouse, stays, held))
	of_row = {line.row: line for line in ordered}
	for move in sorted(moving, key=lambda move: (of_row[move.row].idx, move.row, move.warehouse)):
		key = (of_row[move.row].item_code, move.warehouse)
		taken = rounded(min(max(left.get(key, 0.0), 0.0), move.qty_stock))
		left[key] = rounded(left.get(key, 0.0) - taken)
		found.append(MoveOutcome(move.row, move.warehouse, move.qty_stock, taken))
	return tuple(found)


def moves_of(lines: Iterable[Movable], wanted: Iterable[tuple[str, str, float]]) -> tuple[Move, ...]:
	"""The moves that lead from where the lines are to (row, warehouse, quantity) of a plan."""
	here = {line.row: line.warehouse for line in lines}
	return tuple(
		Move(row, warehouse, qty)
		for row, warehouse, qty in wanted
		if row in here and warehouse != here[row] and is_positive(qty)
	)
