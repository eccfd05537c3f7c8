"""Locks that end by themselves, as the Stock Lock Policy says; their owners are warned before.

What is on a Pick List or on the draft of a delivery never expires: it is looked at under the order's lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import get_datetime

from sales_wh_flow.base import hold_rows, reader, said, trees
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import hold_locks, release, sayings, tell_sellers, timeline, words
from sales_wh_flow.stock_lock.answers import LockEnding
from sales_wh_flow.stock_lock.rules import expiry
from sales_wh_flow.stock_lock.rules.expiry import Ending, LockPolicyFacts
from sales_wh_flow.stock_lock.rules.facts import HeldLine
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import events, opt_out, picked_or_leaving
from sales_wh_flow.stock_lock.store import policies as lock_policies
from sales_wh_flow.stock_lock.store.policies import OrderLife


@dataclass(frozen=True, slots=True)
class Expiry:
	"""What happened to one order: quantity freed, in stock UOM, and whether its owner was warned."""

	freed_stock: float = 0.0
	is_warned: bool = False


def orders_to_look_at(now: datetime) -> list[str]:
	"""Orders with a lock that ends, or whose owner is to be warned, by now. Plain reads; changes nothing."""
	policies = lock_policies.enabled_lock_policies() if is_on(STOCK_LOCK) else []
	if not policies:
		return []
	found = []
	for life in lock_policies.lives(trees.above("Customer Group")):
		policy = expiry.policy_for(life.facts, policies)
		ends = _ends(life, policy) if policy else {}
		if any(end.on <= now or _is_to_be_warned(end, policy, now, life) for end in ends.values()):
			found.append(life.facts.name)
	return found


def expire_order(name: str, now: datetime) -> Expiry:
	"""End the locks of one order that are over by now, or warn its owner. Call it in a fresh transaction.

	Run again, it finds nothing to do: ended locks are gone, and each end is warned of once.
	"""
	hold_rows.hold_order_row(name)
	life, policy = _life_and_policy(name)
	if not life or not policy:
		return Expiry()
	ends = _ends(life, policy)
	over = {lock: end for lock, end in ends.items() if end.on <= now}
	held = [it for it in picked_or_leaving.untouched_locks(orders=[name]) if it.lock in over]
	if held:
		return Expiry(_end(life, policy, held, over, now))
	coming = [end for end in ends.values() if _is_to_be_warned(end, policy, now, life)]
	if coming:
		_warn(life, policy, min(coming, key=lambda end: end.on))
	return Expiry(is_warned=bool(coming))


def preview(name: str) -> LockEnding | None:
	"""When the first lock of an order ends and how far it may be extended; None when it never does."""
	life, policy = _life_and_policy(name) if is_on(STOCK_LOCK) else (None, None)
	if not life or not policy:
		return None
	ends = _ends(life, policy)
	if not ends:
		return None
	first = min(ends.values(), key=lambda end: end.on)
	until = None if life.has_been_extended else expiry.latest_extension(first, policy)
	return {
		"ends_on": first.on,
		"why": words.reason_words(first.reason),
		"policy": policy.name,
		"may_be_extended_until": until,
	}


def endings(names: Iterable[str]) -> dict[str, Ending]:
	"""{entry: when and why it ends} of the orders' locks that end by themselves; no policy, one statement."""
	orders = tuple(names)
	policies = lock_policies.enabled_lock_policies() if orders and is_on(STOCK_LOCK) else []
	found: dict[str, Ending] = {}
	for life in lock_policies.lives(trees.above("Customer Group"), orders) if policies else ():
		policy = expiry.policy_for(life.facts, policies)
		found |= _ends(life, policy) if policy else {}
	return found


def extend(name: str, until: datetime, reason: str) -> None:
	"""Let an order's locks live until then: once, with a reason, as far as the policy allows.

	Raises: ValidationError where there is nothing to extend, no reason, or no more extension.
	"""
	why = require_reason(reason, RuleViolation("extension_reason_missing", order=name))
	hold_rows.hold_order_row(name)
	coming = preview(name)
	if not coming:
		refuse(RuleViolation("nothing_to_extend", order=name))
	latest = coming["may_be_extended_until"]
	if latest is None:
		refuse(RuleViolation("no_extension", order=name, policy=coming["policy"]))
	wanted = get_datetime(until)
	if not coming["ends_on"] < wanted <= latest:
		refuse(
			RuleViolation(
				"extension_out_of_range", order=name, ends_on=str(coming["ends_on"]), latest=str(latest)
			)
		)
	lock_policies.write_own_fields(
		name, {"swf_lock_extended_until": wanted, "swf_lock_extension_reason": why}
	)
	events.noted("Extended", name, said.keep(sayings.extended, until=wanted, reason=why))


def _life_and_policy(name: str) -> tuple[OrderLife | None, LockPolicyFacts | None]:
	lives = lock_policies.lives(trees.above("Customer Group"), [name])
	if not lives:
		return None, None
	return lives[0], expiry.policy_for(lives[0].facts, lock_policies.enabled_lock_policies())


def _ends(life: OrderLife, policy: LockPolicyFacts) -> dict[str, Ending]:
	"""{entry: when and why it ends} of the locks that end at all."""
	ends = {lock: expiry.ending(life.facts, since, policy) for lock, since in life.locked_on.items()}
	return {lock: end for lock, end in ends.items() if end}


def _is_to_be_warned(end: Ending, policy: LockPolicyFacts, now: datetime, life: OrderLife) -> bool:
	return expiry.is_to_be_warned(end, policy, now, life.warned_for)


def _end(
	life: OrderLife, policy: LockPolicyFacts, held: Iterable[HeldLine], over: dict[str, Ending], now: datetime
) -> float:
	name, rows = life.facts.name, {it.lock: it for it in held}
	hold_locks.hold_locks_of([name])
	ended = release.reduce_locks(name, {lock: it.qty_stock for lock, it in rows.items()})
	for lock in ended:
		reason = said.keep(sayings.expired, why=over[lock.name].reason, policy=policy.name)
		events.changed("Expired", [(lock, -lock.qty_stock)], reason)
	if policy.afterwards == expiry.GIVE_UP:
		opt_out.opted_out_rows({rows[lock.name].row for lock in ended})
	else:
		lock_policies.write_own_fields(name, {"swf_waits_from": now + policy.rest})
	refresh_status.refresh_order(name)
	freed = rounded(sum(lock.qty_stock for lock in ended))
	reasons = sorted({over[lock.name].reason for lock in ended})
	subject = said.keep(timeline.expired_subject, order=name, freed=freed, reasons=reasons)
	tell_sellers.about_life(life.owner, name, subject)
	serve.serve_soon()
	return freed


def _warn(life: OrderLife, policy: LockPolicyFacts, end: Ending) -> None:
	name = life.facts.name
	subject = said.keep(timeline.warning_subject, order=name, ends_on=end.on, reason=end.reason)
	latest = None if life.has_been_extended else expiry.latest_extension(end, policy)
	text = said.keep(timeline.warning_text, order=name, latest_extension=latest)
	lock_policies.write_own_fields(name, {"swf_lock_warned_for": end.on})
	why = said.keep(sayings.will_end, on=end.on, why=end.reason, policy=policy.name)
	events.noted("Warned", name, why)
	if not tell_sellers.about_life(life.owner, name, subject, text):
		return
	if policy.warn_by == expiry.BY_TODO:
		_make_to_do(life.owner, name, subject, end.on)
	elif policy.warn_by == expiry.BY_MAIL:
		tell_sellers.mail(life.owner, name, subject, text)


def _make_to_do(owner: str, name: str, subject: str, due: datetime) -> None:
	with reader.reading_as(owner):
		words = said.worded(subject)
	todo = frappe.get_doc(
		{
			"doctype": "ToDo",
			"allocated_to": owner,
			"reference_type": "Sales Order",
			"reference_name": name,
			"description": words,
			"date": due.date(),
		}
	)
	# The job acts for the policy's author; nobody who reads orders needs the right to make to-dos for others.
	todo.insert(ignore_permissions=True)
