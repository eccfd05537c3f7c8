"""What the tests of criteria share."""

import frappe

from sales_wh_flow.approval import owed
from tests import factories as make


def needs(order):
	"""{rule: need} of a saved order."""
	doc = frappe.get_doc("Sales Order", order.name)
	return {need.rule: need for need in owed.needs_now(doc).needs}


def measured(order, criterion, threshold=0, **values):
	"""What a new rule of this criterion measures; None when it does not ask."""
	rule = make.make_rule(criterion, threshold, **values)
	need = needs(order).get(rule.name)
	return need.measured if need else None
