"""What became of mails after Frappe took them: tried on while a mail server is away, and marked where one
comes back.
"""

from datetime import timedelta

import frappe
from frappe.utils import add_to_date, cint, now_datetime, strip_html

from sales_wh_flow.base import hold_rows, mail_queue, said, settings, timeline
from sales_wh_flow.milestones import once_more, sayings
from sales_wh_flow.milestones import timeline as words
from sales_wh_flow.milestones.rules import returned_mail
from sales_wh_flow.milestones.store import queue

_MOST_DAYS = 14
"""A report of a mail that is older than that says nothing of ours."""
_TRIED_FOR_HOURS = 72
"""How long a mail server may be away, where the settings say no age."""


def try_on() -> dict[str, int]:
	"""Mails that Frappe gave up go out once the server is back; what a server refuses for good has come back,
	what is too old has failed, and what is not so any more is not needed. Returns {"again", "came_back",
	"failed", "not_needed"}: messages.
	"""
	known = queue.messages_by_mail()
	hold_rows.hold_order_rows(queue.orders_told(it for names in known.values() for it in names))
	hours = cint(settings.flow_settings().message_stale_hours) or _TRIED_FOR_HOURS
	oldest = now_datetime() - timedelta(hours=hours)
	again, done = [], {"again": 0, "came_back": 0, "failed": 0, "not_needed": 0}
	for mail in mail_queue.given_up(known):
		refusal = returned_mail.refusal_in(mail.error)
		if refusal:
			done["came_back"] += mark_returned(known[mail.name], refusal)
		elif mail.queued_on < oldest:
			why = said.keep(sayings.mail_server_was_away, hours=hours)
			done["failed"] += queue.change_sent(known[mail.name], queue.FAILED, why)
		elif _is_told_no_more(known[mail.name]):
			done["not_needed"] += len(known[mail.name])
		else:
			again.append(mail.name)
			done["again"] += len(known[mail.name])
	mail_queue.try_anew(again)
	return done


def _is_told_no_more(names: list[str]) -> bool:
	"""Whether nothing of what a mail tells is so any more; its messages say why."""
	whys = {it["name"]: once_more.why_unsent(it) for it in queue.sent_of(names)}
	if not whys or not all(whys.values()):
		return False
	for name, why in whys.items():
		queue.change_sent([name], queue.NOT_NEEDED, why)
	queue.free_keys(whys)
	return True


def take_in_report(mail) -> int:
	"""A mail that came in: a server's report of one of ours marks the newest message to that address.

	Returns how many messages have come back by it.
	"""
	# Of a report Frappe shows the mail that came back; what the server says is in the text beside it.
	text = "\n".join((mail.get("text_content") or "", strip_html(mail.content or "")))
	if not returned_mail.tells_of_failure(mail.sender or "", mail.subject or "", text):
		return 0
	since = add_to_date(now_datetime(), days=-_MOST_DAYS)
	order = mail.reference_name if mail.reference_doctype == "Sales Order" else None
	names = queue.newest_mailed_to(returned_mail.addresses_in(text), since, order)
	return mark_returned(names, returned_mail.reason_in(text)) if names else 0


def mark_returned(names: list[str], reason: str) -> int:
	"""These messages came back; the order's timeline says so, too. Returns how many were out."""
	out = queue.sent_of(names)
	queue.change_sent(
		[it["name"] for it in out], queue.CAME_BACK, said.keep(sayings.mail_was_returned, reason=reason)
	)
	for it in out:
		order = frappe.get_doc("Sales Order", it["sales_order"])
		timeline.note(order, words.mail_came_back, receiver=it["receiver"], reason=reason)
	return len(out)
