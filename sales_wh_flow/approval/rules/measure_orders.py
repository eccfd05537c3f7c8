"""Measures of the customer and the whole order: credit, debts, history, value, terms, stock, dates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import (
	COUNT_PENDING,
	MORE,
	YES_NO,
	Detail,
	Facts,
	Lines,
	Measure,
	in_percent,
	is_rising,
)
from sales_wh_flow.approval.rules.still_covers import DAYS, TEXT, rounded_money
from sales_wh_flow.order.rules.facts import LineFacts

PAYMENT_TERMS, FREE_TEXT, INSTRUCTIONS = "Payment Terms", "Free-Text Terms", "Special Instructions"

NEVER_DAYS = 36500
"""Days since the last order of a customer who never ordered: a hundred years."""

# Credit and debts of the customer


@dataclass(frozen=True, slots=True)
class _View:
	"""One limit that the order counts against. ``group``: whose customers share it; empty = only his."""

	group: str
	limit: float
	outstanding: float
	pending: float
	exposure: float


def _views(order: OrderFacts, rule: ApprovalRuleFacts) -> tuple[_View, ...]:
	own, shared = order.credit, order.credit.shared
	is_pending = COUNT_PENDING in rule.options
	return tuple(
		_View(
			group,
			credit.limit_base,
			credit.outstanding_base,
			credit.pending_base,
			rounded_money(
				credit.outstanding_base + order.total_base + (credit.pending_base if is_pending else 0.0)
			),
		)
		for group, credit in (("", own), *(((shared.group, shared),) if shared else ()))
	)


def _share(view: _View) -> float:
	return view.exposure / view.limit


def _gap(view: _View) -> float:
	return view.exposure - view.limit


def _worst(views: Iterable[_View], key: Callable[[_View], float]) -> _View | None:
	"""The limit that the order comes nearest to, or exceeds most."""
	return max((view for view in views if view.limit > 0), key=key, default=None)


def exposure(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float:
	"""What the customer owes with this order, in company currency; the larger of its own and what those owe
	who share the limit.
	"""
	return max(view.exposure for view in _views(order, rule))


def exposure_with_limit(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""What is owed against the limit that is filled most; None where no limit is set."""
	view = _worst(_views(order, rule), _share)
	return view.exposure if view else None


def above_limit(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""By how much the worst limit is exceeded, in company currency, negative below it; None without one."""
	view = _worst(_views(order, rule), _gap)
	return rounded_money(_gap(view)) if view else None


def share_of_limit(order: OrderFacts, rule: ApprovalRuleFacts) -> float:
	"""What a rule allows of the limit that is filled most, in company currency; its threshold is a share."""
	view = _worst(_views(order, rule), _share)
	return rounded_money((view.limit if view else 0.0) * rule.threshold / 100)


def credit_detail(key: Callable[[_View], float] | None) -> Callable[..., Detail]:
	"""The numbers of the limit that is worst by ``key``; without one, of the highest exposure."""

	def detail(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> Detail:
		views = _views(order, rule)
		view = (key and _worst(views, key)) or max(views, key=lambda it: it.exposure)
		found: Detail = (
			("limit", view.limit),
			("outstanding", view.outstanding),
			("order", order.total_base),
		)
		if COUNT_PENDING in rule.options:
			found = (*found, ("pending", view.pending))
		return (*found, ("group", view.group)) if view.group else found

	return detail


detail_by_share, detail_by_gap = credit_detail(_share), credit_detail(_gap)
detail_by_exposure = credit_detail(None)


def entrusted(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""What is entrusted to whom: the value, where it goes and when it is paid."""
	return (
		("order total", order.total_base),
		*((f"{TEXT}{name}: {text}", 1.0) for name, text in order.terms),
	)


def overdue(name: str) -> Callable[[OrderFacts, Lines, ApprovalRuleFacts], float | None]:
	"""The measure of one figure of the customer's history: overdue amount, days or count; None without a
	history.
	"""

	def value(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
		return float(getattr(order.history, name)) if order.history else None

	return value


def overdue_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	"""What is overdue: amount, days of the oldest, count, and what was paid on account, if anything."""
	known = order.history
	if known is None:
		return ()
	return (
		("amount", known.overdue_base),
		("days", known.oldest_days),
		("count", known.overdue_count),
		*((("on_account", known.on_account_base),) if known.on_account_base > 0 else ()),
	)


def earlier_orders(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""How many orders the customer has had before; None where nobody knows."""
	return float(order.history.orders) if order.history else None


def days_since_last_order(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""Days since the customer's last order, NEVER_DAYS for the first one; None where nobody knows."""
	if order.history is None or order.asked_on is None:
		return None
	last = order.history.last_order
	return float((order.asked_on - last).days) if last else float(NEVER_DAYS)


def history_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	"""How many orders there were, and the day of the last one."""
	known = order.history
	return (("orders", known.orders), ("last", str(known.last_order or ""))) if known else ()


# Value, terms, stock, date, own condition


def grand_total(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float:
	"""The order's total with taxes, in company currency."""
	return rounded_money(order.total_base)


def net_total(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float:
	"""What the order's lines come to without taxes, in company currency."""
	return rounded_money(sum(line.amount_base for line in lines))


def value_facts(value: Callable[..., Any]) -> Callable[[OrderFacts, Lines, ApprovalRuleFacts, float], Facts]:
	"""Facts of a measure that is one amount: an approval covers what is no worse than that."""

	def facts(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, _allowed: float) -> Facts:
		amount = value(order, lines, rule)
		return (("value", amount if is_rising(rule.comparison or MORE) else -amount),)

	return facts


def special(*kinds: str) -> Measure:
	"""The measure of special terms of these kinds: how many the order has; more than none is asked about."""

	def value(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float:
		return float(sum(kind in kinds for kind, _text in order.special))

	def facts(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
		special = ((f"{TEXT}{kind}: {text}", 1.0) for kind, text in order.special if kind in kinds)
		return (("order total", order.total_base), *special)

	def detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
		return tuple((kind, text) for kind, text in order.special if kind in kinds)

	name = kinds[0] if len(kinds) == 1 else "Any Special Terms"
	return Measure(name, YES_NO, (MORE,), value, facts, detail, allowed=lambda *_given: 0.0)


def _missing(line: LineFacts) -> float:
	return (line.pricing.missing_stock or 0.0) if line.pricing is not None else 0.0


def missing_qty(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float:
	"""What of the order's lines is not free, summed up, in stock UOM."""
	return round(sum(_missing(line) for line in lines), 6)


def missing_share(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""Which part of the order's value is not free, in per cent; None for an order worth nothing."""
	total = sum(line.amount_base for line in lines)
	if total <= 0:
		return None
	short = sum(line.amount_base * _missing(line) / line.qty_stock for line in lines if line.qty_stock > 0)
	return in_percent(short / total)


def short_items(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""How much is ordered of what is short; what is missing changes with other orders, too."""
	short = {line.item_code for line in lines if _missing(line) > 0}
	ordered = dict.fromkeys(sorted(short), 0.0)
	for line in lines:
		if line.item_code in short:
			ordered[line.item_code] += line.qty_stock
	return tuple((f"ordered {code}", round(qty, 6)) for code, qty in ordered.items())


def shortage_detail(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	"""The line that misses most: its number, item, and quantities in stock UOM."""
	short = [(_missing(line), -line.idx, line) for line in lines if _missing(line) > 0]
	if not short:
		return ()
	qty, _idx, line = max(short, key=lambda it: it[:2])
	return (("line", line.idx), ("item", line.item_code), ("missing", qty), ("ordered", line.qty_stock))


def days_to_delivery(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	"""Days from now to the day of delivery; None where either is not known."""
	return float((order.due - order.asked_on).days) if order.due and order.asked_on else None


def typed_count(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float:
	"""How many values were typed over those of the master records."""
	return float(len(order.typed))


def typed_facts(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""What was typed over master records, and on how large an order: another value asks anew."""
	differences = tuple((f"{TEXT}{what}: {typed}", 1.0) for what, typed, _master in order.typed)
	return (("order total", order.total_base), *differences)


def typed_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	"""Each value that was typed, beside that of its master record."""
	return tuple((what, f"{typed} / {master}") for what, typed, master in order.typed)


def due_facts(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""The earlier the worse."""
	return ((f"{DAYS} to delivery", -float(order.due.toordinal())),) if order.due else ()


def due_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	"""The day of delivery, as text."""
	return (("due", str(order.due or "")),)


def answer(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""1 where the rule's own condition holds for the order, else None."""
	answer = dict(order.answers).get(rule.name)
	return 1.0 if answer is True else None


def nothing(_order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""No fact can tell whether the order got worse: any change asks again."""
	return ()
