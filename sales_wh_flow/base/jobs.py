"""What does owed work: a job asked for after the commit, or the sweep. Both may run twice."""

import frappe
from frappe import _

from sales_wh_flow.base import background, once, owed_work, retry
from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.setup import behind


def do_owed(owed: str, **_told) -> None:
	"""Do what is owed under this name, and strike it out with it; nothing when somebody else did.

	What was asked for again while it ran is asked of another worker at once: the queue turned that away, as
	the same job was under way.
	"""
	work = owed_work.take_owed(owed)
	if work is None:
		return
	background.check_is_hooked(work.method)
	frappe.get_attr(work.method)(**work.values)  # noqa: TID251 - checked: hooks.py names it
	if not owed_work.strike_out(work):
		background.do_once_more(owed)


def do_what_is_owed() -> list[str]:
	"""Do what was left: the queue was emptied, Redis was away, a worker was killed, or the work failed.

	Returns what is done. On a site that waits for its migration nothing is tried: it would count as hopeless.
	"""
	names = owed_work.left_over()
	if names and behind.what_is_missing():
		return []
	# Counted whatever comes of it, so that hopeless work ends.
	retry.from_a_fresh_transaction(lambda: owed_work.tried(names))
	done = each_alone(((name,) for name in names), _in_its_users_name, _("Owed work {0} could not be done"))
	return [name for (name,), is_done in done if is_done]


def forget_device_actions() -> int:
	"""Throw away the keys of what devices did long ago. Returns how many."""
	return retry.from_a_fresh_transaction(once.forget_old)


def _in_its_users_name(name: str) -> bool:
	before, work = frappe.session.user, owed_work.take_owed(name)
	if work is None:
		return False
	frappe.set_user(work.user)
	try:
		do_owed(name)
	finally:
		frappe.set_user(before)
	return True
