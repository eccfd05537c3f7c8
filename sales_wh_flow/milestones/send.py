"""Messages that wait go out. Mails and notes on desks are queued by Frappe in the transaction that says so,
so each goes out once, wherever a job is killed; a webhook goes to others, so it goes at least once, under one
id. A Notification of Frappe's is run in that transaction: what it queues goes once, an SMS at least once.
"""

from collections.abc import Callable, Mapping

import frappe
from frappe.utils import cint, get_url

from sales_wh_flow.base import call_out, mail_queue, notify, reader, said, settings, users
from sales_wh_flow.milestones import sayings, texts
from sales_wh_flow.milestones.rules.delivery import MOST_ATTEMPTS, delay_min
from sales_wh_flow.milestones.rules.message_rules import (
	CUSTOMER,
	DESK,
	MAIL,
	NOTIFICATION,
	ON,
	WEBHOOK,
	MessageRuleFacts,
)
from sales_wh_flow.milestones.rules.webhook import body_of, signed_headers
from sales_wh_flow.milestones.store import queue
from sales_wh_flow.milestones.store.rules import message_rules


def send_message(name: str) -> str:
	"""Queue one mail or note, or run a Notification, and say so, in this transaction. Returns its state, ""
	when somebody else has sent it.
	"""
	held = queue.hold_messages([name])
	if not held:
		return ""
	message = held[0]
	rule, order, why = _fit(message)
	if why:
		queue.settle_messages([name], queue.FAILED, why)
		return queue.FAILED
	if rule.channel == NOTIFICATION:
		frappe.get_doc("Notification", rule.notification).send(order)
		mail = ""
	elif rule.audience == CUSTOMER:
		with texts.in_language(message["language"] or ""):
			mail = _mail(message["receiver"], *texts.message_text(rule, message, order), order.name)
	else:
		mail = _tell_user(message, lambda: texts.message_text(rule, message, order), order.name)
	return _end([name], rule.channel, mail)


def _end(names: list[str], channel: str, mail: str) -> str:
	"""They are out; unless Frappe queued no mail, for somebody who has unsubscribed."""
	if channel == MAIL and not mail and not frappe.are_emails_muted():
		queue.settle_messages(names, queue.FAILED, said.keep(sayings.has_unsubscribed))
		return queue.FAILED
	queue.settle_messages(names, queue.SENT, mail=mail)
	return queue.SENT


def send_digest(names: list[str]) -> str:
	"""Send messages of one receiver, channel and milestone as one."""
	held = queue.hold_messages(names)
	fitting, orders = [], {}
	for message in held:
		_rule, order, why = _fit(message)
		if why:
			queue.settle_messages([message["name"]], queue.FAILED, why)
		else:
			fitting.append(message)
			orders[order.name] = order
	if not fitting:
		return ""
	if len(orders) == 1:
		rule, order = _rule_of(fitting[0]), next(iter(orders.values()))
		mail = _tell_user(fitting[0], lambda: texts.message_text(rule, fitting[0], order), order.name)
	else:
		mail = _tell_user(fitting[0], lambda: texts.digest_text(fitting, orders), min(orders))
	return _end([message["name"] for message in fitting], fitting[0]["channel"], mail)


def claim_message(name: str) -> dict | None:
	"""A webhook that is to go out now, with what it takes; None when somebody else is at it,
	or it can't go out.

	Whoever claims it is killed: its next try comes by itself.
	"""
	held = queue.hold_messages([name])
	if not held or held[0]["next_try"] > frappe.utils.now_datetime():
		return None
	message = held[0]
	rule, order, why = _fit(message)
	if why:
		queue.settle_messages([name], queue.FAILED, why)
		return None
	if rule.channel == WEBHOOK and rule.webhook_shown != message["receiver"]:
		queue.send_elsewhere(name, rule.webhook_shown)
	attempts = message["attempts"] + 1
	queue.put_off(name, attempts, delay_min(attempts), message["why"])
	return {**message, "attempts": attempts, "rule_facts": rule, "order": order}


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


def could_not_be_queued(name: str) -> None:
	"""A mail or note failed (no account, a broken template): it is tried again, for about a day."""
	held = queue.hold_messages([name])
	if held:
		end_attempt(name, held[0]["attempts"] + 1, said.keep(sayings.could_not_be_sent))


def _fit(message: Mapping) -> tuple[MessageRuleFacts | None, object, str | None]:
	"""(rule, order, why the message does not go out any more)"""
	rule = _rule_of(message)
	if rule is None or rule.state != ON:
		return None, None, said.keep(sayings.rule_is_off)
	if not frappe.db.exists("Sales Order", message["sales_order"]):
		return rule, None, said.keep(sayings.order_is_gone)
	order = frappe.get_doc("Sales Order", message["sales_order"])
	is_user = rule.audience != CUSTOMER and rule.channel in (MAIL, DESK)
	if is_user and not frappe.has_permission("Sales Order", "read", doc=order, user=message["receiver"]):
		return rule, order, said.keep(sayings.may_not_read, user=message["receiver"])
	return rule, order, None


def _rule_of(message: Mapping) -> MessageRuleFacts | None:
	return next((it for it in message_rules() if it.name == message["rule"]), None)


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
	body = body_of(claimed["milestone"], str(claimed["happened_on"]), data)
	doc = frappe.get_cached_doc("Message Rule", rule.name)
	url, secret = doc.get_password("webhook_url"), doc.get_password("webhook_secret")
	return url, body, signed_headers(secret, claimed["name"], int(frappe.utils.time.time()), body)


def _private_is_allowed() -> bool:
	return bool(cint(settings.flow_settings().private_webhooks))
