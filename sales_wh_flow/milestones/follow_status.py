"""Milestones that the flow status tells: locked, short, ready."""

from collections import defaultdict
from collections.abc import Mapping

from sales_wh_flow.base import settings
from sales_wh_flow.milestones import happened
from sales_wh_flow.milestones.rules.milestones import OF_STATUS


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
