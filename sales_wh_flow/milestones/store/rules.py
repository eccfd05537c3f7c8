"""The company's Message Rules as facts."""

import json

import frappe

from sales_wh_flow.base import forget
from sales_wh_flow.milestones.rules.message_rules import MessageRuleFacts

_KEY = "sales_wh_flow:message_rules"


def message_rules() -> tuple[MessageRuleFacts, ...]:
	"""The rules that are On or in Shadow, by name; from the cache, so that no event pays a statement."""
	return tuple(
		MessageRuleFacts(*(*row[:-1], tuple((language, name) for language, name in row[-1])))
		for row in json.loads(frappe.cache.get_value(_KEY, _read))
	)


def forget_rules() -> None:
	"""Throw the rules out of the cache, now and when the transaction has ended."""
	forget.forget_keys(_KEY)


def _read() -> str:
	rows = frappe.db.sql(
		"""select name, state, milestone, audience, channel, coalesce(company, ''),
			coalesce(customer_group, ''), coalesce(receiver_role, ''), digest, coalesce(webhook_shown, ''),
			coalesce(notification, '')
		from `tabMessage Rule` where state in ('Shadow', 'On') order by name"""
	)
	texts: dict[str, list] = {}
	for rule, language, template in frappe.db.sql(
		"""select parent, coalesce(language, ''), email_template from `tabMessage Rule Template`
		where parenttype = 'Message Rule' order by parent, idx"""
	):
		texts.setdefault(rule, []).append([language, template])
	return json.dumps([[*row[:8], bool(row[8]), *row[9:], texts.get(row[0], [])] for row in rows])
