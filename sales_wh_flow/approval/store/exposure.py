"""What customers owe a company: open invoices, submitted orders, goods delivered without an order.

Amounts in the company's currency.
"""

# As ERPNext's `customer.get_customer_outstanding` (15.71) adds it up with three or four statements.
OWED_BY = """(
		select coalesce(sum(debit) - sum(credit), 0) from `tabGL Entry`
		where party_type = 'Customer' and is_cancelled = 0 and company = %(company)s and party in {members}
	) + (
		select coalesce(sum(base_grand_total * (100 - per_billed) / 100), 0) from `tabSales Order`
		where docstatus = 1 and per_billed < 100 and status <> 'Closed' and company = %(company)s
			and customer in {members}
	) + (
		select coalesce(sum(greatest(sent.amount - sent.billed, 0) / sent.base_net_total
			* sent.base_grand_total), 0)
		from (select item.amount, note.base_net_total, note.base_grand_total, coalesce((
				select sum(invoiced.amount) from `tabSales Invoice Item` invoiced
				where invoiced.dn_detail = item.name and invoiced.docstatus = 1), 0) billed
			from `tabDelivery Note` note join `tabDelivery Note Item` item on item.parent = note.name
			where note.docstatus = 1 and note.status not in ('Closed', 'Stopped')
				and note.company = %(company)s and note.customer in {members} and note.base_net_total <> 0
				and coalesce(item.against_sales_order, '') = ''
				and coalesce(item.against_sales_invoice, '') = '') sent
	)"""
"""SQL; ``members``: SQL for the customers."""
