"""Milestones that the flow status and the forecast tell: locked, short, ready, delayed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sales_wh_flow.base import settings
from sales_wh_flow.milestones import happened
from sales_wh_flow.milestones.rules.milestones import DELAYED, OF_STATUS


def status_changed(changes: Mapping[str, tuple[str | None, str]]) -> None:
	"""Hook swf_flow_status_changed: {order: (flow status before, now)}. An order that had none before is one
	that was there when the flow was switched on: nothing has happened to it.
	"""
	if not settings.is_used(settings.MESSAGES):
		return
	passed: dict[str, list[str]] = defaultdict(list)
	for order, (before, now) in changes.items():
		if before and now in OF_STATUS and OF_STATUS.get(before) != OF_STATUS[now]:
			passed[OF_STATUS[now]].append(order)
	for milestone, orders in sorted(passed.items()):
		happened.note_all(milestone, orders)


def orders_delayed(orders: Mapping[str, tuple[date | None, date | None]]) -> None:
	"""Hook swf_orders_delayed: {order: (promised, expected)}. Told once for each promise that is not kept;
	an order of which nobody knows when it comes is told without a day. Statements grow with the days alone.
	"""
	by_days: dict[tuple[str, str], list[str]] = defaultdict(list)
	for order, (promised, expected) in orders.items():
		by_days[str(promised or ""), str(expected or "")].append(order)
	for (old, new), names in sorted(by_days.items()):
		happened.note_all(DELAYED, names, occasion=old, old_date=old, new_date=new)
