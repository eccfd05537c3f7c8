"""How the orders that a reader may see were served, whole or by what their lines have in common."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from frappe.utils import add_months, getdate, nowdate

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
OF_ORDERS = ("company", "customer_group", "seller", "courier", "month")
GROUPS = (*OF_ORDERS, *OF_LINES)


@dataclass(frozen=True, slots=True)
class Measured:
	"""``services``: of each order, by its name. ``by_delivery``: else on time is measured by sending."""

	heads: dict[str, dict]
	services: dict[str, list[Service]]
	by_delivery: bool
	is_cut: bool


def figures_since() -> date:
	"""The first day of figures for which nobody says one."""
	return getdate(add_months(nowdate(), -MONTHS))


def by_group(group: str, most_days_early: int | None = None, **filters: object) -> Measured:
	"""``services`` under each value of the group; "" as the group: all under ""."""
	rows = store.heads(orders_visible(), **filters)
	heads = {row["name"]: row for row in rows}
	goods = [_within(it, filters) for it in store.ordered_goods(rows)]
	by_delivery, today = service.confirms_deliveries(goods), getdate(nowdate())
	found: dict[str, list[Service]] = defaultdict(list)
	for order in goods:
		for key, part in _parts(order, group, heads[order.order]):
			found[key].append(service.judge_service(part, today, by_delivery, most_days_early))
	return Measured(heads, dict(found), by_delivery, len(rows) == store.MOST)


def _within(order: OrderedGoods, filters: dict[str, object]) -> OrderedGoods:
	"""The order's lines in the warehouse and the item group that are asked for."""
	kept = tuple(
		line
		for line in order.lines
		if all(not filters.get(name) or of(line) == filters[name] for name, of in OF_LINES.items())
	)
	return replace(order, lines=kept)


def _parts(order: OrderedGoods, group: str, head: dict) -> list[tuple[str, OrderedGoods]]:
	if not order.lines:
		return []
	if group not in OF_LINES:
		return [(_key(head, group), order)]
	parts: dict[str, list[OrderedLine]] = defaultdict(list)
	for line in order.lines:
		parts[OF_LINES[group](line)].append(line)
	return [(key, replace(order, lines=tuple(lines))) for key, lines in parts.items()]


def _key(head: dict, group: str) -> str:
	if group == "month":
		return str(head["ordered_on"])[:7]
	return head[group] or "" if group else ""
