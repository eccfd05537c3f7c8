"""Customers who share one credit limit: those of a Customer Group that says so, and of the groups below it.

Amounts in the company's currency.
"""

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.needs import OPEN

MEMBERS = """(select member.name from `tabCustomer` member
	join `tabCustomer Group` own on own.name = member.customer_group
	join `tabCustomer Group` top on top.name = %(group)s and own.lft >= top.lft and own.rgt <= top.rgt)"""
"""SQL for the customers of a group."""

# As ERPNext's `customer.get_customer_outstanding` (15.71) counts it for one customer, for all at once.
_OWED = f"""select (
		select coalesce(sum(debit) - sum(credit), 0) from `tabGL Entry`
		where party_type = 'Customer' and is_cancelled = 0 and company = %(company)s and party in {MEMBERS}
	) + (
		select coalesce(sum(base_grand_total * (100 - per_billed) / 100), 0) from `tabSales Order`
		where docstatus = 1 and per_billed < 100 and status <> 'Closed' and company = %(company)s
			and customer in {MEMBERS}
	) + (
		select coalesce(sum(greatest(sent.amount - sent.billed, 0) / sent.base_net_total
			* sent.base_grand_total), 0)
		from (select item.amount, note.base_net_total, note.base_grand_total, coalesce((
				select sum(invoiced.amount) from `tabSales Invoice Item` invoiced
				where invoiced.dn_detail = item.name and invoiced.docstatus = 1), 0) billed
			from `tabDelivery Note` note join `tabDelivery Note Item` item on item.parent = note.name
			where note.docstatus = 1 and note.status not in ('Closed', 'Stopped')
				and note.company = %(company)s and note.customer in {MEMBERS} and note.base_net_total <> 0
				and coalesce(item.against_sales_order, '') = ''
				and coalesce(item.against_sales_invoice, '') = '') sent
	), (
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
