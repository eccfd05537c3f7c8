"""A customer's credit with one company: limit, what is owed, and the lock under which both are weighed.

Amounts in the company's currency.
"""

import frappe
from frappe.database.database import Database
from frappe.utils import cint, flt

from erpnext.selling.doctype.customer.customer import get_customer_outstanding

from sales_wh_flow.rules.approval import OPEN
from sales_wh_flow.rules.approval_facts import CreditFacts


def of(customer: str, company: str) -> CreditFacts:
	"""The customer's credit as ERPNext counts it: open invoices and submitted orders, drafts not among them.

	Limit 0 where ERPNext's credit check is bypassed for the customer's Sales Orders.
	"""
	owed_base = flt(get_customer_outstanding(customer, company))
	return CreditFacts(limit(customer, company), owed_base)


def limit(customer: str, company: str) -> float:
	"""The credit limit: the customer's, else the group's, else the company's: one statement."""
	rows = frappe.db.sql(
		"""select parenttype, credit_limit, bypass_credit_limit_check from `tabCustomer Credit Limit`
		where company = %(company)s and ((parent = %(customer)s and parenttype = 'Customer') or (
			parenttype = 'Customer Group' and parent = (
				select customer_group from `tabCustomer` where name = %(customer)s)))""",
		{"customer": customer, "company": company},
	)
	own = {kind: (flt(amount), cint(bypass)) for kind, amount, bypass in rows}
	amount, bypass = own.get("Customer", (0.0, 0))
	if bypass:
		return 0.0
	of_group, group_bypass = own.get("Customer Group", (0.0, 0))
	if not amount and not group_bypass:
		amount = of_group
	return amount or flt(frappe.get_cached_value("Company", company, "credit_limit"))


def lock_customer(customer: str) -> None:
	"""One order of a customer at a time: two orders that fit the limit alone may not fit together."""
	frappe.db.sql("select name from `tabCustomer` where name = %s for update", customer)


def submitted_meanwhile(customer: str, company: str) -> float:
	"""What orders of the customer add that were submitted after this transaction took its snapshot.

	ERPNext's figure comes from the snapshot. A second connection sees what is committed, locks nothing;
	the caller holds the customer's row, so nothing is added while it decides. Unit: company currency.
	"""
	query = """select name, base_grand_total from `tabSales Order`
		where customer = %s and company = %s and docstatus = 1 and status <> 'Closed'"""
	seen = {name for name, _total in frappe.db.sql(query, (customer, company))}
	other = _second_connection()
	try:
		committed = other.sql(query, (customer, company))
	finally:
		other.close()
	return sum(flt(total) for name, total in committed if name not in seen)


def counted_already(order: str) -> float:
	"""What an order that is written as submitted adds to its customer's exposure, in company currency."""
	rows = frappe.db.sql(
		"""select base_grand_total from `tabSales Order`
		where name = %s and docstatus = 1 and status <> 'Closed'""",
		order,
	)
	return flt(rows[0][0]) if rows else 0.0


def pending(order: str, customer: str, company: str) -> tuple[int, float]:
	"""(how many, worth in company currency) of the customer's other drafts that wait for an approval."""
	rows = frappe.db.sql(
		"""select count(*), coalesce(sum(so.base_grand_total), 0) from `tabSales Order` so
		where so.customer = %s and so.company = %s and so.docstatus = 0 and so.name <> %s
			and exists (select 1 from `tabOrder Approval` approval
				where approval.sales_order = so.name and approval.state = %s)""",
		(customer, company, order, OPEN),
	)
	return int(rows[0][0]), flt(rows[0][1])


def _second_connection() -> Database:
	own = frappe.local.db
	return type(own)(
		host=own.host,
		user=own.user,
		password=own.password,
		port=own.port,
		cur_db_name=own.cur_db_name,
		socket=own.socket,
	)
