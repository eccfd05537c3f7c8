"""The one place that writes an order's flow status."""

from collections.abc import Iterable

from sales_wh_flow.base.settings import any_on
from sales_wh_flow.order.rules import status
from sales_wh_flow.order.store import status as order_status


def of(order: str | None) -> str | None:
	"""Derive and write the status of one order; None when every switch is off or the order is gone."""
	if not order or not any_on():
		return None
	found = order_status.facts_of(order)
	if not found:
		return None
	derived = status.derive(found.facts)
	if derived != found.flow_status:
		order_status.write(order, derived)
	return derived


def of_draft(doc) -> None:
	"""After a draft was saved; its submit and later changes refresh by themselves."""
	if doc.docstatus.is_draft():
		doc.swf_flow_status = of(doc.name) or doc.get("swf_flow_status")


def of_rows(doc, table: str, field: str) -> None:
	"""The orders that a document's rows point at."""
	of_all(row.get(field) for row in doc.get(table) or ())


def of_all(orders: Iterable[str | None]) -> None:
	"""Several orders at once: two statements, however many they are."""
	names = sorted({order for order in orders if order})
	if not (names and any_on()):
		return
	known = order_status.facts_of_all(names)
	derived = {name: status.derive(found.facts) for name, found in known.items()}
	order_status.write_all({name: word for name, word in derived.items() if word != known[name].flow_status})


def of_paid_orders(payment) -> None:
	"""The orders a Payment Entry pays, directly or through their invoices."""
	if any_on():
		rows = payment.get("references") or ()
		orders = {row.reference_name for row in rows if row.reference_doctype == "Sales Order"}
		invoices = {row.reference_name for row in rows if row.reference_doctype == "Sales Invoice"}
		of_all(orders | order_status.orders_of_invoices(invoices))


def of_packing_slip(slip) -> None:
	"""The orders whose goods a Packing Slip packs."""
	if any_on():
		of_all(order_status.orders_of_delivery_note(slip.delivery_note))
