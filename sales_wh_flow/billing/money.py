"""The one place that writes what is invoiced, paid and overdue of an order, and if it may be invoiced."""

from collections.abc import Iterable

from frappe.utils import getdate

from sales_wh_flow.base import settings
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.rules.money import PromiseFacts, money_state, promise_state
from sales_wh_flow.billing.store import money as store
from sales_wh_flow.billing.store import papers
from sales_wh_flow.order.store.status import orders_of_invoices


def refresh_money(orders: Iterable[str | None]) -> tuple[str, ...]:
	"""Look at the orders anew. Returns those that may be invoiced from now on, and could not before.

	Four statements, however many orders, and one where a promise was kept or broken; none while Billing is
	off.
	"""
	names = sorted({order for order in orders if order})
	if not names or not settings.is_used(settings.BILLING):
		return ()
	today = getdate()
	known = store.money_of_orders(names)
	judged = judge_orders(known)
	kept, newly = {}, []
	for name, it in known.items():
		is_ready = bool(judged[name].answer.qty)
		kept[name] = (it, money_state(it.figures, is_ready, today), is_ready)
		if is_ready and not it.could_be_invoiced:
			newly.append(name)
	store.keep_money(kept)
	_follow_promises(known, today)
	return tuple(newly)


def refresh_of_rows(doc, field: str) -> tuple[str, ...]:
	"""The orders that a document's rows name. Returns as `refresh_money`."""
	return refresh_money(row.get(field) for row in doc.get("items") or ())


def refresh_of_payment(payment, table: str, kind: str, name: str) -> None:
	"""The orders that a Payment Entry or a Journal Entry pays, directly or through their invoices."""
	if not settings.is_used(settings.BILLING):
		return
	rows = payment.get(table) or ()
	orders = {row.get(name) for row in rows if row.get(kind) == "Sales Order"}
	invoices = {row.get(name) for row in rows if row.get(kind) == "Sales Invoice"}
	refresh_money(orders | orders_of_invoices(invoices))


def forget_order(order: str) -> None:
	"""The order is gone, or cancelled: nobody owes anything for it."""
	if settings.is_used(settings.BILLING):
		store.forget_money(order)


def rename_order(old: str, new: str) -> None:
	"""What is kept of an order goes by its new name."""
	store.rename_money(old, new)


def _follow_promises(known: dict[str, store.MoneyOfOrder], today) -> None:
	promised = [name for name, it in known.items() if it.figures.promised_until or it.figures.is_paid]
	states = {}
	for promise in papers.promises_of(promised):
		facts = PromiseFacts(
			*(promise["promised_on"], promise["made_on"], bool(promise["withdrawn"]), promise["state"])
		)
		state = promise_state(facts, known[promise["sales_order"]].figures, today)
		if state != promise["state"]:
			states[promise["name"]] = state
	papers.write_promise_states(states)
