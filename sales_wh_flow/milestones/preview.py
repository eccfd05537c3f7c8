"""What would be told of an order, and to whom, if it passed a milestone now; nothing is written or sent."""

from sales_wh_flow.base import reader, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.milestones import happened, texts, words
from sales_wh_flow.milestones.answers import MessageOfOrder, PreviewedMessage
from sales_wh_flow.milestones.rules.message_rules import CUSTOMER, DESK, MAIL
from sales_wh_flow.milestones.rules.milestones import MILESTONES, milestone_named
from sales_wh_flow.milestones.samples import sample_of
from sales_wh_flow.milestones.store import queue
from sales_wh_flow.milestones.store.rules import message_rules


def preview_messages(order, milestone: str) -> list[PreviewedMessage]:
	"""What would be told of an order if it passed the milestone now, and to whom."""
	try:
		key = milestone_named(milestone)
	except LookupError:
		refuse(RuleViolation("no_milestone", milestone=milestone, known=", ".join(MILESTONES)))
	rules = {it.name: it for it in message_rules() if it.milestone == key}
	told = sample_of(key, order)
	wanted = happened.messages_wanted(key, [order.name], rules.values(), told.box, values=told.values)
	return [_shown(rules[it.rule], it, order, told.examples) for it in wanted]


def messages_of(order: str) -> list[MessageOfOrder]:
	"""What was told of an order, in words of the reader, the newest first."""
	rows = queue.messages_of_order(order)
	said.word_rows(rows, "why")
	return rows


def _shown(rule, message: queue.NewMessage, order, examples: tuple[str, ...]) -> PreviewedMessage:
	shown: PreviewedMessage = {
		"rule": rule.name,
		"audience": rule.audience,
		"channel": rule.channel,
		"receiver": message.receiver,
		"state": message.state,
		"why": said.worded(message.why),
		"language": message.language,
		"subject": "",
		"message": "",
	}
	if rule.channel not in (MAIL, DESK) or not message.receiver:
		return shown
	facts = {"milestone": message.milestone, "facts": message.facts, "box": message.box}
	is_for_customer = rule.audience == CUSTOMER
	spoken = texts.in_language(message.language) if is_for_customer else reader.reading_as(message.receiver)
	try:
		with spoken:
			subject, html = texts.message_text(rule, facts, order, with_link=False, examples=examples)
	except texts.TemplateIsBroken as broken:
		return {**shown, "why": words.template_is_broken(broken.template, broken.problem)}
	return {**shown, "subject": subject, "message": html}
