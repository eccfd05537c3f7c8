"""Messages that wait go out. Mails and notes on desks are queued by Frappe in the transaction that says so,
so each goes out once, wherever a job is killed; a webhook goes to others, so it goes at least once, under one
id. A Notification of Frappe's is run in that transaction: what it queues goes once, an SMS at least once.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, get_datetime, get_system_timezone, get_url

from sales_wh_flow.base import call_out, mail_queue, notify, reader, said, settings, users
from sales_wh_flow.base.told import told_by
from sales_wh_flow.milestones import once_more, sayings, texts
from sales_wh_flow.milestones.rules.delivery import MOST_ATTEMPTS, delay_min
from sales_wh_flow.milestones.rules.message_rules import CUSTOMER, DESK, MAIL, NOTIFICATION, WEBHOOK
from sales_wh_flow.milestones.rules.webhook import body_of, signed_headers
from sales_wh_flow.milestones.store import queue


def send_message(name: str, order: str = "") -> str:
	"""Queue one mail or note, or run a Notification, and say so, in this transaction. Returns its state, ""
	when somebody else has sent it. ``order``: see `once_more.hold_with_orders`.
	"""
	held = once_more.hold_with_orders([name], [order] if order else ())
	if not held:
		return ""
	now = once_more.look_again(held[0])
	if now.why:
		return _keep_back(now)
	message, rule, doc = now.message, now.rule, now.order
	if rule.channel == NOTIFICATION:
		spoken = texts.in_language(message["language"] or "") if rule.audience == CUSTOMER else nullcontext()
		with spoken:
			frappe.get_doc("Notification", rule.notification).send(doc)
		mail = ""
	elif rule.audience == CUSTOMER:
		with texts.in_language(message["language"] or ""):
			mail = _mail(message["receiver"], *texts.message_text(rule, message, doc), doc.name)
	else:
		mail = _tell_user(message, lambda: texts.message_text(rule, message, doc), doc.name)
	return _end([name], rule.channel, mail)


def _keep_back(now: once_more.Outlook) -> str:
	"""It does not go out; what is not needed may be told another time, when it happens again."""
	name = now.message["name"]
	queue.settle_messages([name], now.state, now.why)
	if now.state == queue.NOT_NEEDED:
		queue.free_keys([name])
	return now.state


def _end(names: list[str], channel: str, mail: str) -> str:
	"""They are out; unless Frappe queued no mail, for somebody who has unsubscribed."""
	if channel == MAIL and not mail and not frappe.are_emails_muted():
		queue.settle_messages(names, queue.FAILED, said.keep(sayings.has_unsubscribed))
		return queue.FAILED
	queue.settle_messages(names, queue.SENT, mail=mail)
	return queue.SENT


def send_digest(names: list[str], orders_told: Iterable[str] = ()) -> str:
	"""Send messages of one receiver, channel and milestone as one. Returns their state, "" where none went.
	``orders_told``: see `once_more.hold_with_orders`.
	"""
	fitting: list[once_more.Outlook] = []
	for message in once_more.hold_with_orders(names, orders_told):
		now = once_more.look_again(message)
		if now.why:
			_keep_back(now)
		else:
			fitting.append(now)
	if not fitting:
		return ""
	orders, first = {it.order.name: it.order for it in fitting}, fitting[0]
	told = [it.message for it in fitting]

	def text() -> tuple[str, str]:
		if len(orders) == 1:
			return texts.message_text(first.rule, first.message, first.order)
		return texts.digest_text(told, orders)

	mail = _tell_user(first.message, text, min(orders))
	return _end([it["name"] for it in told], first.message["channel"], mail)


def claim_message(name: str, order: str = "") -> dict | None:
	"""A webhook that is to go out now, with what it takes; None when somebody else is at it,
	or it can't go out.

	Whoever claims it is killed: its next try comes by itself.
	"""
	held = once_more.hold_with_orders([name], [order] if order else ())
	if not held or held[0]["next_try"] > frappe.utils.now_datetime():
		return None
	now = once_more.look_again(held[0])
	if now.why:
		_keep_back(now)
		return None
	message, rule = now.message, now.rule
	if rule.channel == WEBHOOK and rule.webhook_shown != message["receiver"]:
		queue.send_elsewhere(name, rule.webhook_shown)
	attempts = message["attempts"] + 1
	queue.put_off(name, attempts, delay_min(attempts), message["why"])
	return {**message, "attempts": attempts, "rule_facts": rule, "order": now.order}


def deliver(claimed: Mapping) -> str | None:
	"""Outside of any transaction: call the webhook. Returns why it failed, kept."""
	try:
		status = call_out.post_webhook(*_addressed(claimed), may_be_private=_private_is_allowed())
		return None if 200 <= status < 300 else said.keep(sayings.could_not_be_sent, problem=f"HTTP {status}")
	except call_out.AddressIsRefused as problem:
		return said.keep(sayings.address_is_refused, problem=str(problem))
	except Exception as problem:
		frappe.logger("sales_wh_flow").warning("message %s: %s", claimed["name"], problem)
		return said.keep(sayings.could_not_be_sent, problem=type(problem).__name__)


def end_attempt(name: str, attempts: int, why: str | None) -> str:
	"""What came of a delivery. Returns the state of the message."""
	if not queue.hold_messages([name]):
		return ""
	if why is None:
		queue.settle_messages([name], queue.SENT)
		return queue.SENT
	if attempts >= MOST_ATTEMPTS or said.code_of(why).endswith("address_is_refused"):
		queue.settle_messages([name], queue.FAILED, why)
		return queue.FAILED
	queue.put_off(name, attempts, delay_min(attempts), why)
	return queue.WAITING


def give_up_stale(hours: int) -> int:
	"""End messages whose time came so long ago and that nobody sent. Returns how many it was."""
	held = queue.hold_messages(queue.overdue_messages(hours))
	names = [message["name"] for message in held]
	if names:
		queue.settle_messages(names, queue.FAILED, said.keep(sayings.too_old, hours=hours))
	return len(names)


def could_not_be_queued(name: str, problem: Exception) -> None:
	"""A mail or note failed (no account, a broken template): it is tried again, for about a day."""
	held = queue.hold_messages([name])
	if not held:
		return
	if isinstance(problem, frappe.OutgoingEmailError):
		why = said.keep(sayings.no_mail_account)
	else:
		why = said.keep(sayings.could_not_be_sent, problem=told_by(problem))
	end_attempt(name, held[0]["attempts"] + 1, why)


def _tell_user(message: Mapping, text: Callable[[], tuple[str, str]], order: str) -> str:
	"""Returns the mail, "" for a note on the desk."""
	user = message["receiver"]
	with reader.reading_as(user):
		subject, html = text()
	if message["channel"] == DESK:
		notify.write_logs(notify.log_of(order, frappe.utils.escape_html(subject), html), [user])
		return ""
	return "".join(_mail(email, subject, html, order) for email in users.emails_of([user]))


def _mail(email: str, subject: str, html: str, order: str) -> str:
	"""One row of Frappe's Email Queue, in this transaction; returns its name."""
	return mail_queue.queue_mail(email, subject, html, "Sales Order", order)


def _addressed(claimed: Mapping) -> tuple[str, bytes, dict[str, str]]:
	"""(address, body, headers). The address is the rule's as it is now, and is written nowhere else."""
	order, rule = claimed["order"], claimed["rule_facts"]
	data = {
		"order": order.name,
		"po_no": order.po_no or "",
		"customer": order.customer,
		"company": order.company,
		"box": claimed["box"] or "",
		"flow_status": "" if rule.audience == CUSTOMER else order.get("swf_flow_status") or "",
		"values": texts.milestone_values(claimed, rule.audience == CUSTOMER),
		"site": get_url(),
	}
	happened_on = get_datetime(claimed["happened_on"]).replace(tzinfo=ZoneInfo(get_system_timezone()))
	body = body_of(claimed["milestone"], happened_on.isoformat(), data)
	doc = frappe.get_cached_doc("Message Rule", rule.name)
	url, secret = doc.get_password("webhook_url"), doc.get_password("webhook_secret")
	return url, body, signed_headers(secret, claimed["name"], int(frappe.utils.time.time()), body)


def _private_is_allowed() -> bool:
	return bool(cint(settings.flow_settings().private_webhooks))
