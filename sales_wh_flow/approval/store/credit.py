"""A customer's credit with one company: limit, what is owed, and the lock under which both are weighed.

Amounts in the company's currency.
"""

import hashlib

import frappe
from frappe.database.database import Database
from frappe.utils import flt

from erpnext.selling.doctype.customer.customer import get_customer_outstanding

from sales_wh_flow.approval.rules.facts import CreditFacts
from sales_wh_flow.approval.rules.needs import OPEN

_LIMITS = """select parenttype, credit_limit, 0 from `tabCustomer Credit Limit`
where company = %(company)s and ((parent = %(customer)s and parenttype = 'Customer') or (
	parenttype = 'Customer Group' and parent = (
		select customer_group from `tabCustomer` where name = %(customer)s)))"""

_PENDING = """select 'Pending', coalesce(sum(so.base_grand_total), 0), count(*) from `tabSales Order` so
where so.customer = %(customer)s and so.company = %(company)s and so.docstatus = 0 and so.name <> %(order)s
	and exists (select 1 from `tabOrder Approval` approval
		where approval.sales_order = so.name and approval.state = %(open)s)"""


def of(customer: str, company: str, pending_but: str | None = None) -> CreditFacts:
	"""The customer's credit as ERPNext counts it: open invoices and submitted orders, drafts not among them.

	A limit counts also where ERPNext's own check of Sales Orders is bypassed for it: that switches ERPNext's
	refusal off, not the limit. ``pending_but``: with the worth of all drafts that wait for an approval but
	this one; it costs no statement more.
	"""
	owed_base = flt(get_customer_outstanding(customer, company))
	given = {"customer": customer, "company": company, "order": pending_but, "open": OPEN}
	query = f"{_LIMITS} union all {_PENDING}" if pending_but is not None else _LIMITS
	amounts = {kind: flt(amount) for kind, amount, _count in frappe.db.sql(query, given)}
	waiting = amounts.pop("Pending", 0.0)
	return CreditFacts(_limit(company, amounts), owed_base, pending_base=waiting)


def _limit(company: str, own: dict[str, float]) -> float:
	"""The credit limit: the customer's, else the group's, else the company's."""
	return (
		own.get("Customer")
		or own.get("Customer Group")
		or flt(frappe.get_cached_value("Company", company, "credit_limit"))
	)


def lock_customer(customer: str, company: str) -> None:
	"""One decision about a customer's credit at a time: two orders that fit alone may not fit together.

	The row is written and not only locked: a cluster of several database nodes sees two writers of a row, and
	lets one of them begin anew, but knows nothing of a lock that another node holds.
	"""
	frappe.db.sql(
		"""insert into `tabCustomer Credit Turn`
			(name, creation, modified, owner, modified_by, customer, company, turn)
		values (%(name)s, now(6), now(6), %(user)s, %(user)s, %(customer)s, %(company)s, 1)
		on duplicate key update turn = turn + 1, modified = now(6)""",
		{
			"name": hashlib.sha256(f"{company}\n{customer}".encode()).hexdigest()[:40],
			"user": frappe.session.user,
			"customer": customer,
			"company": company,
		},
	)


def submitted_meanwhile(customer: str, company: str) -> float:
	"""What the customer's orders add that were submitted, or raised, after this transaction's snapshot.

	ERPNext's figure comes from the snapshot. A second connection sees what is committed, locks nothing;
	the caller holds the customer's row, so nothing is added while it decides. Unit: company currency.
	"""
	query = """select name, base_grand_total from `tabSales Order`
		where customer = %s and company = %s and docstatus = 1 and status <> 'Closed'"""
	seen = {name: flt(total) for name, total in frappe.db.sql(query, (customer, company))}
	other = _second_connection()
	try:
		committed = other.sql(query, (customer, company))
	finally:
		other.close()
	return sum(max(flt(total) - seen.get(name, 0.0), 0.0) for name, total in committed)


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
	given = {"customer": customer, "company": company, "order": order, "open": OPEN}
	((_kind, worth, count),) = frappe.db.sql(_PENDING, given)
	return int(count), flt(worth)


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
