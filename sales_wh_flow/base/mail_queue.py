"""Mails of ours in Frappe's Email Queue: Frappe gives one up after a few tries, within minutes; a mail server
may be away for a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.base import bulk

NOT_SENT, SENDING, ERROR = "Not Sent", "Sending", "Error"


@dataclass(frozen=True, slots=True)
class GivenUp:
	"""A mail that Frappe has given up. ``error``: the traceback of its last try."""

	name: str
	error: str
	queued_on: datetime


def queue_mail(email: str, subject: str, html: str, doctype: str, name: str) -> str:
	"""One row of the Email Queue, in this transaction. Returns its name; "" where Frappe queued none, because
	the receiver has unsubscribed.
	"""
	made = frappe.sendmail(
		recipients=[email],
		subject=subject,
		message=html,
		reference_doctype=doctype,
		reference_name=name,
		add_unsubscribe_link=0,
	)
	return made.name if made else ""


def given_up(mails: Iterable[str]) -> list[GivenUp]:
	"""Those of these mails that Frappe has given up, or whose sender was killed, by name; locked, so that one
	job takes each.
	"""
	names = tuple(sorted(set(mails)))
	if not names:
		return []
	rows = frappe.db.sql(
		"""select name, coalesce(error, ''), creation from `tabEmail Queue` force index (primary)
		where name in %s and (status = %s or status = %s and modified < %s) order by name for update""",
		(names, ERROR, SENDING, killed_before()),
	)
	return [GivenUp(*row) for row in rows]


def killed_before() -> datetime:
	"""What has been on its way out since before then has lost its sender: sending takes minutes."""
	return add_to_date(now_datetime(), hours=-1)


def mails_about(doctype: str, since: datetime) -> dict[str, str]:
	"""{mail: to whom} of those about documents of a kind that Frappe gave up since then."""
	rows = frappe.db.sql(
		"""select mail.name, min(receiver.recipient) from `tabEmail Queue` mail
		join `tabEmail Queue Recipient` receiver on receiver.parent = mail.name
		where mail.reference_doctype = %s and mail.status = %s and mail.creation >= %s
		group by mail.name order by mail.name""",
		(doctype, ERROR, since),
	)
	return dict(rows)


def try_anew(mails: Iterable[str]) -> int:
	"""Frappe tries them again, as if they were new. Returns how many."""
	names = tuple(sorted(set(mails)))
	if not names:
		return 0
	frappe.db.sql(
		"""update `tabEmail Queue` force index (primary)
		set status = %s, retry = 0 where name in %s and status in (%s, %s)""",
		(NOT_SENT, names, ERROR, SENDING),
	)
	return bulk.changed_rows()


def drop_unsent(doctype: str, email: str) -> int:
	"""Mails of a kind to an address that have not left yet are given up: a newer one takes their place."""
	frappe.db.sql(
		"""update `tabEmail Queue` mail
		join `tabEmail Queue Recipient` receiver on receiver.parent = mail.name
		set mail.status = %s, mail.error = 'A newer one took its place', mail.reference_doctype = null
		where mail.reference_doctype = %s and receiver.recipient = %s and mail.status in (%s, %s)""",
		(ERROR, doctype, email, NOT_SENT, ERROR),
	)
	return bulk.changed_rows()
