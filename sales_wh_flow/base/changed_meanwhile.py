"""Whoever saves a form that was saved elsewhere since it was opened is told by whom, when and what to do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import format_datetime, get_fullname

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


@contextmanager
def telling_who(doc: str) -> Iterator[None]:
	"""Around the save of a form, given as it was sent: Frappe's refusal of a document that is newer in words
	that help. What was typed stays in the form.
	"""
	said = list(frappe.local.message_log)
	try:
		yield
	except frappe.TimestampMismatchError:
		sent = json.loads(doc)
		changed = frappe.db.get_value(sent["doctype"], sent["name"], ["modified", "modified_by"])
		if not changed:
			raise
		frappe.local.message_log = said
		at, who = changed
		refuse(
			RuleViolation(
				"changed_meanwhile",
				name=sent["name"],
				doctype=sent["doctype"],
				who=get_fullname(who),
				at=format_datetime(at),
			)
		)
