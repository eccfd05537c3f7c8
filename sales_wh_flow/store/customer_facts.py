"""What approval rules know of a customer: debts, earlier orders, usual terms."""

from datetime import date

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.rules.approval_facts import CustomerFacts, OrderFacts
from sales_wh_flow.rules.measure_orders import FREE_TEXT, INSTRUCTIONS, PAYMENT_TERMS

_CUSTOMER = """
select debts.amount, debts.invoices, debts.oldest, earlier.orders, earlier.last_order
from (
	select sum(outstanding_amount * if(party_account_currency = %(currency)s, 1, conversion_rate)) amount,
		count(*) invoices, min(due_date) oldest
	from `tabSales Invoice` where customer = %(customer)s and company = %(company)s and docstatus = 1
		and outstanding_amount > 0 and due_date < %(today)s
) debts
join (
	select count(*) orders, max(transaction_date) last_order from `tabSales Order`
	where customer = %(customer)s and company = %(company)s and docstatus = 1 and name <> %(order)s
) earlier"""


def of(order: OrderFacts, today: date) -> CustomerFacts:
	"""Overdue invoices, and the orders before this one: one statement. Unit: company currency."""
	((amount, invoices, oldest, orders, last_order),) = frappe.db.sql(
		_CUSTOMER,
		{
			"customer": order.customer,
			"company": order.company,
			"currency": order.company_currency,
			"order": order.name,
			"today": today,
		},
	)
	return CustomerFacts(
		overdue_base=flt(amount, 2),
		overdue_count=cint(invoices),
		oldest_days=(today - oldest).days if oldest else 0,
		orders=cint(orders),
		last_order=last_order,
	)


def special_terms(doc) -> tuple[tuple[str, str], ...]:
	"""(kind, what is written) of everything that differs from what the customer usually gets.

	Payment terms: another template than the customer's, or rows that differ from the template. Free text:
	terms that are not those of the order's Terms and Conditions. One statement.
	"""
	((template, text),) = frappe.db.sql(
		"""select (select coalesce(nullif(customer.payment_terms, ''), (
				select own.payment_terms from `tabCustomer Group` own
				where own.name = customer.customer_group))
			from `tabCustomer` customer where customer.name = %s),
			(select terms from `tabTerms and Conditions` where name = %s)""",
		(doc.customer, doc.tc_name or ""),
	)
	found = []
	payment = _payment_terms(doc, template or "")
	if payment:
		found.append((PAYMENT_TERMS, payment))
	if _plain(doc.get("terms")) and _plain(doc.get("terms")) != _plain(text):
		found.append((FREE_TEXT, _plain(doc.terms)[:140]))
	if _plain(doc.get("swf_special_instructions")):
		found.append((INSTRUCTIONS, _plain(doc.swf_special_instructions)[:140]))
	return tuple(found)


def _payment_terms(doc, usual: str) -> str:
	"""What is special about them, empty when they are the customer's."""
	own = doc.payment_terms_template or ""
	rows = _rows(doc.get("payment_schedule") or ())
	if own != usual:
		return own or (f"{_words(rows)}" if rows else "")
	if not own:
		return _words(rows) if len(rows) > 1 else ""
	return _words(rows) if rows != _rows(frappe.get_cached_doc("Payment Terms Template", own).terms) else ""


def _rows(rows) -> list[tuple[str, float]]:
	return [(row.payment_term or "", flt(row.invoice_portion, 2)) for row in rows]


def _words(rows: list[tuple[str, float]]) -> str:
	return ", ".join(f"{portion:g} % {term}".strip() for term, portion in rows)


def _plain(text: str | None) -> str:
	return " ".join(frappe.utils.strip_html(text or "").split())
