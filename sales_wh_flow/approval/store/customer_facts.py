"""What approval rules know of a customer: debts and earlier orders."""

from dataclasses import replace
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.approval.rules.debts import OpenVoucher, overdue_debts
from sales_wh_flow.approval.rules.facts import CustomerFacts, OrderFacts
from sales_wh_flow.base.quantities import HALF_CENT

# The payment ledger is what ERPNext's own receivables report adds up: invoices, journal entries, credit notes
# and payments alike. A row for each instalment of what is open; the first row speaks of earlier orders.
_CUSTOMER = f"""
select '' voucher, (
		select count(*) from `tabSales Order` earlier
		where earlier.customer = %(customer)s and earlier.company = %(company)s and earlier.docstatus = 1
			and earlier.name <> %(order)s) amount, (
		select max(transaction_date) from `tabSales Order` earlier
		where earlier.customer = %(customer)s and earlier.company = %(company)s and earlier.docstatus = 1
			and earlier.name <> %(order)s) due, null instalment, null part
union all
select owed.voucher, owed.amount, owed.due, schedule.due_date, schedule.base_payment_amount
from (
	select against_voucher_type kind, against_voucher_no voucher, sum(amount) amount,
		min(coalesce(due_date, posting_date)) due
	from `tabPayment Ledger Entry`
	where party_type = 'Customer' and party = %(customer)s and company = %(company)s and delinked = 0
		and account_type = 'Receivable'
	group by against_voucher_type, against_voucher_no having abs(sum(amount)) >= {HALF_CENT}
) owed
left join `tabPayment Schedule` schedule on schedule.parent = owed.voucher and schedule.parenttype = owed.kind
	and owed.kind = 'Sales Invoice'"""


def read_customer(order: OrderFacts, today: date) -> CustomerFacts:
	"""What is overdue, and the orders before this one: one statement. Unit: company currency."""
	(_first, orders, last_order, *_none), *rows = frappe.db.sql(
		_CUSTOMER, {"customer": order.customer, "company": order.company, "order": order.name}
	)
	late = overdue_debts(_open_vouchers(rows), today)
	return CustomerFacts(
		overdue_base=late.amount_base,
		overdue_count=late.count,
		oldest_days=late.oldest_days,
		orders=cint(orders),
		last_order=last_order,
		on_account_base=late.on_account_base,
	)


def _open_vouchers(rows: Any) -> list[OpenVoucher]:
	found: dict[str, OpenVoucher] = {}
	for voucher, amount, due, instalment, part in rows:
		parts = ((instalment, flt(part)),) if instalment else ()
		known = found.get(voucher)
		if known:
			found[voucher] = replace(known, instalments=(*known.instalments, *parts))
		else:
			found[voucher] = OpenVoucher(voucher, flt(amount), due, parts)
	return list(found.values())
