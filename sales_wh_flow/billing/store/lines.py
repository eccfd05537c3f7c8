"""What may be invoiced of orders is read here: their rows, what has left of them, what is billed."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import HALF_CENT
from sales_wh_flow.billing.rules.may_invoice import LineToBill, OrderToBill
from sales_wh_flow.order.rules.held_statuses import HELD_STATUSES, NO_DEMAND


def orders_to_bill(orders: Iterable[str]) -> dict[str, OrderToBill]:
	"""The orders by name, with their rows; one statement, none for none."""
	names = tuple(sorted(set(orders)))
	if not names:
		return {}
	rows = frappe.db.sql(_LINES, {"orders": names}, as_dict=True)
	lines: dict[str, list[LineToBill]] = defaultdict(list)
	heads: dict[str, frappe._dict] = {}
	for row in rows:
		heads[row.sales_order] = row
		if row.row:
			lines[row.sales_order].append(_line(row))
	return {name: _order(head, tuple(lines[name])) for name, head in heads.items()}


def _order(row: frappe._dict, lines: tuple[LineToBill, ...]) -> OrderToBill:
	return OrderToBill(
		order=row.sales_order,
		company=row.company,
		customer=row.customer,
		customer_group=row.customer_group or "",
		lines=lines,
		docstatus=row.docstatus,
		held=row.status if row.status in NO_DEMAND else "",
		is_waiting_for_approval=row.swf_flow_status in HELD_STATUSES,
		has_no_delivery=bool(row.skip_delivery_note),
	)


def _line(row: frappe._dict) -> LineToBill:
	# What came back and is not sent again is billed by nobody; ERPNext takes it off what is delivered.
	back = max(flt(row.swf_returned_qty) - flt(row.swf_replaced_qty), 0.0)
	return LineToBill(
		row=row.row,
		idx=row.idx,
		ordered=max(flt(row.qty) - back, 0.0),
		left=flt(row.delivered_qty),
		proved=max(0.0, min(flt(row.proved) - flt(row.refused), flt(row.delivered_qty))),
		billed=flt(row.billed),
		drafted=flt(row.drafted),
		is_goods=bool(row.is_goods),
		is_billed_in_full=bool(flt(row.amount))
		and abs(flt(row.billed_amt)) >= abs(flt(row.amount)) - HALF_CENT,
	)


# What was refused on delivery is not proved.
# A credit note makes room for another invoice only where it says so, as in ERPNext.
_LINES = """
select so.name sales_order, so.docstatus, so.status, so.company, so.customer, so.customer_group,
	so.skip_delivery_note, so.swf_flow_status,
	soi.name `row`, soi.idx, soi.qty, soi.amount, soi.billed_amt, soi.delivered_qty,
	soi.swf_returned_qty, soi.swf_replaced_qty,
	(item.is_stock_item = 1 or soi.delivered_by_supplier = 1 or exists (
		select 1 from `tabPacked Item` packed
		where packed.parent = so.name and packed.parent_detail_docname = soi.name)) is_goods,
	(select sum(dni.qty) from `tabDelivery Note Item` dni
		join `tabDelivery Note` dn on dn.name = dni.parent
		where dni.so_detail = soi.name and dn.docstatus = 1 and dn.is_return = 0
			and dn.swf_delivered_on is not null) proved,
	(select sum(content.refused_qty) / soi.conversion_factor from `tabOrder Box Item` content
		where content.sales_order = so.name and content.sales_order_item = soi.name
			and content.parenttype = 'Order Box') refused,
	(select sum(sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = soi.name and si.docstatus = 1
			and (si.is_return = 0 or si.update_billed_amount_in_sales_order = 1)) billed,
	(select sum(sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = soi.name and si.docstatus = 0 and si.is_return = 0) drafted
from `tabSales Order` so
left join `tabSales Order Item` soi on soi.parent = so.name
left join `tabItem` item on item.name = soi.item_code
where so.name in %(orders)s order by so.name, soi.idx"""
