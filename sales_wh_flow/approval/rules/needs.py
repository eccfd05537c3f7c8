"""Which approvals an order owes, and which are missing or outdated; who may decide them: see ``votes``."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sales_wh_flow.approval.rules.criteria import (
	CREDIT_EXPOSURE,
	CRITERIA,
	DISCOUNT,
	OWN_CONDITION,
	comparison_of,
	measure_of,
)
from sales_wh_flow.approval.rules.facts import (
	ApprovalFacts,
	ApprovalNeed,
	ApprovalRuleFacts,
	OrderFacts,
	RuleScope,
)
from sales_wh_flow.approval.rules.measure import AMOUNT, Measure, is_hit
from sales_wh_flow.approval.rules.rates import unknown_rate
from sales_wh_flow.approval.rules.scope import (
	ANY_LINE,
	LineScope,
	in_scope,
	line_scope,
	lines_in_scope,
	out_of_scope,
)
from sales_wh_flow.approval.rules.still_covers import covers, fingerprint, identity, rounded_money
from sales_wh_flow.order.rules.facts import LineFacts

__all__ = [
	"APPROVED",
	"CREDIT_EXPOSURE",
	"CRITERIA",
	"DISCOUNT",
	"OPEN",
	"REJECTED",
	"SHADOW",
	"SUPERSEDED",
	"evaluate",
	"explain",
	"fingerprint",
	"in_scope",
	"missing",
	"out_of_scope",
	"outdated",
	"prepare_rules",
]

OPEN, APPROVED, REJECTED, SUPERSEDED, SHADOW = "Open", "Approved", "Rejected", "Superseded", "Shadow"

NO_AMOUNT, NO_ANSWER, GONE, UNKNOWN, NO_RATE = "no_amount", "no_answer", "gone:", "unknown:", "no_rate:"
"""Why a rule could not be asked: its threshold has no amount in the company's currency; its condition was
not asked; a record of its scope (the field follows) was deleted; what it measures is not known of a line
(row number:item follow), or of an exchange rate on no record (currency:rate typed follow). The order waits,
whatever it holds.
"""

_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class _Entry:
	"""A rule made ready: rules with the same scope, and the same figure, share what is found out once."""

	rule: ApprovalRuleFacts
	measure: Measure
	comparison: str
	scope: int
	figure: int
	lines: LineScope


@dataclass(frozen=True, slots=True)
class RuleBook:
	"""Rules made ready to be asked about many orders, in the order of their names."""

	entries: tuple[_Entry, ...]
	scopes: int
	figures: int


def prepare_rules(rules: Iterable[ApprovalRuleFacts]) -> RuleBook:
	"""Raises: KeyError for a criterion nobody knows."""
	scopes: dict[tuple[str, str, RuleScope], int] = {}
	figures: dict[tuple[Any, ...], int] = {}
	entries = []
	for rule in sorted(rules, key=lambda rule: rule.name):
		measure, wanted = measure_of(rule), line_scope(rule.scope)
		scope = scopes.setdefault((rule.company, rule.customer_group, rule.scope), len(scopes))
		own = rule.name if rule.criterion == OWN_CONDITION else ""
		figure = figures.setdefault(
			(rule.criterion, measure.name, wanted, frozenset(rule.options), own), len(figures)
		)
		entries.append(_Entry(rule, measure, comparison_of(rule), scope, figure, wanted))
	return RuleBook(tuple(entries), len(scopes), len(figures))


def evaluate(order: OrderFacts, rules: Iterable[ApprovalRuleFacts] | RuleBook) -> tuple[ApprovalNeed, ...]:
	"""Every approval the order owes, in the order of the rules' names; empty when it owes none.

	All rules are asked, so that a user sees all reasons at once. Rules in shadow are asked, too: see
	``ApprovalNeed.is_shadow``.
	"""
	book = rules if isinstance(rules, RuleBook) else prepare_rules(rules)
	in_scopes: list[bool | None] = [None] * book.scopes
	figures: list[Any] = [_UNKNOWN] * book.figures
	needs = []
	for entry in book.entries:
		if entry.rule.gone:
			needs += _gone(order, entry)
			continue
		is_meant = in_scopes[entry.scope]
		if is_meant is None:
			is_meant = in_scopes[entry.scope] = not out_of_scope(order, entry.rule)
		if not is_meant:
			continue
		value = figures[entry.figure]
		if value is _UNKNOWN:
			lines = order.lines if entry.lines == ANY_LINE else lines_in_scope(order, entry.lines)
			value = figures[entry.figure] = entry.measure.value(order, lines, entry.rule)
		need = _judged(order, entry, value)
		if need:
			needs.append(need)
	return tuple(needs)


@dataclass(frozen=True, slots=True)
class Verdict:
	"""What one rule says of an order. ``outside``: the field that leaves the order out, else empty.

	``measured`` None: there is nothing to measure. ``need`` None: not hit.
	"""

	outside: str = ""
	measured: float | None = None
	allowed: float | None = None
	unit: str = ""
	detail: tuple[tuple[str, float | str], ...] = ()
	need: ApprovalNeed | None = None


def explain(order: OrderFacts, rule: ApprovalRuleFacts) -> Verdict:
	"""Why, or why not, this rule asks about the order."""
	(entry,) = prepare_rules([rule]).entries
	if rule.gone:
		return Verdict(need=next(iter(_gone(order, entry)), None))
	outside = out_of_scope(order, rule)
	if outside:
		return Verdict(outside)
	lines = lines_in_scope(order, entry.lines)
	measured = entry.measure.value(order, lines, rule)
	allowed = _allowed(order, entry)
	detail = entry.measure.detail(order, lines, rule)
	return Verdict("", measured, allowed, entry.measure.unit, detail, _judged(order, entry, measured))


def missing(
	needs: Iterable[ApprovalNeed], approvals: Iterable[ApprovalFacts], digest: str
) -> tuple[ApprovalNeed, ...]:
	"""The needs that no approval given for this order answers; rules in shadow stop nobody.

	``digest``: the order's fingerprint.
	"""
	granted = [approval for approval in approvals if approval.state == APPROVED]
	return tuple(
		need
		for need in needs
		if not need.is_shadow and not any(covers(approval, need, digest) for approval in granted)
	)


def outdated(
	needs: Iterable[ApprovalNeed], approvals: Iterable[ApprovalFacts], digest: str
) -> tuple[ApprovalFacts, ...]:
	"""The approvals that no longer speak of this order.

	One that is asked or given stands while it covers what the order owes. One that is refused falls with any
	change, so that a changed order may ask again. Of an order that owes a rule nothing more, what was asked
	falls and what was decided stays on record.
	"""
	owed = {need.rule: need for need in needs if not need.is_shadow}
	return tuple(
		approval
		for approval in approvals
		if approval.state != SUPERSEDED and _is_outdated(approval, owed.get(approval.rule), digest)
	)


def _is_outdated(approval: ApprovalFacts, need: ApprovalNeed | None, digest: str) -> bool:
	if approval.state == REJECTED:
		return approval.fingerprint != digest
	if need is None:
		return approval.state != APPROVED or not (approval.fingerprint == digest or approval.facts)
	return not covers(approval, need, digest)


def _gone(order: OrderFacts, entry: _Entry) -> list[ApprovalNeed]:
	"""Nobody can tell which orders the rule meant: it asks about all of its company."""
	rule = entry.rule
	if rule.company and rule.company != order.company:
		return []
	return [_need(order, entry, 0.0, 0.0, error=f"{GONE}{rule.gone}")]


def _judged(order: OrderFacts, entry: _Entry, measured: float | None) -> ApprovalNeed | None:
	"""The need when the rule is hit, or can't be asked."""
	rule = entry.rule
	if rule.criterion == OWN_CONDITION:
		answer = dict(order.answers).get(rule.name, NO_ANSWER)
		if isinstance(answer, str):
			return _need(order, entry, 0.0, 0.0, error=answer)
	allowed = _allowed(order, entry)
	if measured is not None and allowed is None:
		return _need(order, entry, measured, 0.0, error=NO_AMOUNT)
	if (measured is not None or rule.criterion == OWN_CONDITION) and (rate := unknown_rate(order, rule)):
		return _need(order, entry, measured or 0.0, allowed or 0.0, error=f"{NO_RATE}{rate[0]}:{rate[1]}")
	if measured is not None and allowed is not None and is_hit(measured, entry.comparison, allowed):
		return _need(order, entry, measured, allowed)
	unknown = entry.measure.unknown(lines_in_scope(order, entry.lines), rule)
	return (
		_need(order, entry, measured or 0.0, allowed or 0.0, error=f"{UNKNOWN}{unknown}") if unknown else None
	)


def _allowed(order: OrderFacts, entry: _Entry) -> float | None:
	"""The threshold for this order in the unit that is measured; None without an amount in its currency."""
	rule, measure = entry.rule, entry.measure
	if measure.allowed is not None:
		return measure.allowed(order, rule)
	if measure.unit != AMOUNT:
		return rule.threshold
	return amount_in(order.company_currency, rule)


def amount_in(currency: str, rule: ApprovalRuleFacts) -> float | None:
	"""The rule's threshold in a currency; None when it names none."""
	if not rule.currency or rule.currency == currency:
		return rounded_money(rule.threshold)
	found = dict(rule.amounts).get(currency)
	return None if found is None else rounded_money(found)


def _need(order: OrderFacts, entry: _Entry, measured: float, allowed: float, error: str = "") -> ApprovalNeed:
	rule, measure = entry.rule, entry.measure
	lines: tuple[LineFacts, ...] = lines_in_scope(order, entry.lines)
	return ApprovalNeed(
		rule=rule.name,
		criterion=rule.criterion,
		approver_role=rule.approver_role,
		measured=measured,
		allowed=allowed,
		unit=measure.unit,
		detail=() if error else measure.detail(order, lines, rule),
		measure=measure.name,
		comparison=entry.comparison,
		amount_base=rounded_money(order.total_base),
		identity=identity(order),
		facts=() if error else measure.facts(order, lines, rule, allowed),
		tolerance=rule.tolerance,
		rule_version=rule.version,
		is_shadow=rule.is_shadow,
		error=error,
	)
