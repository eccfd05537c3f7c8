"""A customer's credit with one company: limit, what is owed, and the lock under which both are weighed.

Amounts in the company's currency.
"""

import hashlib
from collections.abc import Iterable

import frappe
from frappe.database.database import Database
from frappe.utils import flt

from sales_wh_flow.approval.rules.facts import CreditFacts, SharedCredit
from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store import shared_credit
from sales_wh_flow.approval.store.exposure import OWED_BY

# The customer's own limit first, then those of his groups, the nearest first.
_LIMITS = """(select '' group_name, coalesce(own.credit_limit, 0), 0 shares, 2147483647 depth
	from (select 1) one left join `tabCustomer Credit Limit` own on own.parent = %(customer)s
		and own.parenttype = 'Customer' and own.company = %(company)s)
union all
(select parent.name, coalesce(own.credit_limit, 0), parent.swf_shares_credit_limit, parent.lft
	from `tabCustomer` customer
	join `tabCustomer Group` leaf on leaf.name = customer.customer_group
	join `tabCustomer Group` parent on parent.lft <= leaf.lft and parent.rgt >= leaf.rgt
	left join `tabCustomer Credit Limit` own on own.parent = parent.name
		and own.parenttype = 'Customer Group' and own.company = %(company)s
	where customer.name = %(customer)s)"""

_OWED = f"select 'Owed', {OWED_BY.format(members='(%(customer)s)')}, 0, -2"

_PENDING = """select 'Pending', coalesce(sum(so.base_grand_total), 0), count(*), -1 from `tabSales Order` so
where so.customer = %(customer)s and so.company = %(company)s and so.docstatus = 0 and so.name <> %(order)s
	and exists (select 1 from `tabOrder Approval` approval
		where approval.sales_order = so.name and approval.state = %(open)s)"""


def read_credit(customer: str, company: str, pending_but: str | None = None) -> CreditFacts:
	"""The customer's credit as ERPNext counts it: open invoices and submitted orders, drafts not among them.

	A limit counts also where ERPNext's own check of Sales Orders is bypassed for it: that switches ERPNext's
	refusal off, not the limit. Where his group shares one limit, what the group owes stands beside it; that
	costs a second statement. ``pending_but``: with the worth of all drafts that wait for an approval but this
	one; it costs no statement more.
	"""
	given = {"customer": customer, "company": company, "order": pending_but, "open": OPEN}
	query = f"{_LIMITS} union all ({_OWED})"
	if pending_but is not None:
		query += f" union all ({_PENDING})"
	rows = sorted(frappe.db.sql(query, given), key=lambda row: -row[3])
	owed_base, waiting = (sum(flt(row[1]) for row in rows if row[3] == sign) for sign in (-2, -1))
	(_own, own_limit, *_rest), *groups = [row for row in rows if row[3] >= 0]
	limits = [(name, flt(limit), bool(shares)) for name, limit, shares, _depth in groups]
	shared = next((at for at, (_name, _limit, shares) in enumerate(limits) if shares), None)
	if shared is None:
		return CreditFacts(
			flt(own_limit) or _nearest(limits) or _of_company(company), owed_base, pending_base=waiting
		)
	name = limits[shared][0]
	together, waits_together = shared_credit.owed_together(name, company, pending_but or "")
	return CreditFacts(
		flt(own_limit) or _nearest(limits[:shared]),
		owed_base,
		waiting,
		SharedCredit(
			name,
			_nearest(limits[shared:]) or _of_company(company),
			together,
			waits_together if pending_but is not None else 0.0,
		),
	)


def _nearest(limits: Iterable[tuple[str, float, bool]]) -> float:
	return next((limit for _name, limit, _shares in limits if limit > 0), 0.0)


def _of_company(company: str) -> float:
	return flt(frappe.get_cached_value("Company", company, "credit_limit"))


def take_turn(customer: str, company: str) -> str:
	"""One decision about a credit limit at a time: two orders that fit alone may not fit together.

	Returns the group that shares the limit, empty for none.

	Whoever shares a limit waits for the same row. The row is written and not only locked: a cluster of
	several database nodes sees two writers of a row, and lets one of them begin anew, but knows nothing of a
	lock that another node holds.
	"""
	group = shared_credit.group_of(customer)
	key = f"{company}\n\n{group}" if group else f"{company}\n{customer}"
	frappe.db.sql(
		"""insert into `tabCustomer Credit Turn`
			(name, creation, modified, owner, modified_by, customer, customer_group, company, turn)
		values (%(name)s, now(6), now(6), %(user)s, %(user)s, %(customer)s, %(group)s, %(company)s, 1)
		on duplicate key update turn = turn + 1, modified = now(6)""",
		{
			"name": hashlib.sha256(key.encode()).hexdigest()[:40],
			"user": frappe.session.user,
			"customer": "" if group else customer,
			"group": group,
			"company": company,
		},
	)
	return group


def submitted_meanwhile(customer: str, company: str, group: str = "") -> tuple[float, float]:
	"""(what the customer's orders add, and those of all customers of the group) that were submitted, or
	raised, after this transaction's snapshot.

	What is owed is read from the snapshot. A second connection sees what is committed, locks nothing;
	the caller has the turn, so nothing is added while it decides. Orders are told one by one only where
	they differ: a customer may have tens of thousands. Unit: company currency.
	"""
	others = f" or customer in {shared_credit.MEMBERS}" if group else ""
	orders = f"""from `tabSales Order`
		where (customer = %(customer)s{others}) and company = %(company)s and docstatus = 1
			and status <> 'Closed'"""
	whole = f"""select count(*), sum(base_grand_total),
		bit_xor(crc32(concat_ws(' ', name, base_grand_total))) {orders}"""
	each = f"select name, base_grand_total, customer {orders}"
	given = {"customer": customer, "company": company, "group": group}
	other = second_connection()
	try:
		if other.sql(whole, given) == frappe.db.sql(whole, given):
			return 0.0, 0.0
		committed = other.sql(each, given)
	finally:
		other.close()
	seen = {name: flt(total) for name, total, _customer in frappe.db.sql(each, given)}
	more = [(buyer, max(flt(total) - seen.get(name, 0.0), 0.0)) for name, total, buyer in committed]
	return sum(part for buyer, part in more if buyer == customer), sum(part for _buyer, part in more)


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
	((_kind, worth, count, _depth),) = frappe.db.sql(_PENDING, given)
	return int(count), flt(worth)


def second_connection() -> Database:
	"""Sees what is committed, whatever this transaction's snapshot says; to be closed."""
	own = frappe.local.db
	return type(own)(
		host=own.host,
		user=own.user,
		password=own.password,
		port=own.port,
		cur_db_name=own.cur_db_name,
		socket=own.socket,
	)
