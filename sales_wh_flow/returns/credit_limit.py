"""No credit note takes back more money than was invoiced of an order line, whoever made it.

ERPNext asks that of credit notes against one invoice alone: what a return of a Delivery Note credits by
itself names none.
"""

from sales_wh_flow.base.in_words import money
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns.limit import taken_back
from sales_wh_flow.returns.store import invoiced as store

_ROUNDED_OFF = 0.05
"""What discounts that are spread over rows may differ by, in the invoice's currency."""


def check_credit_limit(credit) -> None:
	"""Before a credit note is submitted. A line of which nothing is invoiced is not looked at: what is
	credited of it is somebody's own matter. Raises: ValidationError naming item, order and what is left.
	"""
	if not (credit.is_return and is_on(RETURNS)):
		return
	asked, first = taken_back(credit, "so_detail", "net_amount")
	if not asked:
		return
	billed = store.billed_money(asked, credit.currency, credit.name)
	refuse(
		RuleViolation(
			"credited_too_much",
			idx=first[name].idx,
			item=first[name].item_code,
			order=first[name].sales_order,
			asked=money(amount, credit.currency),
			left=money(max(billed[name][0] - billed[name][1], 0.0), credit.currency),
		)
		for name, amount in asked.items()
		if name in billed and billed[name][0] and amount > billed[name][0] - billed[name][1] + _ROUNDED_OFF
	)
