"""Invoices, dunnings and promises of an order, for its form."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import flt

from sales_wh_flow.base import bulk
from sales_wh_flow.billing.answers import DunningOfOrder, InvoiceOfOrder, PromiseOfOrder
from sales_wh_flow.billing.store import came_back


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


def own_drafts(names: Iterable[str] | None = None) -> dict[str, set[str]]:
	"""{draft that the flow has written, and nobody saved since: its orders}; of these names, or of all. One
	statement. What the flow writes it tells in the draft's timeline, after it.
	"""
	wanted = None if names is None else tuple(names)
	if wanted == ():
		return {}
	found: dict[str, set[str]] = {}
	for name, order in frappe.db.sql(
		f"""select distinct si.name, sii.sales_order from `tabSales Invoice` si
		join `tabSales Invoice Item` sii on sii.parent = si.name and coalesce(sii.sales_order, '') <> ''
		where si.docstatus = 0 and si.is_return = 0 {"" if wanted is None else "and si.name in %(names)s"}
			and exists (select 1 from `tabComment` told where told.reference_doctype = 'Sales Invoice'
				and told.reference_name = si.name and told.comment_type = 'Info'
				and told.content like %(ours)s and told.creation >= si.modified)
		order by si.name, sii.sales_order""",
		{"names": wanted, "ours": '{"said":"billing.timeline.%'},
	):
		found.setdefault(name, set()).add(order)
	return found


def last_saved_by(invoices: Iterable[str]) -> dict[str, str]:
	"""{invoice: who saved it last}; one statement, none for none."""
	names = tuple(invoices)
	if not names:
		return {}
	return dict(
		frappe.db.sql(
			"select name, modified_by from `tabSales Invoice` where name in %s order by name", (names,)
		)
	)


def left_of_notes(invoice: str) -> dict[str, float]:
	"""{row of a note that the invoice names: what of it no other invoice has, and is not refunded}"""
	rows = frappe.db.sql(
		f"""select dni.name, dni.qty - coalesce(({came_back.BACK}), 0) + {came_back.TO_BE_PAID} - coalesce((
				select sum(sii.qty) from `tabSales Invoice Item` sii
				join `tabSales Invoice` si on si.name = sii.parent
				where sii.dn_detail = dni.name and si.docstatus < 2 and si.is_return = 0
					and si.name <> %(invoice)s), 0)
		from `tabDelivery Note Item` dni where dni.name in (
			select its.dn_detail from `tabSales Invoice Item` its where its.parent = %(invoice)s)""",
		{"invoice": invoice},
	)
	return {row: flt(qty) for row, qty in rows}
