"""Invoices, dunnings and promises of an order, for its form."""

from collections.abc import Iterable, Mapping

import frappe

from sales_wh_flow.base import bulk
from sales_wh_flow.billing.answers import DunningOfOrder, InvoiceOfOrder, PromiseOfOrder


def invoices_shown(order: str) -> list[InvoiceOfOrder]:
	"""Sales Invoices with rows of an order that are not cancelled, the oldest first; one statement."""
	return frappe.db.sql(
		"""select distinct si.name, si.docstatus, si.status, si.is_return, si.due_date, si.currency,
			si.grand_total, si.outstanding_amount, si.party_account_currency
		from `tabSales Invoice Item` sii join `tabSales Invoice` si on si.name = sii.parent
		where sii.sales_order = %s and si.docstatus < 2 order by si.posting_date, si.name""",
		order,
		as_dict=True,
	)


def dunnings_of(invoices: Iterable[str]) -> list[DunningOfOrder]:
	"""ERPNext's own Dunnings about these invoices."""
	names = tuple(invoices)
	if not names:
		return []
	return frappe.db.sql(
		"""select distinct dunning.name, dunning.status, dunning.docstatus, dunning.posting_date
		from `tabOverdue Payment` due join `tabDunning` dunning on dunning.name = due.parent
		where due.sales_invoice in %s and dunning.docstatus < 2
		order by dunning.posting_date, dunning.name""",
		(names,),
		as_dict=True,
	)


def promises_of(orders: Iterable[str]) -> list[PromiseOfOrder]:
	"""The newest first."""
	names = tuple(orders)
	if not names:
		return []
	return frappe.db.sql(
		"""select name, sales_order, promised_on, promised_by, note, state, withdrawn, date(creation) made_on
		from `tabPayment Promise` where sales_order in %s order by promised_on desc, creation desc""",
		(names,),
		as_dict=True,
	)


def write_promise_states(states: Mapping[str, str]) -> None:
	"""{Payment Promise: its state} is written; one statement, none for none."""
	bulk.set_each("Payment Promise", "state", states)


def orders_of_invoice(invoice: str) -> set[str]:
	"""The orders that an invoice has rows of."""
	rows = frappe.db.sql(
		"select distinct sales_order from `tabSales Invoice Item` where parent = %s", invoice
	)
	return {row[0] for row in rows if row[0]}
