"""SQL for what is paid ahead on an order ``so`` and taken by no invoice, in its party account's currency.

ERPNext up to 15.7x leaves ``advance_paid`` as it was when an invoice takes the advance.
"""

PAID_AHEAD = """if(so.advance_paid > 0, least(so.advance_paid, coalesce((
		select sum(paid.allocated_amount) from `tabPayment Entry Reference` paid
		where paid.reference_name = so.name and paid.reference_doctype = 'Sales Order'
			and paid.docstatus = 1), 0)
	+ coalesce((
		select sum(row.credit_in_account_currency - row.debit_in_account_currency)
		from `tabJournal Entry Account` row
		where row.reference_name = so.name and row.reference_type = 'Sales Order'
			and row.docstatus = 1), 0)), 0)"""
