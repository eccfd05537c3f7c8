"""The plan of serving as a person sees it before it is carried out: who gets what, and who gets less."""

from collections import defaultdict

from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.stock_lock.answers import ServingLoss, ServingRow, ShownServing
from sales_wh_flow.stock_lock.serving import serve

MOST_ROWS = 500
"""Rows that are shown; all of them are carried out."""


def dry_run() -> ShownServing:
	"""What serving would do now; changes nothing. Orders the user may not read are counted, not named. The
	rows are those who get something or wait in the same Bin, in turn.
	"""
	planned = serve.plan_serving()
	gets = {grant.row: grant.qty_stock for grant in planned.plan.grants}
	supplied = {grant.bin_key for grant in planned.plan.grants}
	lines = [line for line in planned.lines if line.bin_key in supplied]
	cuts = planned.plan.cuts
	names = {line.order for line in lines}
	readable = readable_orders(names | {cut.held.order for cut in cuts} | {cut.for_order for cut in cuts})
	rows = [_row(line, gets.get(line.row, 0.0), readable) for line in lines if line.order in readable]
	return {
		"digest": serve.digest(planned),
		"orders": len({grant.order for grant in planned.plan.grants}),
		"lines": len(gets),
		"qty": sum(gets.values()),
		"short": sum(line.qty_stock - gets.get(line.row, 0.0) for line in lines),
		"rows": rows[:MOST_ROWS],
		"losers": _losers(cuts, readable),
		"others": len(lines) - len(rows),
		"more": max(len(rows) - MOST_ROWS, 0),
	}


def _row(line, gets: float, readable: dict[str, str]) -> ServingRow:
	return {
		"sales_order": line.order,
		"customer": readable[line.order],
		"item_code": line.item_code,
		"bundle": line.bundle_item or None,
		"warehouse": line.warehouse,
		"serving_class": line.serving_class,
		"due": line.due and line.due.date(),
		"waits_for": line.qty_stock,
		"gets": gets,
		"left": line.qty_stock - gets,
	}


def _losers(cuts, readable: dict[str, str]) -> list[ServingLoss]:
	totals: dict[tuple, float] = defaultdict(float)
	for cut in cuts:
		if cut.held.order in readable:
			receiver = cut.for_order if cut.for_order in readable else ""
			totals[cut.held.order, cut.held.item_code, cut.held.warehouse, receiver] += cut.qty_stock
	return [
		{
			"sales_order": order,
			"customer": readable[order],
			"item_code": item_code,
			"warehouse": warehouse,
			"loses": qty,
			"for_order": receiver,
		}
		for (order, item_code, warehouse, receiver), qty in sorted(totals.items())
	]
