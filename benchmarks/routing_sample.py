"""The sample company's orders beside the exact solver: parcels, and what is missing. Needs scipy, no site.

PYTHONPATH=. python3 benchmarks/routing_sample.py

The solver knows nothing of boxes that can't be cut and of lines that stay whole because too little of them is
there, so it may serve a little more; parcels are compared over the orders of which both serve equally much.
"""

import routing_exact

from sales_wh_flow.routing import rules as routing
from sales_wh_flow_demo import days, sample
from sales_wh_flow_demo.checker import Checker

EQUAL = 1e-4
"""Shares of a line that count as equal."""


def planned() -> list[tuple[routing.RoutingRequest, routing.RoutingPlan]]:
	"""Every order as it was when it was planned, over the whole story."""
	found, plan_order = [], routing.plan_order

	def remembered(request):
		plan = plan_order(request)
		found.append((request, plan))
		return plan

	routing.plan_order = remembered
	try:
		days.run(sample.generate(), Checker())
	finally:
		routing.plan_order = plan_order
	return found


def main() -> None:
	rows, left_out = [], 0
	for request, plan in planned():
		items = {line.item_code for line in request.lines}
		best = routing_exact.solve(request) if request.lines and len(items) == len(request.lines) else None
		if best is None:
			left_out += 1
			continue
		asked = {line.row: line.qty_stock for line in request.lines}
		missing = sum(qty / asked[row] for row, qty in plan.shortages.items())
		parcels = len({part.sent_from for part in plan.parts if part.reason != routing.NOTHING})
		rows.append((parcels, best.parcels, missing, best.missing))
	equal = [row for row in rows if abs(row[2] - row[3]) <= EQUAL]
	for words, chosen in (("all", rows), ("equally filled", equal)):
		ours, exact, missing, least = (sum(column) for column in zip(*chosen, strict=True))
		print(f"{words}: {len(chosen)} orders, parcels {ours} beside {exact} ({ours / exact:.3f})", end=", ")
		print(f"missing shares {missing:.2f} beside {least:.2f}")
	print(f"left out: {left_out}")


if __name__ == "__main__":
	main()
