"""What order lines and invoices say of goods that came back, and what the documents say."""

import frappe

from sales_wh_flow.audit.rules.evidence import CreditEvidence, ReturnEvidence
from sales_wh_flow.audit.store.line_evidence import AuditScope


def lines_with_returns_of(scope: AuditScope) -> tuple[ReturnEvidence, ...]:
	"""The order lines of which something came back or was credited, by their own word or by a document."""
	rows = frappe.db.sql(
		f"""select line.parent, line.name, line.item_code,
			line.swf_returned_qty, sum(coalesce(moved.back, 0)),
			line.swf_refunded_qty, sum(coalesce(moved.credited, 0)), line.delivered_qty
		from `tabSales Order Item` line left join (
			select row.so_detail, -row.qty back, 0 credited from `tabDelivery Note` note
			join `tabDelivery Note Item` row on row.parent = note.name
			where note.is_return = 1 and note.docstatus = 1
				and {scope.only("row.against_sales_order", "orders")}
			union all
			select row.so_detail, if(bill.update_stock, -row.qty, 0), -row.qty from `tabSales Invoice` bill
			join `tabSales Invoice Item` row on row.parent = bill.name
			where bill.is_return = 1 and bill.docstatus = 1 and {scope.only("row.sales_order", "orders")}
		) moved on moved.so_detail = line.name
		where line.docstatus = 1 and {scope.only("line.parent", "orders")}
			and (line.swf_returned_qty <> 0 or line.swf_refunded_qty <> 0 or moved.so_detail is not null)
		group by line.name order by line.parent, line.idx""",
		scope.values,
	)
	return tuple(ReturnEvidence(*row) for row in rows)


def over_credited(scope: AuditScope) -> tuple[CreditEvidence, ...]:
	"""Rows of invoices that are credited beyond what they invoiced."""
	rows = frappe.db.sql(
		f"""select row.parent, row.name, row.item_code, row.qty, sum(-back.qty) credited
		from `tabSales Invoice` credit
		join `tabSales Invoice Item` back on back.parent = credit.name
		join `tabSales Invoice Item` row on row.name = back.sales_invoice_item
		where credit.is_return = 1 and credit.docstatus = 1 and {scope.only("row.item_code", "items")}
		group by row.name having credited > row.qty + 0.0000005 order by row.parent, row.idx""",
		scope.values,
	)
	return tuple(CreditEvidence(*row) for row in rows)
