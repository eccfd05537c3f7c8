"""What runs in the background for delayed orders. It may be run twice, and killed anywhere."""

from datetime import timedelta

from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base import mail_queue, retry
from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.delays import digest, follow
from sales_wh_flow.delays.store import alerts, delayed
from sales_wh_flow.order.jobs import refresh_forecasts

_CHUNK = 1000


def follow_delays() -> dict[str, int]:
	"""Forecasts are brought up to date; then alerts are raised, passed on and ended. Returns how many orders
	are delayed and how many alerts were ended. A constant number of statements for each thousand.
	"""
	refresh_forecasts()
	if follow.mode() == follow.OFF:
		return {"delayed": 0, "ended": 0}
	after, count, seen = "", 0, set()
	while orders := delayed.delayed_orders(after, _CHUNK):
		retry.from_a_fresh_transaction(lambda some=orders: follow.raise_and_pass_on(some))
		after, count = orders[-1].order, count + len(orders)
		seen |= {it.order for it in orders}
	ended = _end_what_is_gone(seen)
	if follow.mode() == follow.ON:
		# Also of what an earlier run raised that was killed before it told anybody.
		retry.from_a_fresh_transaction(follow.tell_people)
	return {"delayed": count, "ended": ended}


def send_digests() -> int:
	"""One mail a person and day, once the office is open; where the mail server is away it goes later, for a
	day. Returns how many people were looked at.
	"""
	if not (digest.is_switched_on() and follow.mode() == follow.ON and digest.is_time(now_datetime())):
		return 0
	retry.from_a_fresh_transaction(_send_what_was_given_up)
	people = ((user,) for user in digest.people_asked())
	return len(list(each_alone(people, digest.send_to, _("The delays of {0} could not be mailed"))))


def _send_what_was_given_up() -> int:
	"""Mails of a day, of people of whom anything is delayed yet."""
	since = now_datetime() - timedelta(days=1)
	given_up = mail_queue.mails_about(alerts.DOCTYPE, since)
	return mail_queue.try_anew(mail for mail, email in given_up.items() if digest.has_delays(email))


def _end_what_is_gone(delayed_now: set[str]) -> int:
	after, ended = "", 0
	while known := alerts.not_done_past(after, _CHUNK):
		gone = [it for it in known if it.order not in delayed_now]
		if gone:
			ended += retry.from_a_fresh_transaction(lambda some=gone: follow.end_alerts(some))
		after = known[-1].name
	return ended
