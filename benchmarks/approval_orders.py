"""What approval rules cost: the save of a draft beside plain ERPNext, and the rules alone.

- ``approval_save_statements``, ``approval_save_ms``: what the save of a draft of 200 lines adds when it was
  asked for approval, has changed, and 50 rules of every criterion are asked. ``native`` is the same save by
  plain ERPNext, in turn on the same site; ``ours`` is what comes on top of it.
- ``approval_rules_pure_s``: 100,000 orders of 5 lines against 50 rules, in memory, on one core.
"""

import random
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

from measure import Result, Stopwatch, compared, sample
from plain import plain_erpnext
from world import World

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.rules.facts import (
	ApprovalRuleFacts,
	CreditFacts,
	CustomerFacts,
	OrderFacts,
	RuleScope,
)
from sales_wh_flow.approval.rules.needs import evaluate, prepare_rules
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts

RULES, LINES = 50, 200
ORDERS, ORDER_LINES = 100_000, 5


def run(world: World, runs: int, say) -> list[Result]:
	return [*_saves(world, runs, say), _pure(say)]


def _saves(world: World, runs: int, say) -> list[Result]:
	_set_approval("On")
	rules = _make_rules()
	order = world.draft(world.items[:LINES], native=False)
	doc = frappe.get_doc("Sales Order", order)
	doc.items[0].rate = 60  # a deep discount on one line: it has to be asked for
	doc.save()
	gate.ask(order)
	frappe.db.commit()
	added: dict[str, list[float]] = {"statements": [], "ms": []}
	native: dict[str, list[float]] = {"statements": [], "ms": []}
	for at in range(runs + 1):
		found = {}
		for kind in ("plain", "on") if at % 2 else ("on", "plain"):
			say(f"save of {LINES} lines with {RULES} rules, run {at} of {runs}: {kind}")
			found[kind] = _save(order, kind, 30 + at)
		if at:  # the first round fills the caches
			for figure in added:
				base = getattr(found["plain"], figure)
				added[figure].append(getattr(found["on"], figure) - base)
				native[figure].append(base)
	for name in rules:
		frappe.db.set_value("Order Approval Rule", name, "enabled", 0)
	_set_approval("Off")
	return [
		compared("approval_save_statements", added["statements"], native["statements"], "statements"),
		compared("approval_save_ms", added["ms"], native["ms"], "ms"),
	]


def _save(order: str, kind: str, days: int):
	"""The order is due later each time: its approvals stand, and everything is measured again."""
	doc = frappe.get_doc("Sales Order", order)
	for row in (doc, *doc.items):
		row.delivery_date = add_days(nowdate(), days)
	frappe.get_cached_doc("Sales Flow Settings")
	with plain_erpnext() if kind == "plain" else nullcontext():
		found = sample(lambda: (doc.save(), None), Stopwatch())
	frappe.db.rollback()
	return found


def _make_rules() -> list[str]:
	from tests import factories

	names = []
	measures = [(criterion, it) for criterion, found in of.MEASURES.items() for it in found]
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	for at in range(RULES):
		criterion, measure = measures[at % len(measures)]
		threshold = 5 if criterion == of.DISCOUNT else _NEVER.get(criterion, 10**8)
		rule = factories.make_rule(
			criterion,
			min(threshold, 100) if measure.unit_of_threshold == "%" else threshold,
			measure=measure.name,
			company=factories.company().name,
			condition="total < 0" if criterion == of.OWN_CONDITION else "",
			count_pending=1,
			leave_out_pricing_rules=at % 2,
		)
		names.append(rule.name)
	frappe.db.commit()
	return names


_NEVER = {of.MARGIN: -100, of.NEW_CUSTOMER: 0, of.DELIVERY_DATE: 0}


def _set_approval(value: str) -> None:
	frappe.db.rollback()
	settings = frappe.get_doc("Sales Flow Settings")
	settings.approval = value
	settings.save()
	frappe.db.commit()


def _pure(say) -> Result:
	say(f"{ORDERS} orders of {ORDER_LINES} lines against {RULES} rules")
	chance = random.Random(20260101)
	book = prepare_rules(_pure_rules(chance))
	orders = [_pure_order(chance, at) for at in range(1000)]
	start = time.process_time()
	hits = 0
	for at in range(ORDERS):
		hits += len(evaluate(orders[at % len(orders)], book))
	seconds = time.process_time() - start
	assert hits, "no rule was hit: nothing was measured"
	return Result("approval_rules_pure_s", seconds, 0.0, "s", 1)


def _pure_rules(chance: random.Random) -> list[ApprovalRuleFacts]:
	measures = [(criterion, it) for criterion, found in of.MEASURES.items() for it in found]
	rules = []
	for at in range(RULES):
		criterion, measure = measures[at % len(measures)]
		scope = chance.choice([RuleScope(), RuleScope(territory="North"), RuleScope(item_group="Pumps")])
		threshold = chance.choice([10, 20, 30, 1000])
		rule = ApprovalRuleFacts(
			f"Rule {at}", criterion, threshold, "Boss", measure=measure.name, scope=scope
		)
		rules.append(replace(rule, customer_group=chance.choice(["", "Retail", "Wholesale"])))
	return rules


def _pure_order(chance: random.Random, at: int) -> OrderFacts:
	lines = []
	for idx in range(1, ORDER_LINES + 1):
		amount = chance.uniform(50, 500)
		pricing = PriceFacts(
			item_groups=(chance.choice(["Pumps", "Hoses"]), "Goods"),
			warehouses=("Kiel", "All"),
			listed_base=amount * chance.uniform(0.9, 1.3),
			valuation_base=amount * chance.uniform(0.5, 1.0),
			missing_stock=float(chance.randint(0, 2)),
		)
		lines.append(
			LineFacts(
				f"row-{idx}",
				idx,
				f"ITEM-{chance.randint(1, 99)}",
				10.0,
				rate_base=amount / 10,
				amount_base=amount,
				list_amount_base=amount * chance.uniform(1, 1.2),
				pricing=pricing,
			)
		)
	return OrderFacts(
		f"SO-{at}",
		"Nord",
		"Meyer",
		"sue@nord.example",
		customer_groups=("Retail", "All"),
		territories=(chance.choice(["North", "South"]), "All"),
		total_base=sum(line.amount_base for line in lines),
		credit=CreditFacts(5000, chance.uniform(0, 6000)),
		lines=tuple(lines),
		history=CustomerFacts(chance.uniform(0, 50), 1, 10, 3, date(2026, 1, 1)),
		asked_on=date(2026, 2, 1),
		due=date(2026, 2, chance.randint(2, 28)),
		answers=(),
	)
