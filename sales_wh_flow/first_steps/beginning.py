"""What begins when a ready-made set-up is switched on, told before it is."""

import frappe

from sales_wh_flow.first_steps import records, words
from sales_wh_flow.first_steps.rules import templates
from sales_wh_flow.first_steps.store import lacking


def what_begins(template: templates.Template, company: str, others: list[str]) -> list[str]:
	"""Whom it asks or what it changes from then on, and which of ``others`` of its kind count."""
	if template.makes == "Order Approval Rule":
		said = [words.asks(records.APPROVER, lacking.people_with(records.APPROVER))]
		return [*said, words.asks_beside(others)] if others else said
	said = [words.changes(template.key)]
	if template.key == templates.NEAREST and others:
		before, after = _by_turn(others, company)
		said += [words.decides_before(before)] if before else []
		said += [words.decides_after(after)] if after else []
	return said


def _by_turn(others: list[str], company: str) -> tuple[list[str], list[str]]:
	"""Routing rules that are taken before the new one where both fit, and those that are not."""
	fields = ["name", "priority", "of_customer_group"]
	there = frappe.get_list("Warehouse Routing Rule", {"name": ("in", others)}, fields, limit_page_length=0)
	turn = {row.name: (-row.priority, not row.of_customer_group, row.name) for row in there}
	own = (0, True, records.title_of_nearest(company))
	before = sorted((name for name in turn if turn[name] < own), key=turn.get)
	return before, sorted((name for name in turn if turn[name] > own), key=turn.get)
