"""What customers still owe of orders."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.door_money.rules.allocate import OpenDebt
from sales_wh_flow.order.store.paid_ahead import PAID_AHEAD, TOTAL_HERE

_BY_TERMS = """not exists (select 1 from `tabPayment Terms Template` terms
	where terms.name = {}.payment_terms_template and terms.allocate_payment_based_on_payment_terms = 1)"""
"""ERPNext wants to know which term such a document is paid of: that is for a person to say."""

_IN_DRAFTS = """coalesce((select sum(part.allocated_amount) from `tabPayment Entry Reference` part
	where part.reference_doctype = '{0}' and part.reference_name = {1}.name and part.docstatus = 0
		and part.parenttype = 'Payment Entry' and exists (
			select 1 from `tabDelivery Proof` proof where proof.payment_entry = part.parent)), 0)"""
"""ERPNext counts a Payment Entry when it is submitted: the next one would pay the same once more."""


def owed_of(orders: Iterable[str], account: str) -> list[OpenDebt]:
	"""What is to be paid of the invoices of these orders into the customer's ``account``, the oldest first,
	then of the orders themselves; less what drafts pay of them that hold money of the door. Two statements,
	none for no order.
	"""
	named = tuple(orders)
	if not named:
		return []
	invoices = frappe.db.sql(
		f"""select distinct bill.name, bill.outstanding_amount - {_IN_DRAFTS.format("Sales Invoice", "bill")},
			row.sales_order, bill.posting_date
		from `tabSales Invoice Item` row join `tabSales Invoice` bill on bill.name = row.parent
		where row.sales_order in %s and bill.docstatus = 1 and bill.is_return = 0
			and bill.outstanding_amount > 0 and bill.debit_to = %s and {_BY_TERMS.format("bill")}
		order by bill.posting_date, bill.name, row.sales_order""",
		(named, account),
	)
	kept = frappe.db.sql(
		f"""select so.name, if(account.account_currency = company.default_currency, {TOTAL_HERE},
				coalesce(nullif(so.rounded_total, 0), so.grand_total))
			* greatest(1 - so.per_billed / 100, 0) - {PAID_AHEAD} - {_IN_DRAFTS.format("Sales Order", "so")}
		from `tabSales Order` so join `tabCompany` company on company.name = so.company
		join `tabAccount` account on account.name = %s
		where so.name in %s and so.docstatus = 1
			and so.status <> 'Closed' and so.per_billed < 99.99 and {_BY_TERMS.format("so")}
		order by so.transaction_date, so.name""",
		(account, named),
	)
	billed: dict[str, OpenDebt] = {}
	for name, amount, order, _day in invoices:
		before = billed[name].orders if name in billed else ()
		billed[name] = OpenDebt("Sales Invoice", name, flt(amount), (*before, order))
	return [
		*billed.values(),
		*(OpenDebt("Sales Order", name, flt(amount), (name,)) for name, amount in kept),
	]
