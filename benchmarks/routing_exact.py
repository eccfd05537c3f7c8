"""The same order solved by a general solver: HiGHS, through scipy. What the planner is measured against.

Lexicographic, one solve a goal: what is missing first, as shares of the lines; then parcels, or money. It may
move lines to make a parcel worth sending, which the planner does not: what it finds is a bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import CHEAPEST, RoutingRequest, rank
from sales_wh_flow.routing.rules.ranking import costs

GAP = 1e-6
"""How far a goal that was reached may slip while the next one is pursued."""

TIME_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Exact:
	"""``missing``: sum of the lines' missing shares; ``is_proven``: no better plan exists."""

	missing: float
	parcels: int
	cost: float
	is_proven: bool


def solve(request: RoutingRequest) -> Exact | None:
	"""The best plan for an order of one policy whose lines have different items; None where HiGHS fails."""
	return _Model(request).solve()


class _Model:
	"""Columns: a parcel from each warehouse, then a part and a quantity of each line at each, then what is
	missing of each line, then which warehouse is the first, whose parcel may be worth little.
	"""

	def __init__(self, request: RoutingRequest):
		self.policy = next(iter(request.policies.values()))
		self.lines: Sequence[LineFacts] = request.lines
		ranked = rank(self.policy.candidates, request.destination, self.policy.strategy)
		self.money = costs(ranked)
		self.places = len(ranked)
		self.cells = [
			(at, place, min(free, line.qty_stock))
			for at, line in enumerate(self.lines)
			for place, (warehouse, _km) in enumerate(ranked)
			if (free := request.free.get((line.item_code, warehouse.name), 0.0)) > 0
		]
		self.columns = 2 * self.places + 2 * len(self.cells) + len(self.lines)
		self.rows: list[tuple[dict[int, float], float, float]] = []
		self._constrain()

	def part(self, cell: int) -> int:
		return self.places + cell

	def qty(self, cell: int) -> int:
		return self.places + len(self.cells) + cell

	def missing(self, line: int) -> int:
		return self.places + 2 * len(self.cells) + line

	def first(self, place: int) -> int:
		return self.places + 2 * len(self.cells) + len(self.lines) + place

	def _constrain(self) -> None:
		served = [dict[int, float]() for _line in self.lines]
		parts = [dict[int, float]() for _line in self.lines]
		for cell, (at, place, free) in enumerate(self.cells):
			self.rows.append(({self.qty(cell): 1.0, self.part(cell): -free}, -np.inf, 0.0))
			self.rows.append(({self.part(cell): 1.0, place: -1.0}, -np.inf, 0.0))
			if self.policy.min_part_pct:
				least = self.lines[at].qty_stock * self.policy.min_part_pct / 100
				if self.lines[at].is_whole_number:
					least = float(np.ceil(least - GAP))
				self.rows.append(({self.qty(cell): 1.0, self.part(cell): -least}, 0.0, np.inf))
			served[at][self.qty(cell)] = 1.0
			parts[at][self.part(cell)] = 1.0
		for at, line in enumerate(self.lines):
			self.rows.append(({**served[at], self.missing(at): 1.0}, line.qty_stock, line.qty_stock))
			self.rows.append((parts[at], 0.0, float(max(self.policy.max_splits, 1))))
		if self.policy.min_parcel:
			self._constrain_parcels()
		if self.policy.max_warehouses:
			every = dict.fromkeys(range(self.places), 1.0)
			self.rows.append((every, 0.0, float(self.policy.max_warehouses)))

	def _constrain_parcels(self) -> None:
		"""All but one warehouse that sends serve at least so much in money."""
		least = self.policy.min_parcel
		for place in range(self.places):
			worth = {
				self.qty(cell): self.lines[at].rate_base
				for cell, (at, here, _free) in enumerate(self.cells)
				if here == place
			}
			self.rows.append(({**worth, place: -least, self.first(place): least}, 0.0, np.inf))
		self.rows.append(({self.first(place): 1.0 for place in range(self.places)}, 0.0, 1.0))

	def solve(self) -> Exact | None:
		missing, parcels, money = np.zeros((3, self.columns))
		for at, line in enumerate(self.lines):
			missing[self.missing(at)] = 1 / line.qty_stock
		parcels[: self.places] = 1.0
		money[: self.places] = np.add(self.money.handling, self.money.parcel)
		for cell, (_at, place, _free) in enumerate(self.cells):
			money[self.part(cell)] = self.money.line[place]
		is_proven, found = True, None
		for goal in (
			(missing, money, parcels) if self.policy.strategy == CHEAPEST else (missing, parcels, money)
		):
			found = self._minimise(goal)
			if found.x is None:
				return None
			is_proven = is_proven and found.status == 0
			reached = {at: value for at, value in enumerate(goal) if value}
			self.rows.append((reached, -np.inf, found.fun + GAP * max(abs(found.fun), 1.0)))
		values = found.x
		return Exact(
			float(missing @ values), round(float(parcels @ values)), float(money @ values), is_proven
		)

	def _minimise(self, goal: np.ndarray):
		data, at_row, at_column = [], [], []
		for row, (terms, _low, _high) in enumerate(self.rows):
			for column, value in terms.items():
				data.append(value)
				at_row.append(row)
				at_column.append(column)
		matrix = coo_array((data, (at_row, at_column)), shape=(len(self.rows), self.columns)).tocsr()
		whole = np.zeros(self.columns)
		whole[: self.places + len(self.cells)] = 1
		upper = np.full(self.columns, np.inf)
		upper[: self.places + len(self.cells)] = 1
		whole[self.first(0) :] = upper[self.first(0) :] = 1
		limits = LinearConstraint(
			matrix, [low for _terms, low, _high in self.rows], [high for *_rest, high in self.rows]
		)
		for presolve in (True, False):  # HiGHS' presolve now and then fails on a goal that is held fast
			found = milp(
				goal,
				constraints=limits,
				integrality=whole,
				bounds=Bounds(np.zeros(self.columns), upper),
				options={"time_limit": TIME_LIMIT_S, "presolve": presolve},
			)
			if found.x is not None:
				break
		return found
