"""Which orders and notes the job that drafts invoices looks at, and what is left of notes to invoice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.billing.rules.note_rows import NoteRow, without_billed
from sales_wh_flow.billing.store.came_back import BACK, TO_BE_PAID
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND


@dataclass(frozen=True, slots=True)
class ReadyOrder:
	"""An order that may be invoiced."""

	order: str
	company: str
	customer: str
	customer_group: str


def ready_orders() -> list[ReadyOrder]:
	"""Orders that may be invoiced, as last kept, by name; what is closed or held is left out."""
	rows = frappe.db.sql(
		"""select so.name, so.company, so.customer, coalesce(customer.customer_group, '')
		from `tabOrder Money` money join `tabSales Order` so on so.name = money.name
		left join `tabCustomer` customer on customer.name = so.customer
		where money.may_be_invoiced = 1 and so.docstatus = 1 and so.status not in %s
		order by so.name""",
		(NO_DEMAND,),
	)
	return [ReadyOrder(*row) for row in rows]


def note_rows(orders: Iterable[str], is_proof_needed: bool) -> list[NoteRow]:
	"""Rows of notes of these orders that something is left of to invoice, the oldest note first. Where all
	that is open came back, an invoice of the order has billed the oldest of it: it names no note.
	"""
	rows = frappe.db.sql(
		f"""select dn.name, dni.name, dni.against_sales_order, dni.so_detail,
			dni.qty - coalesce(({BACK}), 0) + {TO_BE_PAID} - coalesce((
				select sum(sii.qty) from `tabSales Invoice Item` sii
				join `tabSales Invoice` si on si.name = sii.parent
				where sii.dn_detail = dni.name and si.docstatus < 2 and si.is_return = 0), 0) open_qty,
			{TO_BE_PAID} kept,
			if(%(proof)s, date(dn.swf_delivered_on), dn.posting_date) day
		from `tabDelivery Note Item` dni join `tabDelivery Note` dn on dn.name = dni.parent
		where dni.against_sales_order in %(orders)s and dn.docstatus = 1 and dn.is_return = 0
			and (not %(proof)s or dn.swf_delivered_on is not null)
		having open_qty > {SQL_NOISE}
		order by dn.posting_date, dn.name, dni.idx""",
		{"orders": tuple(sorted(set(orders))), "proof": int(is_proof_needed)},
	)
	found = [
		NoteRow(note, row, order, line, flt(qty), min(flt(kept), flt(qty)), day)
		for note, row, order, line, qty, kept, day in rows
	]
	lines = {row.order_row for row in found if row.came_back_whole}
	return without_billed(found, _billed_by_order(lines)) if lines else found


def _billed_by_order(lines: Iterable[str]) -> dict[str, float]:
	"""{row of an order: what invoices and drafts that name no note have of it}"""
	rows = frappe.db.sql(
		"""select sii.so_detail, sum(sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent and si.docstatus < 2 and si.is_return = 0
		where sii.so_detail in %s and coalesce(sii.dn_detail, '') = '' group by sii.so_detail""",
		(tuple(sorted(lines)),),
	)
	return {row: flt(qty) for row, qty in rows}


def order_days(orders: Iterable[str]) -> dict[str, date]:
	"""{order: its day}"""
	names = tuple(sorted(set(orders)))
	rows = frappe.db.sql("select name, transaction_date from `tabSales Order` where name in %s", (names,))
	return dict(rows)


def draft_invoices_of(orders: Iterable[str]) -> dict[str, list[str]]:
	"""{order: drafts of invoices with its rows}; one statement."""
	names = tuple(sorted(set(orders)))
	found: dict[str, list[str]] = {}
	if names:
		rows = frappe.db.sql(
			"""select distinct sii.sales_order, si.name from `tabSales Invoice Item` sii
			join `tabSales Invoice` si on si.name = sii.parent
			where sii.sales_order in %s and si.docstatus = 0 order by si.name""",
			(names,),
		)
		for order, invoice in rows:
			found.setdefault(order, []).append(invoice)
	return found
