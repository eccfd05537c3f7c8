"""Measures of prices: how far lines are sold below a price, and how far above what they cost."""

from collections.abc import Callable
from dataclasses import dataclass

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.given_away import full_price, list_price, sold, ways
from sales_wh_flow.approval.rules.measure import (
	LAST_PURCHASE,
	Detail,
	Facts,
	Lines,
	below_pct,
	in_percent,
)
from sales_wh_flow.approval.rules.still_covers import POINTS, TEXT, rounded_money
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts

_NO_PRICES = PriceFacts()

# Prices of the lines

Reference = Callable[[LineFacts, ApprovalRuleFacts], float]
"""What a line would cost without the discount that is looked at; 0 when there is no such price."""


def _deepest(lines: Lines, rule: ApprovalRuleFacts, reference: Reference) -> float | None:
	cuts = [1 - line.amount_base / full for line in lines if (full := reference(line, rule)) > 0]
	return in_percent(max(cuts)) if cuts else None


def _whole(lines: Lines, rule: ApprovalRuleFacts, reference: Reference) -> float | None:
	got = full = 0.0
	for line in lines:
		price = reference(line, rule)
		if price > 0:
			got += line.amount_base
			full += price
	return below_pct(got, full) if full > 0 else None


def _given_away(lines: Lines, rule: ApprovalRuleFacts, reference: Reference) -> float:
	return rounded_money(sum(max(reference(line, rule) - line.amount_base, 0.0) for line in lines))


@dataclass(frozen=True, slots=True)
class Below:
	"""Measures of how far lines are sold below a reference price."""

	reference: Reference

	def line(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
		return _deepest(sold(order, lines, rule), rule, self.reference)

	def whole(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
		return _whole(sold(order, lines, rule), rule, self.reference)

	def either(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
		lines = sold(order, lines, rule)
		deepest = _deepest(lines, rule, self.reference)
		return None if deepest is None else max(deepest, _whole(lines, rule, self.reference) or 0.0)

	def amount(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
		lines = sold(order, lines, rule)
		known = any(self.reference(line, rule) > 0 for line in lines)
		return _given_away(lines, rule, self.reference) if known else None

	def pct_facts(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, allowed: float) -> Facts:
		"""Each item below what is allowed, the whole, and how much is sold at such prices."""
		items: dict[str, float] = {}
		discounted = too_deep = 0.0
		lines = sold(order, lines, rule)
		for line in lines:
			full = self.reference(line, rule)
			if full > 0 and (pct := below_pct(line.amount_base, full)) > 0:
				discounted += full
				if pct >= allowed:
					too_deep += full
					key = f"{POINTS} {line.item_code}"
					items[key] = max(pct, items.get(key, pct))
		whole = _whole(lines, rule, self.reference) or 0.0
		total = ((f"{POINTS} order", whole),) if whole >= allowed else ()
		return (
			*sorted(items.items()),
			*total,
			("sold below", rounded_money(discounted if total else too_deep)),
		)

	def amount_facts(
		self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, _allowed: float
	) -> Facts:
		lines = sold(order, lines, rule)
		below = {line.item_code for line in lines if self.reference(line, rule) > line.amount_base}
		items = tuple((f"{TEXT} {code}", 1.0) for code in sorted(below))
		return (("given away", _given_away(lines, rule, self.reference)), *items)

	def detail(self, order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> Detail:
		lines = sold(order, lines, rule)
		priced = [
			(below_pct(line.amount_base, full), -line.idx, line)
			for line in lines
			if (full := self.reference(line, rule)) > 0
		]
		if not priced:
			return ()
		pct, _idx, line = max(priced, key=lambda it: it[:2])
		whole = _whole(lines, rule, self.reference) or 0.0
		worst = (("order_pct", whole), ("line_pct", pct), ("line", line.idx), ("item", line.item_code))
		return (*worst, *ways(order, rule))


discount, below_list = Below(full_price), Below(list_price)


# Margin: how far above its cost a line is sold, in percent of the cost


def _cost(line: LineFacts, rule: ApprovalRuleFacts) -> float:
	known = line.pricing or _NO_PRICES
	return _cost_field(known, rule) or 0.0


def _cost_field(known: PriceFacts, rule: ApprovalRuleFacts) -> float | None:
	return known.purchase_base if LAST_PURCHASE in rule.options else known.valuation_base


def _margin_pct(line: LineFacts, cost: float) -> float:
	return -below_pct(line.amount_base, cost) + 0.0


def _costed(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> list[tuple[LineFacts, float]]:
	return [(line, cost) for line in sold(order, lines, rule) if (cost := _cost(line, rule)) > 0]


def cost_unknown(lines: Lines, rule: ApprovalRuleFacts) -> str:
	"""The first line of which nobody knows what it costs, as "row number:item"; empty when there is none."""
	for line in lines:
		known = line.pricing
		if known is not None and _cost_field(known, rule) is None and line.qty_stock > 0:
			return f"{line.idx}:{line.item_code}"
	return ""


def line_margin(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""The lowest margin of a line whose cost is known, in per cent of the price; None without one."""
	return min((_margin_pct(line, cost) for line, cost in _costed(order, lines, rule)), default=None)


def order_margin(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""The margin of all lines whose cost is known, in per cent; None without one."""
	costed = _costed(order, lines, rule)
	cost = sum(cost for _line, cost in costed)
	return -below_pct(sum(line.amount_base for line, _cost in costed), cost) + 0.0 if cost else None


def margin_amount(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> float | None:
	"""What is earned on all lines whose cost is known, in company currency; None without one."""
	costed = _costed(order, lines, rule)
	return rounded_money(sum(line.amount_base - cost for line, cost in costed)) if costed else None


def margin_facts(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, allowed: float) -> Facts:
	"""Which items are sold at that margin or less, how the whole order does, and how much is sold so: worse
	asks anew.
	"""
	items: dict[str, float] = {}
	volume = 0.0
	for line, cost in _costed(order, lines, rule):
		margin = _margin_pct(line, cost)
		if margin <= allowed:
			volume += cost
			key = f"{POINTS} {line.item_code}"
			items[key] = max(-margin, items.get(key, -margin))
	whole = order_margin(order, lines, rule)
	total = ((f"{POINTS} order", -whole),) if whole is not None and whole <= allowed else ()
	return (*sorted(items.items()), *total, ("cost sold at that margin", rounded_money(volume)))


def margin_amount_facts(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts, _allowed: float) -> Facts:
	"""What is earned, and on which items: less, or another item, asks anew."""
	items = tuple((f"{TEXT} {code}", 1.0) for code in sorted({line.item_code for line in lines}))
	return (("missing margin", -(margin_amount(order, lines, rule) or 0.0)), *items)


def margin_detail(order: OrderFacts, lines: Lines, rule: ApprovalRuleFacts) -> Detail:
	"""The margin of the order and of its worst line, with that line's item, cost and price; in company
	currency.
	"""
	costed = [(_margin_pct(line, cost), line.idx, line, cost) for line, cost in _costed(order, lines, rule)]
	if not costed:
		return ()
	pct, _idx, line, cost = min(costed, key=lambda it: it[:2])
	whole = order_margin(order, lines, rule) or 0.0
	return (
		("order_pct", whole),
		("line_pct", pct),
		("line", line.idx),
		("item", line.item_code),
		("cost", rounded_money(cost)),
		("sold", rounded_money(line.amount_base)),
		*ways(order, rule),
	)
