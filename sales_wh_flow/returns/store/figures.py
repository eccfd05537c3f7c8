"""What came back, for whoever looks at many cases at once."""

from collections.abc import Sequence

import frappe

_ROWS = """select its.name return_case, its.state, its.company, its.customer, its.customer_name,
	its.announced_on, coalesce(nullif(row.reason, ''), its.reason) reason, row.idx, row.item_code,
	row.item_name, row.from_warehouse, row.warehouse, row.delivery_note, note.swf_courier courier,
	row.received_qty * coalesce(nullif(row.conversion_factor, 0), 1) qty_stock, item.stock_uom, row.decision,
	row.remedy, row.received_on, row.decided_on, row.return_note, row.name row_name,
	company.default_currency currency
from `tabReturn Case` its
join `tabReturn Case Row` row on row.parent = its.name and row.parenttype = 'Return Case'
join `tabCompany` company on company.name = its.company
left join `tabItem` item on item.name = row.item_code
left join `tabDelivery Note` note on note.name = row.delivery_note
where its.name in %(cases)s and its.state <> 'Cancelled' and row.received_qty > 0
order by its.announced_on desc, its.name desc, row.idx"""

# Components of a bundle are posted under the packed items of the return's row.
_VALUES = """select made.case_row, sum(ledger.stock_value_difference) from `tabReturn Case Document` made
join `tabStock Ledger Entry` ledger on ledger.voucher_type = 'Delivery Note'
	and ledger.voucher_no = made.document_name and ledger.is_cancelled = 0
	and (ledger.voucher_detail_no = made.document_row or exists (
		select 1 from `tabPacked Item` part where part.name = ledger.voucher_detail_no
			and part.parent_detail_docname = made.document_row))
where made.parent in %(cases)s and made.document_type = 'Delivery Note' group by made.case_row"""

_CREDITED = """select made.case_row, sum(-bill_row.base_net_amount * made.qty / nullif(-bill_row.qty, 0))
from `tabReturn Case Document` made
join `tabSales Invoice Item` bill_row on bill_row.name = made.document_row
join `tabSales Invoice` bill on bill.name = bill_row.parent and bill.docstatus = 1
where made.parent in %(cases)s and made.document_type = 'Sales Invoice' group by made.case_row"""


def rows_of_cases(cases: Sequence[str]) -> list[frappe._dict]:
	"""What was received with these cases, the latest first; three statements, none for no case.

	Each row gets ``value`` (what its stock is worth, in the company's currency) and ``credited``.
	"""
	if not cases:
		return []
	names = {"cases": tuple(cases)}
	rows = frappe.db.sql(_ROWS, names, as_dict=True)
	values, credits = dict(frappe.db.sql(_VALUES, names)), dict(frappe.db.sql(_CREDITED, names))
	for row in rows:
		row.value = float(values.get(row.row_name) or 0.0)
		row.credited = float(credits.get(row.row_name) or 0.0)
	return rows
