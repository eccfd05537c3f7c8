"""An order is cancelled only while nothing was made from it, on every road; afterwards it is opened again."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import release_payment
from sales_wh_flow.returns.store import order_papers

_MOST_NAMED = 5


def check(order: str) -> None:
	"""Before an order is cancelled; whoever cancels holds it. Re-open has undone all by then.

	Raises: ValidationError naming what was made from it.
	"""
	if not is_on(RETURNS):
		return
	made = tuple((doctype, name) for doctype, name, _docstatus in order_papers.papers_of_order(order))
	made += tuple((doctype, name) for doctype, name in release_payment.advances_in_the_way(order))
	if made:
		refuse(RuleViolation("order_is_touched", order=order, documents=made[:_MOST_NAMED]))
