"""The lines of an order that follow one rule, and its candidates in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sales_wh_flow.base.quantities import is_less, is_positive, open_qty, rounded, whole_steps
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules.facts import RoutingPolicy, RoutingRequest
from sales_wh_flow.routing.rules.ranking import Costs, Ranked, costs, rank
from sales_wh_flow.routing.rules.supply_of_plan import Demand


@dataclass(frozen=True, slots=True)
class PolicyLines:
	"""The lines of one policy, its candidates in their order, and what they cost."""

	policy: RoutingPolicy
	demands: tuple[Demand, ...]
	ranked: tuple[Ranked, ...]
	costs: Costs

	def item(self, row: str) -> str:
		return next(demand.item_code for demand in self.demands if demand.row == row)

	def without(self, warehouse: str) -> "PolicyLines":
		"""As if this one were no candidate."""
		ranked = tuple(it for it in self.ranked if it[0].name != warehouse)
		return replace(self, ranked=ranked, costs=costs(ranked))

	def whole(self, rows: frozenset[str]) -> "PolicyLines":
		return replace(
			self,
			demands=tuple(
				replace(demand, max_parts=1, step=demand.grain) if demand.row in rows else demand
				for demand in self.demands
			),
		)


def grouped(policy: RoutingPolicy, lines: Iterable[LineFacts], request: RoutingRequest) -> PolicyLines:
	"""Lines of one policy with what each still needs, and its warehouses, the best first. Unit: stock UOM."""
	ranked = rank(policy.candidates, request.destination, policy.strategy)
	demands = [
		_demand(line, policy, request)
		for line in lines
		if line.is_stock_item and is_positive(open_qty(line.qty_stock, line.delivered_stock))
	]
	return PolicyLines(policy, tuple(demands), ranked, costs(ranked))


def _demand(line: LineFacts, policy: RoutingPolicy, request: RoutingRequest) -> Demand:
	needed = open_qty(line.qty_stock, line.delivered_stock)
	max_parts = 1 if line.row in request.unsplittable else max(policy.max_splits, 1)
	grain = float(line.is_whole_number)
	step = (line.step_stock if max_parts > 1 else 0.0) or grain
	weight = request.weights.get(line.row, 0.0)
	least = _least(needed, policy.min_part_pct, step)
	demand = Demand(
		line.row, line.idx, line.item_code, needed, step, max_parts, grain, weight, least, line.rate_base
	)
	if max_parts > 1 and step > grain:
		names = [it.name for it in policy.candidates]
		stocks = [request.free.get((line.item_code, name), 0.0) for name in names]
		if not any(demand.available(stock) > 0 for stock in stocks):
			# Nobody has a whole step: the line stays whole where there is most.
			return replace(demand, max_parts=1, step=grain)
	return demand


def _least(needed: float, share_pct: float, step: float) -> float:
	"""The smallest part that is no crumb, in whole steps."""
	least = rounded(needed * share_pct / 100)
	if not (step and is_positive(least)):
		return least
	floor = whole_steps(least, step)
	return floor if not is_less(floor, least) else rounded(floor + step)
