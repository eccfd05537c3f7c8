"""Something happened to an order: whoever is to know gets a message, written in the same transaction.

For other capabilities, from ``events/`` or above:
``happened.note_happened("Dispatched", order, box="BOX-000001", tracking_no="JD01")``. The same happening
noted twice is told once; what failed for want of an address, or was kept in Shadow, is told when it happens
again and there is one, or the rule is On.
Nothing is written, and no statement run, while Messages are switched off.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from frappe.utils import add_to_date, cint, now_datetime

from sales_wh_flow.base import background, said, settings, trees
from sales_wh_flow.milestones import sayings, wishes
from sales_wh_flow.milestones.rules.delivery import message_key
from sales_wh_flow.milestones.rules.message_rules import (
	ACCOUNTS,
	CUSTOMER,
	DESK,
	MAIL,
	NOTIFICATION,
	SELLER,
	WAREHOUSE,
	WEBHOOK,
	MessageRuleFacts,
	rules_for,
)
from sales_wh_flow.milestones.rules.message_rules import ON as RULE_ON
from sales_wh_flow.milestones.rules.milestones import milestone_named
from sales_wh_flow.milestones.store import people, queue, rounds, told_nobody
from sales_wh_flow.milestones.store.people import ToldOrder
from sales_wh_flow.milestones.store.queue import NewMessage
from sales_wh_flow.milestones.store.rules import message_rules

_SEND = "sales_wh_flow.milestones.jobs.send_messages"


def note_happened(milestone: str, order: str, box: str | None = None, occasion: str = "", **values) -> None:
	"""An order passed a milestone. ``occasion``: tells apart what may happen more than once, e.g. the new
	date of a delay; without one, the round that the order is in does (`store.rounds`). ``values``: what JSON
	knows, for the words.

	Statements while Messages are on: none where no rule speaks of the milestone; else 2, and one more for
	each rule that tells a role, one for what comes in rounds, and one where something was noted before.
	"""
	note_all(milestone, [order], box, occasion, **values)


def note_all(
	milestone: str, orders: Iterable[str], box: str | None = None, occasion: str = "", **values
) -> None:
	"""Several orders passed a milestone at once; see `note_happened`."""
	names = sorted({order for order in orders if order})
	if not names or not settings.is_used(settings.MESSAGES):
		return
	key = milestone_named(milestone)
	rules = [rule for rule in message_rules() if rule.milestone == key]
	if not rules:
		return
	occasions = dict.fromkeys(names, occasion) if occasion else rounds.rounds_of(key, names)
	wanted = messages_wanted(key, names, rules, box or "", occasions, values)
	new = queue.write_messages(wanted)
	if new < len(wanted):  # some were noted before
		new += told_nobody.wait_after_all(wanted)
	if new:
		background.run(_SEND, job_id="send_order_messages", deduplicate=True)


def messages_wanted(
	milestone: str,
	orders: list[str],
	rules: Iterable[MessageRuleFacts],
	box: str = "",
	occasions: Mapping[str, str] | None = None,
	values: Mapping[str, object] | None = None,
) -> list[NewMessage]:
	"""The messages that the rules ask for; nothing is written. ``occasions``: {order: occasion}."""
	told = people.orders_to_tell(orders, milestone, wishes.need_consent())
	groups = {it.customer_group for it in told} if any(rule.customer_group for rule in rules) else ()
	above = trees.above("Customer Group", groups)
	facts = json.dumps(values or {}, default=str, ensure_ascii=False)
	found: dict[str, NewMessage] = {}
	for order in told:
		for rule in rules_for(rules, milestone, order.company, above.get(order.customer_group, ())):
			for receiver in _receivers(rule, order):
				whom = "" if _is_mail_to_customer(rule) else receiver  # whose address may change
				occasion = (occasions or {}).get(order.name, "")
				key = message_key(order.name, milestone, box, whom, rule.channel, occasion)
				if key not in found or (found[key].state == queue.SHADOWED and _is_live(rule)):
					found[key] = _message(rule, order, receiver, key, box, facts)
	return list(found.values())


def _message(rule, order: ToldOrder, receiver: str, key: str, box: str, facts: str) -> NewMessage:
	state = (queue.WAITING if receiver else queue.FAILED) if _is_live(rule) else queue.SHADOWED
	why = None if receiver else said.keep(sayings.no_address, audience=rule.audience)
	wait_min = cint(settings.flow_settings().message_digest_minutes) if rule.digest else 0
	return NewMessage(
		sales_order=order.name,
		box=box,
		milestone=rule.milestone,
		audience=rule.audience,
		receiver=receiver,
		channel=rule.channel,
		language=order.language if rule.audience == CUSTOMER else "",
		rule=rule.name,
		state=state,
		why=why,
		next_try=add_to_date(now_datetime(), minutes=wait_min),
		digest=rule.digest,
		facts=facts,
		unique_key=key,
	)


def _is_live(rule: MessageRuleFacts) -> bool:
	return rule.state == RULE_ON and settings.is_on(settings.MESSAGES)


def _is_mail_to_customer(rule: MessageRuleFacts) -> bool:
	return rule.audience == CUSTOMER and rule.channel == MAIL


def _receivers(rule: MessageRuleFacts, order: ToldOrder) -> Iterator[str]:
	"""Addresses of customers, users' names of all others, servers of webhooks; "" where there is none."""
	if rule.audience == CUSTOMER and order.has_opted_out:
		return
	if rule.channel == WEBHOOK:
		yield rule.webhook_shown
	elif rule.channel == NOTIFICATION:
		yield rule.notification
	elif rule.audience == CUSTOMER:
		yield order.customer_email
	elif rule.channel in (MAIL, DESK):
		yield from _people(rule, order)


def _people(rule: MessageRuleFacts, order: ToldOrder) -> list[str]:
	if rule.audience == SELLER:
		return [order.seller] if order.seller else []
	if rule.audience == WAREHOUSE:
		return people.users_of_warehouses(rule.role, order.name)
	return people.users_of_company(rule.role, order.name) if rule.audience == ACCOUNTS else []
