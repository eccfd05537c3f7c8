"""Whom and what an approval rule speaks of, in words."""

from frappe import _
from frappe.utils import format_date

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts
from sales_wh_flow.approval.rules.measure_returns import RETURN_OUTSIDE_POLICY


def what_in_scope(rule: ApprovalRuleFacts) -> str:
	"""Which orders, or returns, a rule speaks of: the subject of a sentence."""
	scope = rule.scope
	parts = [
		(rule.company, _("of {0}")),
		(scope.order_type, _("of type {0}")),
		(scope.customer, _("from {0}")),
		(rule.customer_group, _("from customers in {0}")),
		(scope.territory, _("in {0}")),
		(scope.sales_partner, _("through {0}")),
		(scope.item_group, _("with rows of {0}")),
		(scope.brand, _("with rows of {0}")),
		(scope.warehouse, _("with rows shipped from {0}")),
		(scope.valid_from and format_date(scope.valid_from), _("from {0} on")),
		(scope.valid_to and format_date(scope.valid_to), _("until {0}")),
	]
	given = " ".join(text.format(value) for value, text in parts if value)
	if rule.criterion == RETURN_OUTSIDE_POLICY:
		return _("Returns {0}").format(given) if given else _("All returns")
	return _("Orders {0}").format(given) if given else _("All orders")


def not_by_the_author(rule: ApprovalRuleFacts) -> str:
	"""Whether whoever wrote what is asked about may decide; a sentence."""
	is_return = rule.criterion == RETURN_OUTSIDE_POLICY
	if rule.allows_own_order:
		opener = _("Who opened the case may let it in as well.")
		return opener if is_return else _("The author may approve as well.")
	other = _("Who opened the case can't let it in.")
	return other if is_return else _("Authors can't approve their own order.")
