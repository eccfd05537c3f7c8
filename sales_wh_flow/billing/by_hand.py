"""Somebody asks for the invoice of an order now."""

from sales_wh_flow.base import hold_rows, said, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.billing import account, draft
from sales_wh_flow.billing.judge import Judged
from sales_wh_flow.billing.panel import why_in_words


def draft_now(order: str) -> str:
	"""The draft's name. Raises: ValidationError saying why nothing may be invoiced."""
	hold_rows.hold_order_row(order)  # first of all: what follows sees what others have drafted
	if not settings.is_used(settings.BILLING):
		refuse(RuleViolation("billing_is_off", mode=settings.flow_settings().get("billing") or "Off"))
	if why := account.why_no_account([order]):
		refuse(RuleViolation("account_in_other_currency", order=order, why=said.worded(why)))
	drafted = draft.draft_invoice(draft.OneInvoice((order,)), check=_require)
	if not drafted:
		refuse(RuleViolation("nothing_drafted", order=order))
	return drafted


def _require(it: Judged) -> None:
	if not it.answer.qty:
		refuse(RuleViolation("nothing_to_invoice", order=it.order.order, why=why_in_words(it.answer)))
