"""When a lock ends by itself: the Stock Lock Policy that fits an order, and what it says about each lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AGE, UNPAID, UNPICKED, ON_HOLD = "age", "unpaid", "unpicked", "on hold"
WAIT_AGAIN, GIVE_UP = "Wait Again", "Give Up"
AFTERWARDS = (WAIT_AGAIN, GIVE_UP)
BY_NOTIFICATION, BY_TODO, BY_MAIL = "Notification", "To Do", "E-Mail"
WARN_BY = (BY_NOTIFICATION, BY_TODO, BY_MAIL)


@dataclass(frozen=True, slots=True)
class LockPolicyFacts:
	"""A Stock Lock Policy. Empty scope fields mean any, an amount of 0 no limit, a missing period never.

	``warn``: how long before the end the owner is told; ``extension``: how far the one extension may go;
	``rest``: how long expired demand is not served.
	"""

	name: str
	company: str = ""
	customer_group: str = ""
	value_from_base: float = 0.0
	value_to_base: float = 0.0
	priority: int = 0
	age: timedelta | None = None
	unpaid: timedelta | None = None
	unpicked: timedelta | None = None
	on_hold: timedelta | None = None
	warn: timedelta | None = None
	extension: timedelta | None = None
	rest: timedelta = timedelta(0)
	afterwards: str = WAIT_AGAIN
	warn_by: str = BY_NOTIFICATION


@dataclass(frozen=True, slots=True)
class LockedOrder:
	"""An order with open locks. ``groups``: its customer's groups, the narrowest first.

	``on_hold_since`` is None unless it is on hold; ``is_fully_locked``: it waits for nothing and could be
	picked.
	"""

	name: str
	company: str
	groups: tuple[str, ...] = ()
	value_base: float = 0.0
	is_paid: bool = False
	is_fully_locked: bool = False
	on_hold_since: datetime | None = None
	extended_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ending:
	"""When a lock ends and by which criterion."""

	on: datetime
	reason: str


def policy_for(order: LockedOrder, policies: Iterable[LockPolicyFacts]) -> LockPolicyFacts | None:
	"""The policy that fits: the highest priority, then the narrower customer group, then by name; or None."""
	fitting = [policy for policy in policies if _fits(policy, order)]
	return min(
		fitting,
		key=lambda it: (-it.priority, _distance(it, order.groups), not it.company, it.name),
		default=None,
	)


def ending(order: LockedOrder, locked_on: datetime, policy: LockPolicyFacts) -> Ending | None:
	"""When a lock that was taken at ``locked_on`` ends, None when no criterion applies to it.

	The earliest criterion counts; an extension moves the end, never forward in time.
	"""
	found = [
		Ending(start + period, reason)
		for reason, start, period in (
			(AGE, locked_on, policy.age),
			(UNPAID, None if order.is_paid else locked_on, policy.unpaid),
			(UNPICKED, locked_on if order.is_fully_locked else None, policy.unpicked),
			(ON_HOLD, _later(order.on_hold_since, locked_on), policy.on_hold),
		)
		if start is not None and period
	]
	if not found:
		return None
	first = min(found, key=lambda it: it.on)
	if order.extended_until and order.extended_until > first.on:
		return Ending(order.extended_until, first.reason)
	return first


def is_to_be_warned(end: Ending, policy: LockPolicyFacts, now: datetime, warned_for: datetime | None) -> bool:
	"""Whether the owner is to be told now, once for each end."""
	return bool(policy.warn and end.on - policy.warn <= now < end.on and warned_for != end.on)


def latest_extension(end: Ending, policy: LockPolicyFacts) -> datetime | None:
	"""Until when locks that end then may be extended; None where the policy knows no extension."""
	return end.on + policy.extension if policy.extension else None


def _fits(policy: LockPolicyFacts, order: LockedOrder) -> bool:
	return (
		policy.company in ("", order.company)
		and (not policy.customer_group or policy.customer_group in order.groups)
		and order.value_base >= policy.value_from_base
		and (not policy.value_to_base or order.value_base <= policy.value_to_base)
	)


def _distance(policy: LockPolicyFacts, groups: Sequence[str]) -> int:
	return groups.index(policy.customer_group) if policy.customer_group else len(groups)


def _later(since: datetime | None, locked_on: datetime) -> datetime | None:
	return max(since, locked_on) if since else None
