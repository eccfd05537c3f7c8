"""What the scheduler runs. Every job may be run twice, and may be killed anywhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow import lock_messages
from sales_wh_flow.flow import act_on_shortage as shortage_flow
from sales_wh_flow.flow import (
	bring_together,
	escalate,
	expire,
	follow_rule,
	leave_bad_lots,
	refresh_status,
	repair,
	serve,
	short_pick,
	tell,
	tell_admins,
	tell_sellers,
)
from sales_wh_flow.flow import follow_people as follow_people_flow
from sales_wh_flow.rules.serving_facts import ServingPlan
from sales_wh_flow.settings import APPROVAL, STOCK_LOCK, is_on
from sales_wh_flow.store import approvers, order_status
from sales_wh_flow.store.retry import from_a_fresh_transaction

_CHUNK = 100
_LEFT_AFTER_MIN = 2
"""Whoever was not told by then is told by the sweep."""
_MOST_PASSES = 5
"""How often one run plans anew: what came in while it worked is served as well."""


def serve_waiting_demand() -> dict[str, float]:
	"""Lock what came in for the orders that wait for it. Returns {order: quantity locked}."""
	if not serve.is_by_itself():
		return {}
	got, lost = defaultdict(float), defaultdict(float)
	for _turn in range(_MOST_PASSES):
		frappe.db.rollback()  # plan on what is committed now
		served = carry_out(serve.plan().plan)
		_add(got, served.got)
		_add(lost, served.lost)
		if not served.got:
			break
	if got or lost:
		tell_sellers.what_their_orders_got(got, lost)
		frappe.db.commit()  # the messages belong to what is committed already
	return dict(got)


def carry_out(plan: ServingPlan) -> serve.Served:
	"""Carry out a plan, some orders a transaction. What fails is tried order by order, so that one bad order
	keeps nobody waiting.
	"""
	got, lost = defaultdict(float), defaultdict(float)
	waiting = list(serve.shares(plan))
	while waiting:
		share = waiting.pop(0)
		try:
			served = from_a_fresh_transaction(lambda share=share: serve.carry_out(share))
			frappe.db.commit()  # one share a transaction: a killed job loses nothing, and nobody waits long
			_add(got, served.got)
			_add(lost, served.lost)
		except Exception:
			frappe.db.rollback()
			if len(share.orders) > 1:
				waiting[:0] = serve.one_by_one(share)
				continue
			frappe.log_error(_("Waiting demand of {0} could not be served").format(share.orders[0]))
			frappe.db.commit()  # the log stays, whatever the next order does
	return serve.Served(dict(got), dict(lost))


def _each_alone(things: Iterable[tuple], work: Callable, failed: str) -> Iterator[tuple[tuple, object]]:
	"""(thing, what ``work`` made of it) one after the other, each in a transaction of its own: a killed job
	loses nothing. What fails is logged as ``failed``, undone, and gives None.
	"""
	for thing in things:
		try:
			made = from_a_fresh_transaction(lambda thing=thing: work(*thing))
		except Exception:
			frappe.db.rollback()
			frappe.log_error(failed.format(thing[-1]))
			made = None
		frappe.db.commit()  # one thing a transaction; the log stays, whatever the next one does
		yield thing, made


def _add(totals: dict[str, float], more: dict[str, float]) -> None:
	for order, qty in more.items():
		totals[order] += qty


def expire_locks() -> dict[str, float]:
	"""End the locks that are over by the Stock Lock Policies, warn of those that end soon, and lock good
	batches instead of bad ones. Returns {order: quantity freed}.
	"""
	now = now_datetime()
	looked_at = _each_alone(
		((name,) for name in expire.orders_to_look_at(now)),
		lambda name: expire.order(name, now),
		_("Locks of {0} could not expire"),
	)
	freed = {name: outcome.freed_stock for (name,), outcome in looked_at if outcome and outcome.freed_stock}
	bad = _each_alone(
		((name,) for name in leave_bad_lots.orders_to_look_at()),
		leave_bad_lots.of,
		_("Locks of {0} could not leave what has gone bad"),
	)
	for (name,), qty in bad:
		freed[name] = freed.get(name, 0.0) + (qty or 0.0)
	return freed


def press_for_decisions() -> dict[str, str]:
	"""Remind approvers, and ask others where the time is up. Returns {approval: what was done}."""
	if not is_on(APPROVAL):
		return {}
	moment = now_datetime()
	pressed = _each_alone(
		approvers.due(moment),
		lambda order, approval: escalate.one(order, approval, moment),
		_("Approval {0} could not be pressed for"),
	)
	return {approval: step for (_order, approval), step in pressed if step}


def tell_approvers(approvals: list[str] | None = None, users: list[str] | None = None) -> None:
	"""Tell whoever is asked by these approvals, or only ``users`` of them; without any: by all left over."""
	if not is_on(APPROVAL):
		return
	names = approvals or approvers.untold(add_to_date(now_datetime(), minutes=-_LEFT_AFTER_MIN))
	for _told in _each_alone(
		((name,) for name in names),
		lambda name: tell.whoever_is_asked(name, users),
		_("Approvers of {0} could not be told"),
	):
		continue


def follow_rules(rule: str | None = None) -> dict[str, list[str]]:
	"""Ask open approvals of whom their rules name now; with a ``rule`` its own alone. Returns {order:
	approvals that were asked anew or taken back}.
	"""
	if not is_on(APPROVAL):
		return {}
	followed = _each_alone(
		((name,) for name in follow_rule.orders_to_look_at(rule)),
		follow_rule.order,
		_("Approvals of {0} could not follow their rule"),
	)
	return {name: found for (name,), found in followed if found}


def follow_people(user: str | None = None, roles: list[str] | None = None) -> list[str]:
	"""Ask the fallback where whoever was asked is gone; with a ``user``, of what asks them or these roles.

	Returns the approvals that ask somebody else now.
	"""
	if not is_on(APPROVAL):
		return []
	followed = _each_alone(
		follow_people_flow.to_look_at(user, roles or ()),
		follow_people_flow.one,
		_("Approval {0} could not be handed on"),
	)
	return [approval for (_order, approval), moved in followed if moved]


def act_on_shortage(sales_order: str) -> list[str]:
	"""Do what the settings let run by itself for what an order misses. Returns what was made."""
	return from_a_fresh_transaction(lambda: shortage_flow.by_policy(sales_order))


def serve_short_pick(
	sales_order: str, row: str, warehouse: str, row_stock: float, missing: float, reason: str
) -> list[list]:
	"""Serve what a picker did not find from elsewhere, where the settings let the flow do that. Returns
	[[warehouse, quantity]].
	"""
	picker = frappe.session.user
	frappe.set_user("Administrator")  # the settings' act: who picked may have no right to change orders
	try:
		moved = from_a_fresh_transaction(
			lambda: short_pick.serve_rest(sales_order, row, warehouse, row_stock, missing, reason)
		)
	finally:
		frappe.set_user(picker)
	return [list(part) for part in moved]


def request_transfers(sales_order: str) -> str | None:
	"""Ask for the transfers that bring an order's goods together. Returns the Material Request, if any."""
	return from_a_fresh_transaction(lambda: bring_together.by_itself(sales_order))


def repair_drift() -> repair.Report:
	"""Compare Bins, order lines and locks, mend what differs, and report it; a clean day writes nothing."""
	if not is_on(STOCK_LOCK):
		return repair.Report((), (), ())
	report = repair.look()
	if not report.is_clean:
		from_a_fresh_transaction(lambda: repair.mend(report))
		frappe.log_error(
			_("Stock locks had drifted and were mended"), "\n".join(lock_messages.mended(report))
		)
		frappe.db.commit()  # mended figures and their report stay together, whatever runs after this
	return report


def refresh_open_orders() -> int:
	"""Give every unfinished order its flow status, after a switch was turned. Returns how many were looked
	at.
	"""
	names = order_status.open_orders()
	for count, name in enumerate(names, start=1):
		refresh_status.of(name)
		if count % _CHUNK == 0:
			frappe.db.commit()  # short transactions: nobody waits for this job
	frappe.db.commit()
	return len(names)


def tell_admins_of_broken_rule(rule: str, order: str, reason: str) -> None:
	"""An approval rule could not be asked, so an order waits."""
	tell_admins.of_broken_rule(rule, order, reason)
	frappe.db.commit()  # the job's own work: whoever sent the order was refused long ago
