"""Serve waiting demand: stock that came in goes to the orders that wait for it, as the Serving Policy says.

All waiting demand is planned at once on plain reads. The plan is carried out order by order in its turns, so
many orders a transaction; under the locks each grant is looked at again and cut to what is still there.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from frappe.utils import now_datetime

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order.rules import held_statuses
from sales_wh_flow.stock_lock import held_free, sayings
from sales_wh_flow.stock_lock import lock as lock_stock
from sales_wh_flow.stock_lock.rules import bundles as bundle_rules
from sales_wh_flow.stock_lock.rules import confirmation, serving
from sales_wh_flow.stock_lock.rules.allocation import WHAT_IS_THERE, Grant
from sales_wh_flow.stock_lock.rules.facts import WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import MUST, Cut, ServingGrant, ServingPlan
from sales_wh_flow.stock_lock.serving import queue
from sales_wh_flow.stock_lock.serving.wake import serve_soon
from sales_wh_flow.stock_lock.store import (
	component_locks,
	events,
	free_stock,
	picked_or_leaving,
	reservations,
	waiting_lines,
)
from sales_wh_flow.stock_lock.store import cuts as lock_cuts
from sales_wh_flow.stock_lock.store.reservations import NewLock, OpenLock

BY_ITSELF, AFTER_A_LOOK = "By Itself", "After a Look"

STOCK_CAME_IN = said.keep(sayings.stock_came_in)


@dataclass(frozen=True, slots=True)
class Planned:
	"""A plan and the waiting lines it was made for, in turn."""

	lines: tuple[WaitingLine, ...]
	plan: ServingPlan


@dataclass(frozen=True, slots=True)
class Share:
	"""What is done in one transaction: the grants of some orders, and what is taken from others for them.

	``is_by_hand``: somebody said so; then an order that wants all or nothing gets a part as well.
	``cut_reason``: None for what the Serving Policy takes.
	"""

	grants: tuple[ServingGrant, ...]
	cuts: tuple[Cut, ...]
	reason: Kept = STOCK_CAME_IN
	cut_reason: Kept | None = None
	is_by_hand: bool = False

	@property
	def orders(self) -> list[str]:
		return list(dict.fromkeys(grant.order for grant in self.grants))


@dataclass(frozen=True, slots=True)
class Served:
	"""What came of a share, in stock UOM: {order: locked} and {order: taken from it}."""

	got: dict[str, float]
	lost: dict[str, float]


def is_by_itself() -> bool:
	"""Whether waiting demand is served without anybody looking at the plan."""
	return is_on(STOCK_LOCK) and (flow_settings().get("serving") or BY_ITSELF) == BY_ITSELF


def plan_serving() -> Planned:
	"""Who gets what of all that is free now; changes nothing."""
	if not is_on(STOCK_LOCK):
		return Planned((), ServingPlan())
	takes = queue.may_take_from_others()
	lines = queue.in_turn(waiting_lines.lines_to_serve() if takes else waiting_lines.lines_with_free_stock())
	if not takes:
		lines = queue.with_the_rest(lines)
	free = free_stock.free_of_bins({line.bin_key for line in lines})
	donors = _donors(lines) if takes else ()
	return Planned(tuple(lines), serving.share_free(lines, free, donors))


def would_get(order: str, keys: Collection[BinKey]) -> dict[str, float]:
	"""{row of an order: what lies free for it, so that the next serving would lock it}, in stock UOM; who is
	in front of it is served first. ``keys``: the Bins in which it waits; one statement where all are empty.
	"""
	free = {key: qty for key, qty in free_stock.free_of_bins(keys).items() if is_positive(qty)}
	if not (free and is_on(STOCK_LOCK)):
		return {}
	now = now_datetime()
	lines = [
		line
		for line in queue.in_turn(waiting_lines.lines_of(order))
		if not line.expired_on or line.expired_on <= now
	]
	before = queue.given_before(order, free)
	left = {key: rounded(qty - before.get(key, 0.0)) for key, qty in free.items()}
	new = _entries(serving.share_free(lines, left).grants, lines, left)
	return _sums((lock.sales_order_item, lock.reserved_qty) for lock in new)


def digest(planned: Planned) -> str:
	"""The same plan has the same digest: whoever applies what was shown to them applies just that."""
	text = repr([(grant.row, grant.qty_stock) for grant in planned.plan.grants])
	cuts = repr([(cut.held.lock, cut.qty_stock) for cut in planned.plan.cuts])
	return hashlib.sha256(f"{text}{cuts}".encode()).hexdigest()


def shares(plan: ServingPlan) -> tuple[Share, ...]:
	"""The plan in parts of so many orders, in the order of their turns."""
	by_order: dict[str, list[ServingGrant]] = defaultdict(list)
	for grant in plan.grants:
		by_order[grant.order].append(grant)
	names, size = list(by_order), max(flow_settings().waiting_batch or 0, 1)
	found = []
	for start in range(0, len(names), size):
		part = names[start : start + size]
		grants = tuple(grant for name in part for grant in by_order[name])
		found.append(Share(grants, tuple(cut for cut in plan.cuts if cut.for_order in part)))
	return tuple(found)


def one_by_one(share: Share) -> list[Share]:
	"""A share in parts of one order each."""
	return [
		Share(
			tuple(grant for grant in share.grants if grant.order == name),
			tuple(cut for cut in share.cuts if cut.for_order == name),
		)
		for name in share.orders
	]


def carry_out(share: Share) -> Served:
	"""Lock what a share grants, as far as it is still free and wanted. Call it in a fresh transaction.

	Orders, Bins and the series are locked first, in the global order; nothing read earlier is trusted.
	"""
	donors = {cut.held.order for cut in share.cuts}
	hold_rows.hold_order_rows({*share.orders, *donors})
	bins = hold_rows.hold_bins({grant.bin_key for grant in share.grants} | component_locks.keys_of(donors))
	series = Series(reservations.DOCTYPE)
	locked = reservations.open_by_bin(bins.values())
	lost = _take(share, locked)
	free = held_free.free_of(bins, locked)
	lines = queue.in_turn(waiting_lines.lines_of_orders(share.orders))
	if share.is_by_hand:
		lines = [replace(line, take=WHAT_IS_THERE) for line in lines]
	new = _entries(confirmation.confirmed(share.grants, lines, free), lines, free)
	names = reservations.insert_entries(new, series)
	for lock in new:
		key = (lock.item_code, lock.warehouse)
		locked[key] = rounded(locked[key] + lock.reserved_qty)
	reservations.sync_bins(bins.values(), locked)
	changed = {lock.sales_order for lock in new} | lost.keys()
	reservations.sync_lines_of(changed)
	events.locked(zip(names, new, strict=True), share.reason)
	refresh_status.of_all(changed)
	return Served(_sums((lock.sales_order, lock.reserved_qty) for lock in new), lost)


def serve_order(name: str, reason: Kept = STOCK_CAME_IN) -> float:
	"""Lock what is free for one waiting order. Returns the quantity locked, in stock UOM, 0 when it got
	nothing.

	Locks first, in the global order, then loads the order: nothing read earlier is trusted.
	"""
	doc = hold.hold_order(name)
	if not doc.docstatus.is_submitted() or doc.status in held_statuses.NO_DEMAND:
		return 0.0
	if doc.swf_flow_status in held_statuses.HELD_STATUSES:
		return 0.0
	plan = lock_stock.more(doc, reason)
	if plan.grants:
		refresh_status.refresh_order(name)
	return sum(grant.qty_stock for grant in plan.grants)


def _donors(lines: Iterable[WaitingLine]) -> list:
	keys = {line.bin_key for line in lines if line.serving_class == MUST}
	return queue.donor_locks(picked_or_leaving.untouched_locks(keys=keys))


def _take(share: Share, locked: dict) -> dict[str, float]:
	"""Take from other orders what the plan says, as far as they still hold it untouched. Returns what each
	lost.
	"""
	losses: dict[str, float] = defaultdict(float)
	for cut in share.cuts:
		losses[cut.held.lock] = rounded(losses[cut.held.lock] + cut.qty_stock)
	if not losses:
		return {}
	receivers = {cut.held.lock: cut.for_order for cut in share.cuts}
	donors = {cut.held.order for cut in share.cuts}
	untouched = {held.lock: held.qty_stock for held in picked_or_leaving.untouched_locks(orders=donors)}
	allowed = {lock: min(qty, untouched.get(lock, 0.0)) for lock, qty in losses.items()}
	cut_now = cut_locks(donors, allowed, locked)
	for held in cut_now:
		reason = share.cut_reason or said.keep(sayings.taken_for, order=receivers[held.name])
		events.changed("Given", [(held, -held.qty_stock)], reason)
	free_what_completes_nothing({held.sales_order for held in cut_now}, untouched, locked)
	return _sums((held.sales_order, held.qty_stock) for held in cut_now)


def free_what_completes_nothing(orders: set[str], may_go: dict[str, float], locked: dict) -> None:
	"""A bundle that gave a component holds no more of the others than the bundles it still makes."""
	spare = bundle_rules.completes_nothing(component_locks.held_parts(orders, may_go))
	if spare:
		freed = cut_locks(orders, spare, locked)
		events.released(freed, said.keep(sayings.completes_no_bundle))
		serve_soon()


def cut_locks(orders: set[str], losses: dict[str, float], locked: dict) -> list[OpenLock]:
	"""Take this out of the orders' locks, and out of what is ``locked`` per Bin. Returns what was cut."""
	cut_now = lock_cuts.cut_entries(reservations.open_of_orders(orders), losses)
	for held in cut_now:
		key = (held.item_code, held.warehouse)
		locked[key] = rounded(locked[key] - held.qty_stock)
	return cut_now


def _entries(grants: Iterable[ServingGrant], lines: Iterable[WaitingLine], free) -> list[NewLock]:
	"""The grants as entries to write, with the batches and serial numbers that are free for them."""
	known, left = {line.row: line for line in lines}, dict(free)
	wanted = []
	for it in grants:
		wanted.append(Grant(it.row, it.item_code, it.warehouse, it.qty_stock, rounded(left[it.bin_key])))
		left[it.bin_key] = rounded(left[it.bin_key] - it.qty_stock)
	about = {
		row: {
			"sales_order": line.order,
			"company": line.company,
			"project": line.project,
			"stock_uom": line.stock_uom,
			"voucher_qty": line.ordered_stock,
		}
		for row, line in known.items()
	}
	needed_on = {row: line.due.date() for row, line in known.items() if line.due}
	return lock_stock.new_locks(wanted, about, needed_on)


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
	totals: dict[str, float] = defaultdict(float)
	for key, qty in pairs:
		totals[key] = rounded(totals[key] + qty)
	return dict(totals)
