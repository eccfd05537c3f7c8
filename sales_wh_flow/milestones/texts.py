"""A message in the words of its reader: a template of the rule, else the app's own."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import frappe
from frappe.utils import escape_html, format_date, get_url

from sales_wh_flow.base import in_words, retry, settings
from sales_wh_flow.base.compat import template_error
from sales_wh_flow.base.reader import text_direction
from sales_wh_flow.milestones import page_link, words
from sales_wh_flow.milestones.rules.customer_states import qty_left
from sales_wh_flow.milestones.rules.message_rules import CUSTOMER, MessageRuleFacts, template_in
from sales_wh_flow.milestones.rules.milestones import DELAYED, FOR_EYES_OUTSIDE
from sales_wh_flow.milestones.store import contents, page_links

_TEMPLATE = "sales_wh_flow/templates/emails/order_message.html"
_DATES = ("new_date", "old_date")


@contextmanager
def in_language(language: str) -> Iterator[None]:
	"""Inside, texts are worded in this language; "" = the site's."""
	before = frappe.local.lang
	frappe.local.lang = language or frappe.db.get_default("lang") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before


def message_text(
	rule: MessageRuleFacts, message: Mapping, order, with_link: bool = True, examples: Iterable[str] = ()
) -> tuple[str, str]:
	"""(subject, HTML) in the language that is spoken now. ``with_link``: a link for the customer is made.
	``examples``: values that nobody knows yet, which say so.

	Raises: TemplateIsBroken.
	"""
	facts = _facts(rule, message, order, with_link, examples)
	template = template_in(rule.templates, frappe.local.lang)
	if template:
		return _filled_in(template, facts)
	subject = words.milestone_subject(message["milestone"], facts["order"]["name"])
	facts = {**facts, "subject": subject, "text": words.milestone_text(message["milestone"])}
	return subject, frappe.render_template(_TEMPLATE, facts)


class TemplateIsBroken(frappe.ValidationError):
	"""A company's own template can't be filled in; ``problem``: what Jinja says of it."""

	def __init__(self, template: str, problem: str) -> None:
		super().__init__(f"{template}: {problem}")
		self.template, self.problem = template, problem


def _filled_in(template: str, facts: Mapping) -> tuple[str, str]:
	"""(subject, HTML). Raises: TemplateIsBroken."""
	told = list(frappe.local.message_log)
	try:
		made = frappe.get_doc("Email Template", template).get_formatted_email(facts)
	except Exception as error:
		if retry.is_worth_retrying(error):
			raise
		frappe.local.message_log = told  # Frappe tells the whole template with its traceback
		cause = error.__context__ if isinstance(error, frappe.ValidationError) else None
		raise TemplateIsBroken(
			template, f"{type(cause or error).__name__}: {template_error(cause or error)}"
		) from error
	return made["subject"], made["message"]


def milestone_values(message: Mapping, is_for_customer: bool) -> dict[str, object]:
	"""What happened, as it was noted; for customers only what is for eyes outside."""
	values = json.loads(message.get("facts") or "{}")
	if is_for_customer:
		values = {key: value for key, value in values.items() if key in FOR_EYES_OUTSIDE}
	return values


def digest_text(messages: list[Mapping], orders: Mapping[str, object]) -> tuple[str, str]:
	"""(subject, HTML) of many messages of one milestone."""
	rows = "".join(
		f'<li><a href="{escape_html(get_url(order.get_url()))}">{escape_html(order.name)}</a> '
		f"{escape_html(order.customer_name)}</li>"
		for message in messages
		if (order := orders.get(message["sales_order"]))
	)
	milestone = messages[0]["milestone"]
	subject = words.digest_subject(milestone, len(orders))
	text = escape_html(words.milestone_text(milestone))
	return subject, f'<div dir="{text_direction()}"><p>{text}</p><ul>{rows}</ul></div>'


def _facts(rule: MessageRuleFacts, message: Mapping, order, with_link: bool, examples: Iterable[str]) -> dict:
	is_for_customer = rule.audience == CUSTOMER
	values = milestone_values(message, is_for_customer)
	for key in _DATES:
		if values.get(key):
			values[key] = format_date(values[key])
	if message["milestone"] == DELAYED and is_for_customer:
		values.pop("reason", None)
	values.update({key: words.example(values[key]) for key in examples if values.get(key)})
	return {
		"order": _order_facts(order),
		"milestone": message["milestone"],
		"box": message.get("box") or "",
		"values": values,
		"shown": [(label, values[key]) for key in values if (label := words.fact_label(key)) and values[key]],
		"lines": _lines(message, order),
		"page_link": _page_link(rule, order, with_link),
		"is_for_customer": is_for_customer,
	}


def _lines(message: Mapping, order) -> list[dict]:
	"""What the message is about: the goods in its box or on its document; what has not left of an order that
	is delayed; else all that was ordered.
	"""
	rows = (
		contents.goods_told(message, order.name)
		or _still_to_leave(message, order.name)
		or [{"item_name": row.item_name, "qty": row.qty, "uom": row.uom} for row in order.items]
	)
	return [{**row, "qty": in_words.figure(abs(row["qty"]))} for row in rows]


def _still_to_leave(message: Mapping, order: str) -> list[dict]:
	if message["milestone"] != DELAYED:
		return []
	rows = page_links.rows_shown(order, settings.is_on(settings.FORECAST))
	waiting = [(row, row.qty - qty_left(row)) for row in rows]
	return [{"item_name": row.item_name, "qty": qty, "uom": row.uom} for row, qty in waiting if qty > 0]


def _order_facts(order) -> dict:
	"""What a template may say of an order: nothing internal, no prices."""
	return {
		"name": order.name,
		"customer_name": order.customer_name,
		"po_no": order.po_no or "",
		"transaction_date": format_date(order.transaction_date),
		"delivery_date": format_date(order.delivery_date) if order.delivery_date else "",
		"company": order.company,
	}


def _page_link(rule: MessageRuleFacts, order, with_link: bool) -> str:
	if rule.audience != CUSTOMER:
		return get_url(order.get_url())
	if not settings.flow_settings().customer_page:
		return ""
	return page_link.link_for_customer(order.name) if with_link else get_url(f"/{page_link.PAGE}")
