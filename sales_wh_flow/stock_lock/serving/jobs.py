"""What serves waiting demand in the background. Every job may be run twice, and may be killed anywhere."""

from collections import defaultdict

import frappe
from frappe import _

from sales_wh_flow.base import retry
from sales_wh_flow.base.retry_each import log_failure
from sales_wh_flow.stock_lock import tell_sellers
from sales_wh_flow.stock_lock.rules.serving_policy import ServingPlan
from sales_wh_flow.stock_lock.serving import serve

_MOST_PASSES = 5
"""How often one run plans anew: what came in while it worked is served as well."""


def serve_waiting_demand() -> dict[str, float]:
	"""Lock what came in for the orders that wait for it. Returns {order: quantity locked}."""
	if not serve.is_by_itself():
		return {}
	got, lost = defaultdict(float), defaultdict(float)
	for _turn in range(_MOST_PASSES):
		frappe.db.rollback()  # plan on what is committed now
		served = carry_out(serve.plan_serving().plan)
		_add(got, served.got)
		_add(lost, served.lost)
		if not served.got:
			break
	if got or lost:
		retry.from_a_fresh_transaction(lambda: tell_sellers.what_their_orders_got(got, lost))
	return dict(got)


def carry_out(plan: ServingPlan) -> serve.Served:
	"""Carry out a plan, some orders a transaction. What fails is tried order by order, so that one bad order
	keeps nobody waiting.
	"""
	got, lost = defaultdict(float), defaultdict(float)
	waiting = list(serve.shares(plan))
	while waiting:
		share = waiting.pop(0)
		try:
			served = retry.from_a_fresh_transaction(lambda share=share: serve.carry_out(share))
			_add(got, served.got)
			_add(lost, served.lost)
		except Exception:
			if len(share.orders) > 1:
				waiting[:0] = serve.one_by_one(share)
				continue
			log_failure(_("Waiting demand of {0} could not be served").format(share.orders[0]))
	return serve.Served(dict(got), dict(lost))


def _add(totals: dict[str, float], more: dict[str, float]) -> None:
	for order, qty in more.items():
		totals[order] += qty
