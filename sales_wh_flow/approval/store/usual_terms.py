"""The payment terms and texts that an order would get by itself."""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.approval.rules.payment_terms import AFTER_DATE, Term

# As ERPNext chooses them: the customer's, else those of his group, else those of the company.
_USUAL = """
select usual.text, detail.invoice_portion, detail.due_date_based_on, detail.credit_days, detail.credit_months,
	detail.discount, detail.discount_type, detail.discount_validity_based_on, detail.discount_validity
from (
	select coalesce(nullif(customer.payment_terms, ''), (
			select nullif(own.payment_terms, '') from `tabCustomer Group` own
			where own.name = customer.customer_group), (
			select nullif(company.payment_terms, '') from `tabCompany` company
			where company.name = %(company)s)) template, (
		select terms from `tabTerms and Conditions` where name = %(text)s) text
	from (select 1) one left join `tabCustomer` customer on customer.name = %(customer)s
) usual
left join `tabPayment Terms Template Detail` detail on detail.parent = usual.template
	and detail.parenttype = 'Payment Terms Template'
order by detail.idx"""


@dataclass(frozen=True, slots=True)
class Usual:
	"""``terms``: none = everything is paid at once. ``text``: of the order's Terms and Conditions, as written
	there.
	"""

	terms: tuple[Term, ...]
	text: str


def usual_terms_of(doc: Document) -> Usual:
	"""What this order would get by itself; one statement."""
	rows = frappe.db.sql(
		_USUAL,
		{"customer": doc.get("customer") or "", "company": doc.company, "text": doc.get("tc_name") or ""},
		as_dict=True,
	)
	terms = tuple(_term(row) for row in rows if row.invoice_portion is not None)
	return Usual(terms, (rows[0].text if rows else "") or "")


def _term(row: Any) -> Term:
	return Term(
		flt(row.invoice_portion),
		row.due_date_based_on or AFTER_DATE,
		cint(row.credit_days),
		cint(row.credit_months),
		flt(row.discount),
		row.discount_type == "Amount",
		row.discount_validity_based_on or AFTER_DATE,
		cint(row.discount_validity),
	)
