"""What an approval still covers after the order changed: what was approved is what goes out.

An approval keeps the facts that the order itself brought to the rule. It covers the changed order as long as
none of them got worse than the rule tolerates. What happens around the order (an invoice falls due, other
orders take the stock) takes no decision back.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sales_wh_flow.approval.rules.facts import ApprovalFacts, ApprovalNeed, OrderFacts
from sales_wh_flow.base.quantities import rounded

POINTS, DAYS, TEXT = "%", "days", "="
"""What the key of a fact begins with: percentage points, days, a text that must stay. Else: an amount."""

_MONEY_DECIMALS = 2


def rounded_money(amount: float) -> float:
	"""Without noise first: 20.545 reached by adding and by multiplying must end on the same side."""
	return round(rounded(amount), _MONEY_DECIMALS) + 0.0


def identity(order: OrderFacts) -> str:
	"""Who the order is for: another one has to be asked for, whatever the rule."""
	return "|".join((order.company, order.customer, order.currency))


def fingerprint(order: OrderFacts) -> str:
	"""A digest of what an approver saw: customer, currency, terms and the quantities per item and price.

	List amounts count too, since a discount is measured against them, the earliest delivery date and what is
	written to the customer. Warehouses and the way a line is split are left out: routing may change them
	without asking again.
	"""
	quantities: dict[tuple[Any, ...], float] = defaultdict(float)
	list_amounts: dict[tuple[Any, ...], float] = defaultdict(float)
	for line in order.lines:
		key = (line.item_code, rounded(line.rate_base))
		quantities[key] += line.qty_stock
		list_amounts[key] += line.list_amount_base
	material = {
		"company": order.company,
		"customer": order.customer,
		"currency": order.currency,
		"total": rounded_money(order.total_base),
		"terms": sorted(order.terms),
		"lines": sorted(
			[*key, round(qty, 6), rounded_money(list_amounts[key])] for key, qty in quantities.items()
		),
	}
	if order.due:
		material["due"] = str(order.due)
	if order.notes:
		material["notes"] = sorted(order.notes)
	return hashlib.sha256(json.dumps(material, sort_keys=True).encode()).hexdigest()[:32]


def covers(approval: ApprovalFacts, need: ApprovalNeed, digest: str) -> bool:
	"""Whether what this approval says is true of the order as it is now; ``digest``: its fingerprint."""
	if approval.rule != need.rule:
		return False
	if approval.fingerprint == digest:
		return True
	if not approval.facts or approval.identity != need.identity:
		return False
	return not worse(dict(approval.facts), need.facts, need.tolerance)


def likeness(order: OrderFacts) -> str:
	"""A digest of what is sold to whom at which prices, however the order is numbered, dated and worded."""
	return likeness_of(sold_to(order))


def sold_to(order: OrderFacts) -> str:
	"""What that digest is of, as JSON: [who, [[item, rate], ...]]."""
	sold = sorted({(line.item_code, rounded(line.rate_base)) for line in order.lines})
	return json.dumps([identity(order), sold])


def likeness_of(sold: str) -> str:
	"""A short name of what was sold: equal for equal goods, so that it can be searched for."""
	return hashlib.sha256(sold.encode()).hexdigest()[:32]


def is_worse(then: ApprovalNeed | None, now: ApprovalNeed) -> bool:
	"""Whether an order hits a rule worse than it did; where nothing can tell, any change is worse."""
	if then is None or not now.facts or then.identity != now.identity:
		return True
	return bool(worse(dict(then.facts), now.facts, 0.0))


def worse(
	approved: Mapping[str, float], now: Iterable[tuple[str, float]], tolerance: float
) -> tuple[str, ...]:
	"""The keys of the facts that got worse than tolerated; a fact that nobody approved is worse.

	``tolerance``: percentage points for percentages, days for dates, else percent of what was approved.
	"""
	return tuple(
		key for key, value in now if key not in approved or _is_worse(key, approved[key], value, tolerance)
	)


def is_figure_worse(shown: float, now: float, is_rising: bool, is_absolute: bool, tolerance: float) -> bool:
	"""Whether a figure got worse than tolerated since it was shown. ``is_rising``: more is worse.

	``is_absolute``: the tolerance is in points or days, else in percent of what was shown.
	"""
	more = (
		rounded_money(now) - rounded_money(shown) if is_rising else rounded_money(shown) - rounded_money(now)
	)
	leeway = tolerance if is_absolute else abs(shown) * tolerance / 100
	return rounded(more - leeway) > 0


def _is_worse(key: str, approved: float, value: float, tolerance: float) -> bool:
	if key.startswith(TEXT):
		return False
	is_absolute = key.startswith((POINTS, DAYS))
	leeway = tolerance if is_absolute else abs(approved) * tolerance / 100
	return rounded(value - approved - leeway) > 0
