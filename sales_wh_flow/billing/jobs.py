"""What runs in the background for invoices and money. Every job may be run twice, and killed anywhere."""

from frappe import _
from frappe.utils import getdate

from sales_wh_flow.base import hold_rows, retry, said, settings
from sales_wh_flow.base.retry_each import Failed, each_alone
from sales_wh_flow.base.told import told_by
from sales_wh_flow.billing import account, draft, lower, sayings
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.money import refresh_money
from sales_wh_flow.billing.store import due
from sales_wh_flow.billing.store.money import (
	keep_why_not_drafted,
	orders_with_open_money,
	orders_without_money,
)
from sales_wh_flow.order import refresh_status

_CHUNK = 100


def draft_invoices() -> list[str]:
	"""Lower what was drafted and may not be invoiced any more; then draft what may be, by the policies that
	draft by themselves, each invoice in a transaction of its own. Returns the drafts.
	"""
	if not settings.is_on(settings.BILLING):
		return []
	list(each_alone(lower.drafts_too_high(), lower.lower_draft, _("The draft {0} could not be lowered")))
	ready = due.ready_orders()
	wanted = draft.wanted_invoices(
		ready, judge_orders((it.order for it in ready), with_drafts=True), getdate()
	)
	made: list[str] = []
	for (it,), came in each_alone(
		((it,) for it in wanted), _draft_or_say, _("{0} could not be invoiced"), Failed
	):
		if isinstance(came, Failed):
			why = said.keep(sayings.could_not_be_drafted, problem=told_by(came.problem))
			retry.from_a_fresh_transaction(lambda it=it, why=why: keep_why_not_drafted(it.orders, why))
		elif came:
			made.append(came)
	return made


def _draft_or_say(wanted: draft.OneInvoice) -> str | None:
	"""The draft; or it stands on the money of its orders why ERPNext would refuse it each time."""
	hold_rows.hold_order_rows(wanted.orders)
	if why := account.why_no_account(wanted.orders):
		keep_why_not_drafted(wanted.orders, why)
		return None
	return draft.draft_invoice(wanted)


def refresh_open_money() -> int:
	"""Look anew at every order that is not invoiced and paid: days pass, and some payments are moved without
	a word. Returns how many.
	"""
	return _look_at(orders_with_open_money()) if settings.is_used(settings.BILLING) else 0


def take_in_orders() -> int:
	"""Look at every order that is not invoiced and paid, and at those from before Billing was switched on.
	Returns how many.
	"""
	if not settings.is_used(settings.BILLING):
		return 0
	return _look_at(sorted({*orders_with_open_money(), *orders_without_money()}))


def _look_at(names: list[str]) -> int:
	for start in range(0, len(names), _CHUNK):  # short transactions: nobody waits for this job
		retry.from_a_fresh_transaction(lambda some=tuple(names[start : start + _CHUNK]): _refresh(some))
	return len(names)


def _refresh(orders: tuple[str, ...]) -> None:
	refresh_money(orders)
	refresh_status.of_all(orders)
