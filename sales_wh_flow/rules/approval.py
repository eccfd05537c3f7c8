"""Which approvals an order owes, whether it may be submitted, and who may decide."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from .facts import ApprovalFacts, ApprovalNeed, ApprovalRuleFacts, LineFacts, OrderFacts
from .problems import RuleViolation
from .quantities import rounded

CREDIT_EXPOSURE = "Credit Exposure"
DISCOUNT = "Discount"
CRITERIA = (CREDIT_EXPOSURE, DISCOUNT)

OPEN, APPROVED, REJECTED, SUPERSEDED = "Open", "Approved", "Rejected", "Superseded"

_MONEY_DECIMALS = 2
_PERCENT_DECIMALS = 4


def evaluate(order: OrderFacts, rules: Iterable[ApprovalRuleFacts]) -> tuple[ApprovalNeed, ...]:
	"""Every approval the order owes, in the order of the rules' names; empty when it owes none.

	All rules are asked, so that a user sees all reasons at once.
	"""
	needs = []
	for rule in sorted(rules, key=lambda rule: rule.name):
		if in_scope(order, rule):
			need = _measures[rule.criterion](order, rule)
			if need:
				needs.append(need)
	return tuple(needs)


def in_scope(order: OrderFacts, rule: ApprovalRuleFacts) -> bool:
	"""Whether the rule speaks of this order. A customer group includes the groups below it."""
	if rule.company and rule.company != order.company:
		return False
	return not rule.customer_group or rule.customer_group in order.customer_groups


def fingerprint(order: OrderFacts) -> str:
	"""A digest of what an approver saw: customer, currency, terms and the quantities per item and price.

	List amounts count too, since a discount is measured against them. Warehouses and the way a line is split
	are left out: routing may change them without asking again.
	"""
	quantities: dict[tuple, float] = defaultdict(float)
	list_amounts: dict[tuple, float] = defaultdict(float)
	for line in order.lines:
		key = (line.item_code, rounded(line.rate_base))
		quantities[key] += line.qty_stock
		list_amounts[key] += line.list_amount_base
	material = {
		"company": order.company,
		"customer": order.customer,
		"currency": order.currency,
		"total": _money(order.total_base),
		"terms": sorted(order.terms),
		"lines": sorted([*key, round(qty, 6), _money(list_amounts[key])] for key, qty in quantities.items()),
	}
	return hashlib.sha256(json.dumps(material, sort_keys=True).encode()).hexdigest()[:32]


def missing(
	needs: Iterable[ApprovalNeed], approvals: Iterable[ApprovalFacts], digest: str
) -> tuple[ApprovalNeed, ...]:
	"""The needs that no approval given for this very order answers."""
	granted = {
		approval.rule
		for approval in approvals
		if approval.state == APPROVED and approval.fingerprint == digest
	}
	return tuple(need for need in needs if need.rule not in granted)


def outdated(
	needs: Iterable[ApprovalNeed], approvals: Iterable[ApprovalFacts], digest: str
) -> tuple[ApprovalFacts, ...]:
	"""The approvals that no longer speak of this order: it changed, or it no longer hits their rule."""
	owed = {need.rule for need in needs}
	return tuple(
		approval
		for approval in approvals
		if approval.state != SUPERSEDED
		and (approval.fingerprint != digest or (approval.state == OPEN and approval.rule not in owed))
	)


def check_may_decide(approval: ApprovalFacts, actor: str, roles: Collection[str]) -> None:
	"""Raises: RuleViolation when this approval is decided already, or not this user's to decide."""
	if approval.state != OPEN:
		raise RuleViolation("already_decided", approval=approval.name, state=approval.state)
	if approval.approver_role not in roles:
		raise RuleViolation("not_an_approver", approval=approval.name, role=approval.approver_role)
	if actor == approval.author and not approval.allows_own_order:
		raise RuleViolation("own_order", approval=approval.name)


def _credit_exposure(order: OrderFacts, rule: ApprovalRuleFacts) -> ApprovalNeed | None:
	"""Hit when outstanding plus this order exceeds ``threshold`` percent of the customer's limit.

	A customer without a limit never hits.
	"""
	if order.credit.limit_base <= 0:
		return None
	allowed = _money(order.credit.limit_base * rule.threshold / 100)
	exposure = _money(order.credit.outstanding_base + order.total_base)
	if exposure <= allowed:
		return None
	detail = (
		("limit", order.credit.limit_base),
		("outstanding", order.credit.outstanding_base),
		("order", order.total_base),
	)
	return _need(rule, exposure, allowed, "amount", detail)


def _discount(order: OrderFacts, rule: ApprovalRuleFacts) -> ApprovalNeed | None:
	"""Hit when one line, or the whole order, is sold more than ``threshold`` percent below its list price."""
	listed = [line for line in order.lines if line.list_amount_base > 0]
	if not listed:
		return None
	sold = sum(line.amount_base for line in listed)
	list_price = sum(line.list_amount_base for line in listed)
	whole = _discount_pct(sold, list_price)
	deepest = max(listed, key=lambda line: (_line_discount_pct(line), -line.idx))
	measured = max(whole, _line_discount_pct(deepest))
	if measured <= rule.threshold:
		return None
	detail = (
		("order_pct", whole),
		("line_pct", _line_discount_pct(deepest)),
		("line", deepest.idx),
		("item", deepest.item_code),
	)
	return _need(rule, measured, rule.threshold, "%", detail)


def _money(amount: float) -> float:
	"""Without noise first: 20.545 reached by adding and by multiplying must end on the same side."""
	return round(rounded(amount), _MONEY_DECIMALS) + 0.0


def _line_discount_pct(line: LineFacts) -> float:
	return _discount_pct(line.amount_base, line.list_amount_base)


def _discount_pct(amount: float, list_amount: float) -> float:
	return round(100 * (1 - amount / list_amount), _PERCENT_DECIMALS)


def _need(rule: ApprovalRuleFacts, measured: float, allowed: float, unit: str, detail: tuple) -> ApprovalNeed:
	return ApprovalNeed(rule.name, rule.criterion, rule.approver_role, measured, allowed, unit, detail)


_measures: dict[str, Callable[[OrderFacts, ApprovalRuleFacts], ApprovalNeed | None]] = {
	CREDIT_EXPOSURE: _credit_exposure,
	DISCOUNT: _discount,
}
