"""Right before a message goes out it is looked at once more: is it still so, and to whom does it go now?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe

from sales_wh_flow.base import hold_rows, said, settings, users
from sales_wh_flow.milestones import sayings, wishes
from sales_wh_flow.milestones.rules import still_true
from sales_wh_flow.milestones.rules.message_rules import (
	CUSTOMER,
	DESK,
	MAIL,
	NOTIFICATION,
	ON,
	MessageRuleFacts,
)
from sales_wh_flow.milestones.rules.milestones import DELAYED, MAY_BE_INVOICED
from sales_wh_flow.milestones.store import people, queue, still
from sales_wh_flow.milestones.store.rules import message_rules


@dataclass(frozen=True, slots=True)
class Outlook:
	"""A message as it goes out now; or why it does not, and what it is then: Failed, where somebody can mend
	that, else Not Needed. ``order``: None where it is gone.
	"""

	message: Mapping
	rule: MessageRuleFacts | None = None
	order: object = None
	state: str = ""
	why: str | None = None


def hold_with_orders(names: Iterable[str], orders: Iterable[str] = ()) -> list[dict]:
	"""Those of these messages that still wait, locked by name, after the rows of their orders: whatever
	changes an order holds its row first, too. ``orders``: theirs, where they are known: then nothing is read
	before they are held, and addresses and wishes are those of that moment. None where messages have been
	switched off, or to Shadow: they wait on.
	"""
	wanted = tuple(names)
	hold_rows.hold_order_rows(orders or queue.orders_told(wanted))
	held = queue.hold_messages(wanted)
	return held if settings.is_on_now(settings.MESSAGES) else []


def look_again(message: Mapping) -> Outlook:
	"""A message that is held, with its order. Nothing is settled here, but a new address is written down."""
	rule = next((it for it in message_rules() if it.name == message["rule"]), None)
	if rule is None or rule.state != ON:
		return Outlook(message, state=queue.FAILED, why=said.keep(sayings.rule_is_off))
	if rule.channel == NOTIFICATION and not frappe.db.get_value("Notification", rule.notification, "enabled"):
		why = said.keep(sayings.notification_is_off, notification=rule.notification)
		return Outlook(message, state=queue.FAILED, why=why)
	if any(message[it] != getattr(rule, it) for it in ("milestone", "audience", "channel")):
		return Outlook(message, state=queue.FAILED, why=said.keep(sayings.rule_is_another))
	found = still.order_now(message["sales_order"], settings.is_on(settings.FORECAST))
	if found is None:
		return Outlook(message, rule, state=queue.FAILED, why=said.keep(sayings.order_is_gone))
	now, expected = found
	why = why_not_any_more(message, now)
	order = frappe.get_doc("Sales Order", message["sales_order"])
	if why:
		return Outlook(message, rule, order, queue.NOT_NEEDED, why)
	told = {**message, "facts": _with_day(message, expected)}
	if rule.audience == CUSTOMER:
		return _to_customer(told, rule, order)
	return _to_user(told, rule, order) if rule.channel in (MAIL, DESK) else Outlook(told, rule, order)


def why_unsent(message: Mapping) -> str | None:
	"""Why a mail that is queued and could not leave is not to leave any more, kept; None where it is. Its
	order is held.
	"""
	found = still.order_now(message["sales_order"], settings.is_on(settings.FORECAST))
	if found is None:
		return said.keep(sayings.order_is_gone)
	why = why_not_any_more(message, found[0])
	if not why and message["audience"] == CUSTOMER and _told(message).has_opted_out:
		return said.keep(sayings.wants_it_no_more)
	return why


def _told(message: Mapping) -> people.ToldOrder:
	(told,) = people.orders_to_tell([message["sales_order"]], message["milestone"], wishes.need_consent())
	return told


def why_not_any_more(message: Mapping, now: still_true.OrderNow) -> str | None:
	"""Why what a message tells is not so any more, kept; None where it is. ``now``: its order, locked."""
	milestone = message["milestone"]
	if milestone == MAY_BE_INVOICED:
		now = still_true.OrderNow(
			now.docstatus, now.status, may_be_invoiced=still.may_be_invoiced(message["sales_order"])
		)
	papers = _papers(message)
	code = still_true.TAKEN_BACK if papers is None else still_true.why_untrue(milestone, now, papers)
	if code == still_true.CANCELLED:
		return said.keep(sayings.order_was_cancelled)
	if code == still_true.CLOSED:
		return said.keep(sayings.order_was_closed)
	return said.keep(sayings.taken_back, milestone=milestone) if code else None


def _papers(message: Mapping) -> tuple[still_true.PaperNow, ...] | None:
	"""The box and the document that a message names, as they are; None where its document was deleted. A name
	of something that is not ours says nothing.
	"""
	box, document = message["box"] or "", json.loads(message["facts"] or "{}").get("document") or ""
	found = []
	for name in dict.fromkeys(it for it in (box, document) if it):
		kinds = still_true.PAPERS.get(message["milestone"], ())
		papers = [paper for kind in kinds if (paper := still.paper_now(kind, name))]
		if kinds and name == document and box in ("", document) and not papers:
			return None
		found += papers
	return tuple(found)


def _with_day(message: Mapping, expected) -> str | None:
	"""What is told of a delay names the day that is expected now. Whoever else notes one names his own."""
	facts = json.loads(message["facts"] or "{}")
	if message["milestone"] != DELAYED or "old_date" not in facts or not settings.is_on(settings.FORECAST):
		return message["facts"]
	return json.dumps({**facts, "new_date": str(expected or "")}, ensure_ascii=False)


def _to_customer(message: Mapping, rule: MessageRuleFacts, order) -> Outlook:
	"""To the address, and in the language, that are known by now; unless the customer wants it no more."""
	told = _told(message)
	if told.has_opted_out:
		why = said.keep(sayings.wants_it_no_more)
		return Outlook(message, rule, order, queue.NOT_NEEDED, why)
	if rule.channel != MAIL:
		return Outlook(message, rule, order)
	if not told.customer_email:
		why = said.keep(sayings.no_address, audience=CUSTOMER)
		return Outlook(message, rule, order, queue.FAILED, why)
	if told.customer_email != message["receiver"]:
		queue.send_elsewhere(message["name"], told.customer_email)
	values = {"receiver": told.customer_email, "language": told.language}
	return Outlook({**message, **values}, rule, order)


def _to_user(message: Mapping, rule: MessageRuleFacts, order) -> Outlook:
	user = message["receiver"]
	if not frappe.db.get_value("User", user, "enabled"):
		return Outlook(message, rule, order, queue.NOT_NEEDED, said.keep(sayings.has_left, user=user))
	if not frappe.has_permission("Sales Order", "read", doc=order, user=user):
		return Outlook(message, rule, order, queue.FAILED, said.keep(sayings.may_not_read, user=user))
	if rule.channel == MAIL and not users.emails_of([user]):
		why = said.keep(sayings.no_address, audience=rule.audience)
		return Outlook(message, rule, order, queue.FAILED, why)
	return Outlook(message, rule, order)
