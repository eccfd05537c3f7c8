"""Measures of the customer and the whole order: credit, debts, history, value, terms, stock, dates."""

from collections.abc import Callable

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, CreditFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import (
	COUNT_PENDING,
	MORE,
	YES_NO,
	Detail,
	Facts,
	Lines,
	Measure,
	is_rising,
	percent,
)
from sales_wh_flow.approval.rules.still_covers import DAYS, TEXT, money
from sales_wh_flow.order.rules.facts import LineFacts

PAYMENT_TERMS, FREE_TEXT, INSTRUCTIONS = "Payment Terms", "Free-Text Terms", "Special Instructions"

NEVER_DAYS = 36500
"""Days since the last order of a customer who never ordered: a hundred years."""

# Credit and debts of the customer


def exposure(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float:
	credit = order.credit
	pending = credit.pending_base if COUNT_PENDING in rule.options else 0.0
	return money(credit.outstanding_base + order.total_base + pending)


def exposure_with_limit(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	return exposure(order, lines, rule) if order.credit.limit_base > 0 else None


def above_limit(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	limit = order.credit.limit_base
	return money(exposure(order, lines, rule) - limit) if limit > 0 else None


def share_of_limit(order: OrderFacts, rule: ApprovalRuleFacts) -> float:
	return money(order.credit.limit_base * rule.threshold / 100)


def credit_detail(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> Detail:
	credit: CreditFacts = order.credit
	detail: Detail = (
		("limit", credit.limit_base),
		("outstanding", credit.outstanding_base),
		("order", order.total_base),
	)
	return (*detail, ("pending", credit.pending_base)) if COUNT_PENDING in rule.options else detail


def entrusted(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""What is entrusted to whom: the value, where it goes and when it is paid."""
	return (
		("order total", order.total_base),
		*((f"{TEXT}{name}: {text}", 1.0) for name, text in order.terms),
	)


def overdue(name: str) -> Callable[[OrderFacts, Lines, ApprovalRuleFacts], float | None]:
	def value(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
		return float(getattr(order.history, name)) if order.history else None

	return value


def overdue_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
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
	return float(order.history.orders) if order.history else None


def days_since_last_order(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	if order.history is None or order.asked_on is None:
		return None
	last = order.history.last_order
	return float((order.asked_on - last).days) if last else float(NEVER_DAYS)


def history_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	known = order.history
	return (("orders", known.orders), ("last", str(known.last_order or ""))) if known else ()


# Value, terms, stock, date, own condition


def grand_total(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float:
	return money(order.total_base)


def net_total(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float:
	return money(sum(line.amount_base for line in lines))


def value_facts(value: Callable) -> Callable[[OrderFacts, Lines, ApprovalRuleFacts, float], Facts]:
	def facts(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, _allowed: float) -> Facts:
		amount = value(order, lines, rule)
		return (("value", amount if is_rising(rule.comparison or MORE) else -amount),)

	return facts


def special(*kinds: str) -> Measure:
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
	return round(sum(_missing(line) for line in lines), 6)


def missing_share(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	total = sum(line.amount_base for line in lines)
	if total <= 0:
		return None
	short = sum(line.amount_base * _missing(line) / line.qty_stock for line in lines if line.qty_stock > 0)
	return percent(short / total)


def short_items(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""How much is ordered of what is short; what is missing changes with other orders, too."""
	short = {line.item_code for line in lines if _missing(line) > 0}
	ordered = dict.fromkeys(sorted(short), 0.0)
	for line in lines:
		if line.item_code in short:
			ordered[line.item_code] += line.qty_stock
	return tuple((f"ordered {code}", round(qty, 6)) for code, qty in ordered.items())


def shortage_detail(_order: OrderFacts, lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	short = [(_missing(line), -line.idx, line) for line in lines if _missing(line) > 0]
	if not short:
		return ()
	qty, _idx, line = max(short, key=lambda it: it[:2])
	return (("line", line.idx), ("item", line.item_code), ("missing", qty), ("ordered", line.qty_stock))


def days_to_delivery(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float | None:
	return float((order.due - order.asked_on).days) if order.due and order.asked_on else None


def typed_count(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> float:
	return float(len(order.typed))


def typed_facts(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	differences = tuple((f"{TEXT}{what}: {typed}", 1.0) for what, typed, _master in order.typed)
	return (("order total", order.total_base), *differences)


def typed_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	return tuple((what, f"{typed} / {master}") for what, typed, master in order.typed)


def due_facts(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""The earlier the worse."""
	return ((f"{DAYS} to delivery", -float(order.due.toordinal())),) if order.due else ()


def due_detail(order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts) -> Detail:
	return (("due", str(order.due or "")),)


def answer(order: OrderFacts, _lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	answer = dict(order.answers).get(rule.name)
	return 1.0 if answer is True else None


def nothing(_order: OrderFacts, _lines: Lines, _rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""No fact can tell whether the order got worse: any change asks again."""
	return ()
