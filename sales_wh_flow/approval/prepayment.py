"""An order that was approved if part of it is paid first: its goods don't leave before."""

import frappe
from frappe import _

from sales_wh_flow.approval.store import prepayments
from sales_wh_flow.base.in_words import figure, money
from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.base.settings import APPROVAL, is_on

_ORDER_FIELD = {
	"Delivery Note": "against_sales_order",
	"Sales Invoice": "sales_order",
	"Purchase Order": "sales_order",
}


def check_prepayment(doc) -> None:
	"""Before goods leave: what the accepted conditions of the document's orders ask for has been paid.

	Of a Purchase Order the rows count that the supplier sends to the customer. One statement, one more for
	orders under such a condition. Raises: ValidationError naming each order, what is paid and
	what is missing.
	"""
	field = _ORDER_FIELD.get(doc.doctype)
	if not field or not is_on(APPROVAL) or doc.get("is_return"):
		return
	if doc.doctype == "Sales Invoice" and not doc.update_stock:
		return
	leaves = [it for it in doc.items if doc.doctype != "Purchase Order" or it.get("delivered_by_supplier")]
	orders = {row.get(field) for row in leaves if row.get(field)}
	problems = [_problem(one) for one in prepayments.owed(orders) if one.missing_base > 0]
	if problems:
		refuse_in_words("<br>".join(problems), _("Prepayment Missing"))


def _problem(owed: prepayments.OwedPrepayment) -> str:
	return _(
		"Sales Order {0} was approved under the condition that {1} % is paid first: {2} of {3} is paid. "
		"Record a payment of {4} before goods leave."
	).format(
		frappe.bold(owed.order),
		figure(owed.percent, 2),
		money(owed.paid_base, owed.currency),
		money(owed.wanted_base, owed.currency),
		money(owed.missing_base, owed.currency),
	)
