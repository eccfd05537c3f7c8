"""What runs in the background for messages. Every job may be run twice, and may be killed anywhere."""

import time
from collections import defaultdict
from collections.abc import Iterable

from frappe import _
from frappe.utils import cint

from sales_wh_flow.base import retry, settings
from sales_wh_flow.base.retry_each import Failed, each_alone
from sales_wh_flow.milestones import follow_mails as following
from sales_wh_flow.milestones import retention, send
from sales_wh_flow.milestones.rules.message_rules import WEBHOOK
from sales_wh_flow.milestones.store import queue

_MOST_ROUNDS = 20
_CALLS_S = 20
"""Seconds of webhooks between two looks at what is ours to queue."""
_SLOW_S = 5
_FAILED = "Message {0} could not be sent"


def send_messages() -> int:
	"""Send what waits and whose time has come, each in a transaction of its own. Returns how many messages
	were looked at.
	"""
	if not settings.is_on_now(settings.MESSAGES):
		return 0
	done, slow = _give_up_stale(), set()
	for _round in range(_MOST_ROUNDS):
		known = queue.due_messages() if settings.is_on_now(settings.MESSAGES) else []
		due = [it for it in known if it.receiver not in slow or it.channel != WEBHOOK]
		if not due:
			break
		_queue_what_is_ours(due)
		done += len(due) - _left_after_calls([it for it in due if it.channel == WEBHOOK], slow)
	return done


def follow_mails() -> dict[str, int]:
	"""What became of the mails that Frappe gave up; see `follow_mails.try_on`."""
	if not settings.is_on_now(settings.MESSAGES):
		return {"again": 0, "came_back": 0, "failed": 0, "not_needed": 0}
	return retry.from_a_fresh_transaction(following.try_on)


def forget_old_messages() -> int:
	"""Messages of orders that are over, and links that ended, are deleted once they are as old as the
	settings say. Returns how many; some at a time, so it may be killed anywhere.
	"""
	days = cint(settings.flow_settings().get("message_keep_days"))
	done = 0
	while days and (gone := retry.from_a_fresh_transaction(lambda: retention.forget_some(days))):
		done += gone
	return done


def _give_up_stale() -> int:
	"""What should have gone out long ago tells nobody anything any more. Returns how many messages it was."""
	hours = cint(settings.flow_settings().message_stale_hours)
	done = 0
	while hours and (ended := retry.from_a_fresh_transaction(lambda: send.give_up_stale(hours))):
		done += ended
	return done


def _queue_what_is_ours(due: list[queue.DueMessage]) -> None:
	digests: dict[tuple, dict[str, str]] = defaultdict(dict)
	singles = []
	for it in due:
		if it.digest:
			digests[it.receiver, it.channel, it.milestone][it.name] = it.order
		elif it.channel != WEBHOOK:
			singles.append((it.order, it.name))
	for (_order, name), came in each_alone(singles, _send_one, _(_FAILED), Failed):
		if isinstance(came, Failed):
			_put_off([name], came.problem)
	many = ((it,) for it in digests.values())
	for (told,), came in each_alone(many, _send_many, _(_FAILED), Failed):
		if isinstance(came, Failed):
			_put_off(told, came.problem)


def _send_one(order: str, name: str) -> str:
	return send.send_message(name, order)


def _send_many(told: dict[str, str]) -> str:
	"""``told``: {message: its order}"""
	return send.send_digest(list(told), told.values())


def _put_off(names: Iterable[str], problem: Exception) -> None:
	for name in names:
		retry.from_a_fresh_transaction(lambda name=name: send.could_not_be_queued(name, problem))


def _left_after_calls(due: list[queue.DueMessage], slow: set[str]) -> int:
	"""Webhooks are called for some seconds, then mails and desks have their turn again; a receiver that took
	too long is not called again in this run. Returns how many were not called.
	"""
	until = time.monotonic() + _CALLS_S
	for at, it in enumerate(due):
		if time.monotonic() >= until:
			return len(due) - at
		if it.receiver not in slow:
			began = time.monotonic()
			_call_others(it.name, it.order)
			if time.monotonic() - began >= _SLOW_S:
				slow.add(it.receiver)
	return 0


def _call_others(name: str, order: str = "") -> None:
	"""The call itself is in no transaction: a slow receiver holds no row."""
	claimed = retry.from_a_fresh_transaction(lambda: send.claim_message(name, order))
	if claimed:
		why = send.deliver(claimed)
		retry.from_a_fresh_transaction(lambda: send.end_attempt(name, claimed["attempts"], why))
