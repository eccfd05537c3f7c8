"""How the orders that a reader may see were served, whole or by what their lines have in common."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import frappe
from frappe.utils import add_months, getdate, nowdate

from sales_wh_flow.base import trees
from sales_wh_flow.figures import one_currency
from sales_wh_flow.figures.rules import service
from sales_wh_flow.figures.rules.service import OrderedGoods, OrderedLine, Service
from sales_wh_flow.figures.store import orders as store
from sales_wh_flow.order.permissions import orders_visible

MONTHS = 3
"""The time that figures are of, where nobody says another."""

OF_LINES: dict[str, Callable[[OrderedLine], str]] = {
	"warehouse": lambda line: line.warehouse,
	"item_group": lambda line: line.item_group,
}
"""Groups that an order falls apart into."""
OF_ORDERS = ("company", "customer_group", "territory", "seller", "courier", "month")
GROUPS = (*OF_ORDERS, *OF_LINES)
TREES = {
	"warehouse": "Warehouse",
	"item_group": "Item Group",
	"customer_group": "Customer Group",
	"territory": "Territory",
}
"""Groups that lie in groups: each counts what lies below it, too."""


@dataclass(frozen=True, slots=True)
class Measured:
	"""``services``: of each order, by its group. ``by_delivery``: else on time is measured by sending.
	``above``: {group in a tree: itself and what it lies in, the narrowest first}. ``currency_of``: {company:
	currency}; values are in ``currency``, but for those whose rate nobody knows, ``without_rate``.
	"""

	heads: dict[str, dict]
	services: dict[str, list[Service]]
	by_delivery: bool
	is_cut: bool
	above: dict[str, tuple[str, ...]]
	currency_of: dict[str, str]
	currency: str
	without_rate: frozenset[str]


def figures_since() -> date:
	"""The first day of figures for which nobody says one."""
	return getdate(add_months(nowdate(), -MONTHS))


def by_group(group: str, most_days_early: int | None = None, **filters: object) -> Measured:
	"""``services`` under each value of the group, and under all that it lies in; "" as the group: all under
	"".
	"""
	rows = store.heads(orders_visible(), **filters)
	heads = {row["name"]: row for row in rows}
	kept = {name: trees.below(TREES[name], str(filters[name])) for name in OF_LINES if filters.get(name)}
	goods = [_within(it, kept) for it in store.ordered_goods(rows)]
	currency_of = {name: _currency_of(name) for name in {row["company"] for row in rows}}
	own, rates = one_currency.rates_to_one(set(currency_of.values()))
	goods = [_worth(it, rates.get(currency_of[heads[it.order]["company"]], 1.0)) for it in goods]
	by_delivery, today = service.confirms_deliveries(goods), getdate(nowdate())
	above = trees.above(TREES[group]) if group in TREES else {}
	found: dict[str, list[Service]] = defaultdict(list)
	for order in goods:
		for key, part in _parts(order, group, heads[order.order], above).items():
			found[key].append(service.judge_service(part, today, by_delivery, most_days_early))
	return Measured(
		heads,
		dict(found),
		by_delivery,
		len(rows) == store.MOST,
		above,
		currency_of,
		own,
		frozenset(currency_of.values()) - rates.keys(),
	)


def _currency_of(company: str) -> str:
	return frappe.get_cached_value("Company", company, "default_currency") or ""


def _worth(order: OrderedGoods, rate: float) -> OrderedGoods:
	"""The order with its values at this rate."""
	if rate == 1:
		return order
	return replace(order, lines=tuple(replace(it, value=it.value * rate) for it in order.lines))


def _within(order: OrderedGoods, kept: dict[str, frozenset[str]]) -> OrderedGoods:
	"""The order's lines in the warehouses and the item groups that are asked for."""
	lines = (
		line for line in order.lines if all(OF_LINES[name](line) in wanted for name, wanted in kept.items())
	)
	return replace(order, lines=tuple(lines)) if kept else order


def _parts(
	order: OrderedGoods, group: str, head: dict, above: dict[str, tuple[str, ...]]
) -> dict[str, OrderedGoods]:
	"""{value of the group: the order's lines that it counts}"""
	if not order.lines:
		return {}
	if group not in OF_LINES:
		key = _key(head, group)
		return dict.fromkeys(above.get(key, (key,)), order)
	parts: dict[str, list[OrderedLine]] = defaultdict(list)
	for line in order.lines:
		own = OF_LINES[group](line)
		for key in above.get(own, (own,)):
			parts[key].append(line)
	return {key: replace(order, lines=tuple(lines)) for key, lines in parts.items()}


def _key(head: dict, group: str) -> str:
	if group == "month":
		return str(head["ordered_on"])[:7]
	return head[group] or "" if group else ""
