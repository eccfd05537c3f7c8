"""Customers who share one credit limit: those of a Customer Group that says so, and of the groups below it.

Amounts in the company's currency.
"""

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store.exposure import OWED_BY

MEMBERS = """(select member.name from `tabCustomer` member
	join `tabCustomer Group` own on own.name = member.customer_group
	join `tabCustomer Group` top on top.name = %(group)s and own.lft >= top.lft and own.rgt <= top.rgt)"""
"""SQL for the customers of a group."""

_OWED = f"""select {OWED_BY.format(members=MEMBERS)}, (
		select coalesce(sum(draft.base_grand_total), 0) from `tabSales Order` draft
		where draft.docstatus = 0 and draft.company = %(company)s and draft.name <> %(but)s
			and draft.customer in {MEMBERS} and exists (select 1 from `tabOrder Approval` approval
				where approval.sales_order = draft.name and approval.state = %(open)s)
	)"""


def group_of(customer: str) -> str:
	"""The nearest group above the customer whose customers share one limit; empty for none. One statement."""
	rows = frappe.db.sql(
		"""select top.name from `tabCustomer` customer
		join `tabCustomer Group` own on own.name = customer.customer_group
		join `tabCustomer Group` top on top.lft <= own.lft and top.rgt >= own.rgt
		where customer.name = %s and top.swf_shares_credit_limit = 1 order by top.lft desc limit 1""",
		customer,
	)
	return rows[0][0] if rows else ""


def owed_together(group: str, company: str, but: str = "") -> tuple[float, float]:
	"""(what its customers owe together, what their drafts that wait for an approval are worth).

	``but``: a draft that is not counted. One statement.
	"""
	given = {"group": group, "company": company, "but": but, "open": OPEN}
	((outstanding, pending),) = frappe.db.sql(_OWED, given)
	return flt(outstanding), flt(pending)
