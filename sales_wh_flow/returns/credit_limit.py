"""No credit note takes back more money than was invoiced of an order line, or more goods than came back with
a return that it names, whoever made it.

ERPNext asks that of credit notes against one invoice alone: what a return of a Delivery Note credits by
itself names none. It offers to credit a return also where its case has done so.
"""

from sales_wh_flow.base.in_words import money
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns.limit import taken_back
from sales_wh_flow.returns.store import credited_returns
from sales_wh_flow.returns.store import invoiced as store
from sales_wh_flow.returns.store.shipped import hold_notes

_ROUNDED_OFF = 0.05
"""What discounts that are spread over rows may differ by, in the invoice's currency."""


def check_credit_limit(credit) -> None:
	"""Before a credit note is submitted. A line of which nothing is invoiced is not looked at: what is
	credited of it is somebody's own matter. Raises: ValidationError naming item, order and what is left.
	"""
	if not (credit.is_return and is_on(RETURNS)):
		return
	_check_returned_rows(credit)
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


def _check_returned_rows(credit) -> None:
	asked, first = taken_back(credit, "dn_detail", "qty")
	hold_notes(credited_returns.notes_that_sent(asked))
	refuse(
		RuleViolation(
			"credited_beyond_return",
			idx=first[name].idx,
			item=first[name].item_code,
			note=row.note,
			uom=first[name].uom,
			asked=rounded(asked[name]),
			left=row.left_qty,
		)
		for name, row in credited_returns.returned_rows(asked, credit.name).items()
		if is_less(row.left_qty, asked[name])
	)
