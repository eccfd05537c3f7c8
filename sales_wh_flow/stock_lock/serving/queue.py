"""The queue of waiting demand: every line with the class, level and date that its Serving Policy gives it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import control_fields, trees
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.stock_lock.rules import allocation, losing, serving
from sales_wh_flow.stock_lock.rules.facts import HeldLine, WaitingLine
from sales_wh_flow.stock_lock.store import free_stock, queue_age, serving_policies
from sales_wh_flow.stock_lock.store import waiting_lines as waiting


def enter_queue(doc) -> None:
	"""On submit: from when the order waits. An amended one has the age, and the last place if its locks had
	expired, of the one it replaces.
	"""
	age = queue_age.of_chain(doc.amended_from, doc.customer) if doc.get("amended_from") else queue_age.Age()
	control_fields.put(
		doc,
		swf_queued_since=age.since or now_datetime(),
		swf_waits_from=age.waits_from or doc.get("swf_waits_from"),
	)


def in_turn(lines: Iterable[WaitingLine]) -> list[WaitingLine]:
	"""The lines, classified, in the order in which they are served."""
	policies, waiting_lines = serving_policies.enabled_serving_policies(), list(lines)
	groups = _groups(policies, waiting_lines)
	classified = serving.classified(waiting_lines, policies, groups, now_datetime(), _take_by_setting())
	return sorted(classified, key=allocation.turn)


def with_the_rest(lines: list[WaitingLine]) -> list[WaitingLine]:
	"""The lines, and of bundles and of orders that want all or nothing also what nothing is free for."""
	together = {line.order for line in lines if line.bundle or line.take == allocation.FULL_ORDER}
	if not together:
		return lines
	others = [line for line in lines if line.order not in together]
	return in_turn([*others, *waiting.lines_of_orders(together)])


def given_before(order: str, free: Mapping[BinKey, float]) -> dict[BinKey, float]:
	"""What of the free stock goes to orders that wait and whose turn comes before this one's, by policy.

	``free``: of the Bins for which somebody waits; none, no statement. Plain reads: who was served meanwhile
	still counts, and the next serving gives what is left over.
	"""
	if not free:
		return {}
	items, warehouses = ({key[at] for key in free} for at in (0, 1))
	found = [line for line in waiting.lines_at(items, warehouses) if line.bin_key in free]
	if all(line.order == order for line in found):
		return {}
	lines = with_the_rest(in_turn(found))
	others = free_stock.free_of_bins({line.bin_key for line in lines} - free.keys())
	given: dict[BinKey, float] = defaultdict(float)
	for grant in serving.share_free(lines, {**others, **free}, ()).grants:
		if grant.order != order and grant.bin_key in free:
			given[grant.bin_key] = rounded(given[grant.bin_key] + grant.qty_stock)
	return dict(given)


def take_of(order) -> str:
	"""How an order wants its stock: as its customer does, by its Serving Class, else by the settings.

	One of `stock_lock.rules.allocation.PARTIAL_POLICIES`. No statement while no policy speaks of customer
	groups.
	"""
	policies = serving_policies.enabled_serving_policies()
	groups = trees.above_customer(order.customer) if _speak_of_groups(policies) else ()
	policy = serving.policy_of(order.company, policies)
	of_customer = frappe.get_cached_value("Customer", order.customer, "swf_ship_complete") or ""
	return (
		waiting.SHIP_COMPLETE.get(of_customer) or serving.class_of(policy, groups).take or _take_by_setting()
	)


def donor_locks(held: Iterable[HeldLine]) -> list[HeldLine]:
	"""Those of the locks that Must orders of their company may take from, with the level of their class."""
	policies, locks = serving_policies.enabled_serving_policies(), list(held)
	return serving.donors(locks, policies, _groups(policies, locks))


def who_loses_first(held: Iterable[HeldLine], by_hand: Sequence[str] = ()) -> tuple[HeldLine, ...]:
	"""The locks in the order in which they lose what a count did not find: orders named by hand, then by
	policy.
	"""
	policies, locks = serving_policies.enabled_serving_policies(), list(held)
	return losing.first_to_lose(locks, policies, _groups(policies, locks), by_hand)


def may_take_from_others() -> bool:
	"""Whether any policy lets Must orders take from others."""
	return any(
		serving.donors_of([policy], policy.company) for policy in serving_policies.enabled_serving_policies()
	)


def _groups(policies, lines: Sequence[WaitingLine | HeldLine]) -> dict[str, tuple[str, ...]]:
	"""{customer group: itself and its parents}; no statement while no policy speaks of customer groups."""
	names = {line.customer_group for line in lines} if _speak_of_groups(policies) else ()
	return trees.above("Customer Group", names)


def _speak_of_groups(policies) -> bool:
	return any(row.customer_group for policy in policies for row in policy.classes)


def _take_by_setting() -> str:
	return flow_settings().partial_lock or allocation.WHAT_IS_THERE
