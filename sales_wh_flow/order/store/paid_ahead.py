"""SQL for what is paid of an order ``so``, and what is still owed."""

from sales_wh_flow.order.store.returned import PER_BILLED

PAID_AHEAD = """if(so.advance_paid > 0, least(so.advance_paid, coalesce((
		select sum(paid.allocated_amount) from `tabPayment Entry Reference` paid
		where paid.reference_name = so.name and paid.reference_doctype = 'Sales Order'
			and paid.docstatus = 1), 0)
	+ coalesce((
		select sum(row.credit_in_account_currency - row.debit_in_account_currency)
		from `tabJournal Entry Account` row
		where row.reference_name = so.name and row.reference_type = 'Sales Order'
			and row.docstatus = 1), 0)), 0)"""
"""What is paid ahead and taken by no invoice, in the currency of the order's party account. ERPNext up to
15.7x leaves ``advance_paid`` as it was when an invoice takes the advance.
"""

AHEAD_HERE = f"""{PAID_AHEAD} * if(coalesce(so.party_account_currency, company.default_currency)
	= company.default_currency, 1, so.conversion_rate)"""
"""The same in the currency of its ``company``."""

TOTAL_HERE = "coalesce(nullif(so.base_rounded_total, 0), so.base_grand_total)"
"""What the order costs, in that currency."""

OWED_HERE = "{0}.outstanding_amount * if({0}.party_account_currency = {0}.currency, {0}.conversion_rate, 1)"
"""What is open of an invoice, in that currency: it is kept in that of its party account, the invoice's own or
the company's.
"""

STILL_OWED = f"""greatest(0, if({PER_BILLED} >= 99.99, 0, {TOTAL_HERE} * (1 - so.per_billed / 100))
	+ coalesce((
		select sum(row.base_net_amount / nullif(bill.base_net_total, 0) * {OWED_HERE.format("bill")})
		from `tabSales Invoice Item` row join `tabSales Invoice` bill on bill.name = row.parent
		where row.sales_order = so.name and bill.docstatus = 1), 0)
	- {AHEAD_HERE})"""
"""What is not invoiced and not paid ahead, and its share of what invoices leave open; in that currency."""
