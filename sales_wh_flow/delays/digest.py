"""One mail a person and day about the delayed orders that are his to do something about."""

import hashlib

import frappe
from frappe import _
from frappe.utils import get_url, get_url_to_form, nowdate

from sales_wh_flow.base import mail_queue, reader, users
from sales_wh_flow.base.compat import DESK
from sales_wh_flow.base.once import done_once
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.delays import worklist
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.stage_clock.store.stays import working_calendar

SHOWN = 25
"""Orders in one mail; the rest is counted, and on the list."""
MOST = 5000
_TEMPLATE = "sales_wh_flow/templates/emails/delay_digest.html"


def is_time(moment) -> bool:
	"""Whether the office is open by now, so that the mail of the day may go."""
	opens = working_calendar("", "", moment.date()).opens
	return moment.time() >= opens


def people_asked() -> list[str]:
	"""Whoever has an alert that is open, of a company that works today."""
	day = frappe.utils.getdate(nowdate())
	found: set[str] = set()
	for company, user, role in store.owners_of_open():
		if day not in working_calendar(company, "", day).holidays:
			found |= {user} if user else set(store.people_of_role(role))
	return sorted(found)


def send_to(user: str) -> str:
	"""The person's mail of today, unless it is queued or there is nothing to tell. Returns its name."""
	rows = [row for row in worklist.delays_of(user, MOST) if row["state"] == "Open"]
	emails = users.emails_of([user])
	if not (rows and emails):
		return ""
	who = hashlib.sha256(user.encode()).hexdigest()[:16]
	return str(done_once(f"delays-{nowdate()}-{who}", "delay_digest", lambda: _queue(user, emails[0], rows)))


def has_delays(email: str) -> bool:
	"""Whether anything is delayed that is a matter of whoever has this address."""
	return any(
		row["state"] == "Open" for user in users.users_at(email) for row in worklist.delays_of(user, MOST)
	)


def _queue(user: str, email: str, rows: list[dict]) -> str:
	mail_queue.drop_unsent(store.DOCTYPE, email)
	with reader.reading_as(user):
		late = sum(row["lateness"] == "Late" for row in rows)
		subject = _subject(late, len(rows) - late)
		html = frappe.render_template(
			_TEMPLATE,
			{
				"rows": [
					{**row, "link": get_url_to_form("Sales Order", row["sales_order"])}
					for row in worklist.in_words(rows[:SHOWN])
				],
				"more": max(len(rows) - SHOWN, 0),
				"list_link": get_url(f"{DESK}/my-delays"),
			},
		)
	return mail_queue.queue_mail(email, subject, html, store.DOCTYPE, rows[0]["name"])


def _subject(late: int, at_risk: int) -> str:
	words = []
	if late:
		words.append(_("{0} late").format(late))
	if at_risk:
		words.append(_("{0} at risk").format(at_risk))
	return _("Delayed orders of yours: {0}").format(", ".join(words))


def is_switched_on() -> bool:
	"""Whether people get their delays by mail once a day."""
	return flow_settings().get("delay_digest") == "On"
