"""Whose word a late case needs: rules of the criterion Return Outside Policy, else Return Policies."""

from collections.abc import Collection, Mapping
from datetime import datetime

import frappe
from frappe.utils import flt, get_datetime, getdate, now_datetime, nowdate

from sales_wh_flow.approval import due_times, permissions, request
from sales_wh_flow.approval.rules.facts import ApprovalNeed, OrderFacts
from sales_wh_flow.approval.rules.levels import Plan
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.store import asked_people, stand_ins
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.base import trees
from sales_wh_flow.base.settings import APPROVAL, is_on
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts
from sales_wh_flow.returns.rules import waivers
from sales_wh_flow.returns.rules.facts import ShippedRow
from sales_wh_flow.returns.rules.waivers import Answer, Ask
from sales_wh_flow.returns.rules.windows import LateRow, late_goods


def asks_of(
	case, late: Collection[LateRow], shipped: Mapping[str, ShippedRow], *, answered: bool = True
) -> tuple[Ask, ...]:
	"""What has to be answered before these goods come in, with what was answered. ``answered`` False: as if
	nobody had said anything yet.
	"""
	rules = approval_rules.enabled_rules_of_returns() if is_on(APPROVAL) and late else ()
	facts = _facts(case, late, shipped) if rules else None
	needs = waivers.needs_of(facts, rules) if facts else ()
	plans = asked_people.plans(need.rule for need in needs)
	own = {rule.name for rule in rules if rule.allows_own_order}
	asks = [_of_rule(case, need, plans[need.rule], need.rule in own) for need in needs]
	left = waivers.left_to_policies(facts, rules, needs) if facts else {row.row for row in late}
	if rest := [row for row in late if row.row in left]:
		asks.append(of_policies(case, rest))
	if answered:
		answers = _answers(case)
		asks = [waivers.with_answers(ask, answers) for ask in asks]
	return tuple(_with_somebody(case, ask) for ask in asks)


def of_policies(case, late: Collection[LateRow]) -> Ask:
	"""What Return Policies, and the settings where none is meant, say of these rows."""
	goods = late_goods(late)
	strict = any(it.window.by_another for it in goods)
	return Ask(
		waivers.BY_POLICY,
		waivers.plan_of_policies(goods),
		flt(case.late_value),
		frozenset({case.owner} if strict else ()),
		_since(case),
	)


def claims_of(case, asks: Collection[Ask], user: str) -> tuple[tuple[Ask, Claim], ...]:
	"""The asks that a user may answer, his own right before that of whom he stands in for.

	Raises: RuleViolation where there are none.
	"""
	return waivers.claims(asks, stand_ins.person(user, case.company, nowdate()))


def who_may_answer(case, ask: Ask) -> list[tuple[str, str]]:
	"""(user, full name) of those who can answer now, substitutes among them; all may read the case."""
	now = ask.asking
	return request.who_can(case, now.able, now.excluded | now.voted)


def due_of(case, ask: Ask) -> datetime | None:
	"""When somebody should have answered; None without a due time."""
	hours = ask.level.due_hours
	return due_times.of_level(case.company, hours, ask.since)["due_on"] if hours else None


def _of_rule(case, need: ApprovalNeed, plan: Plan, allows_own: bool) -> Ask:
	order = case.sales_order or next((row.sales_order for row in case.rows if row.sales_order), None)
	about = frappe.get_doc("Sales Order", order) if order else case
	whole = Plan(request.resolved(about, plan), plan.levels)
	excluded = frozenset() if allows_own else frozenset({case.owner})
	return Ask(need.rule, whole, need.amount_base, excluded, _since(case), need=need)


def _with_somebody(case, ask: Ask) -> Ask:
	"""Where too few of those a rule names are left, the fallback role of approvals is asked, too."""
	if ask.rule == waivers.BY_POLICY or ask.standing.is_done:
		return ask
	now = ask.asking
	if len(request.who_can(case, now.able, now.excluded)) >= ask.level.needed:
		return ask
	return waivers.with_fallback(ask, permissions.fallback_role(case, now.excluded))


def _answers(case) -> tuple[Answer, ...]:
	return tuple(
		Answer(
			row.rule or waivers.BY_POLICY,
			row.action,
			row.level,
			row.user,
			get_datetime(row.answered_on),
			row.on_behalf_of or "",
			flt(row.up_to_amount),
			row.role or "",
		)
		for row in case.waiver_answers
		if not row.is_void
	)


def _since(case) -> datetime:
	return get_datetime(case.late_since) if case.late_since else now_datetime()


def _facts(case, late: Collection[LateRow], shipped: Mapping[str, ShippedRow]) -> OrderFacts:
	"""A case as approval rules take an order: its lines are the goods that are late."""
	goods = [(row, shipped[row.source]) for row in late]
	groups = trees.above("Item Group", {it.item_group for _row, it in goods})
	warehouses = trees.above("Warehouse", {it.warehouse for _row, it in goods})
	territory = frappe.get_cached_value("Customer", case.customer, "territory")
	lines = tuple(
		LineFacts(
			row=row.row,
			idx=number,
			item_code=it.item_code,
			qty_stock=0.0,
			warehouse=it.warehouse,
			amount_base=row.value,
			pricing=PriceFacts(
				item_groups=groups.get(it.item_group, ()),
				brand=frappe.get_cached_value("Item", it.item_code, "brand") or "",
				warehouses=warehouses.get(it.warehouse, ()),
				days_late=row.days_late,
			),
		)
		for number, (row, it) in enumerate(goods, 1)
	)
	return OrderFacts(
		name=case.name or "",
		company=case.company,
		customer=case.customer,
		author=case.owner or "",
		customer_groups=trees.above_customer(case.customer),
		total_base=sum(row.value for row in late),
		lines=lines,
		company_currency=frappe.get_cached_value("Company", case.company, "default_currency"),
		territories=trees.above("Territory", [territory]).get(territory, ()),
		asked_on=getdate(),
	)
