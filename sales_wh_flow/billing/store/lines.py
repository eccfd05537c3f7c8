"""What may be invoiced of orders is read here: their rows, what has left of them, what is billed."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.store.credit import second_connection
from sales_wh_flow.base.quantities import HALF_CENT, is_less
from sales_wh_flow.billing.rules.may_invoice import LineToBill, OrderToBill
from sales_wh_flow.billing.store import came_back
from sales_wh_flow.order.rules.held_statuses import HELD_STATUSES, NO_DEMAND
from sales_wh_flow.order.store.returned import NOT_REFUNDED, TO_BE_PAID


def orders_to_bill(orders: Iterable[str], are_held: bool = False) -> dict[str, OrderToBill]:
	"""The orders by name, with their rows; one statement, none for none. ``are_held``: what others
	have billed meanwhile counts, too.
	"""
	names = tuple(sorted(set(orders)))
	if not names:
		return {}
	rows = frappe.db.sql(_LINES, {"orders": names}, as_dict=True)
	if are_held:
		billed = _billed_by_all(row.row for row in rows if row.row)
		for row in rows:
			row.billed = max(flt(row.billed), flt(billed.get(row.row)))
	lines: dict[str, list[LineToBill]] = defaultdict(list)
	heads: dict[str, frappe._dict] = {}
	for row in rows:
		heads[row.sales_order] = row
		if row.row:
			lines[row.sales_order].append(_line(row))
	return {name: _order(head, tuple(lines[name])) for name, head in heads.items()}


def _billed_by_all(rows: Iterable[str]) -> dict[str, float]:
	"""{row of an order: what is billed of it as last committed}. Not by a locking read: whoever submits
	another invoice holds that already, and waits for these orders.
	"""
	names = tuple(rows)
	if not names:
		return {}
	other = second_connection()
	try:
		return dict(
			other.sql(
				f"""select sii.so_detail, sum(sii.qty) from `tabSales Invoice Item` sii
				join `tabSales Invoice` si on si.name = sii.parent
				where sii.so_detail in %s and si.docstatus = 1 and {_COUNTS} group by sii.so_detail""",
				(names,),
			)
		)
	finally:
		other.close()


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
		currency=row.currency or "",
	)


def _line(row: frappe._dict) -> LineToBill:
	# What came back, is not sent again and not to be paid all the same is billed by nobody. ERPNext takes it
	# off what is delivered; what is credited of it is taken off what is billed.
	kept = flt(row.to_be_paid)
	back = max(flt(row.swf_returned_qty) - flt(row.swf_replaced_qty) - kept, 0.0)
	left = flt(row.delivered_qty) + kept
	proved_kept = flt(row.proved_kept)
	not_accepted = max(flt(row.refused) - proved_kept, flt(row.proved_back) - proved_kept, 0.0)
	proved = min(flt(row.proved) - not_accepted, left)
	billed, credited = flt(row.billed), flt(row.credited)
	beyond = billed - credited - flt(row.credit_drafted) - max(flt(row.qty) - back, 0.0)
	return LineToBill(
		row=row.row,
		idx=row.idx,
		ordered=max(flt(row.qty) - back, 0.0),
		left=left,
		proved=max(0.0, proved),
		billed=billed - min(credited + flt(row.to_be_credited), back),
		drafted=flt(row.drafted),
		is_goods=bool(row.is_goods),
		by_supplier=bool(row.by_supplier),
		is_billed_in_full=bool(flt(row.amount))
		and abs(flt(row.billed_amt)) >= abs(flt(row.amount)) - HALF_CENT,
		short=_short(row),
		to_credit=min(max(flt(row.to_be_credited), beyond, 0.0), back),
	)


def _short(row: frappe._dict) -> float:
	"""What a line of which nothing came back was invoiced for less than ordered, once all of it is."""
	if flt(row.swf_returned_qty) or is_less(flt(row.billed), flt(row.qty)):
		return 0.0
	short = flt(row.amount) - flt(row.billed_amt)
	return short if short > 2 * HALF_CENT else 0.0


# What is invoiced of notes beyond what the customer keeps of them, and stands on no credit note yet. Those
# that ERPNext itself makes of a return name the rows of the return.
_TO_BE_CREDITED = f"""(select sum(greatest(0, coalesce((select sum(sii.qty) from `tabSales Invoice Item` sii
				join `tabSales Invoice` si on si.name = sii.parent where sii.dn_detail = dni.name
					and (si.docstatus = 1 or (si.docstatus = 0 and si.is_return = 1))), 0)
			+ coalesce((select sum(sii.qty) from `tabDelivery Note Item` back
				join `tabSales Invoice Item` sii on sii.dn_detail = back.name
				join `tabSales Invoice` si on si.name = sii.parent and si.is_return = 1 and si.docstatus < 2
				where back.dn_detail = dni.name), 0)
			- dni.qty + coalesce(({came_back.BACK} and note.swf_replace = 0), 0)
			- {came_back.TO_BE_PAID}))
		from `tabDelivery Note Item` dni
		join `tabDelivery Note` dn on dn.name = dni.parent and dn.is_return = 0 and dn.docstatus = 1
		where dni.so_detail = line.name)"""

# A credit note makes room for another invoice only where it says so, as in ERPNext.
_COUNTS = "(si.is_return = 0 or si.update_billed_amount_in_sales_order = 1)"

# What was refused of a proved delivery is not proved, unless it came back and is to be paid all the same.
_LINES = f"""
select so.name sales_order, so.docstatus, so.status, so.company, so.customer, customer.customer_group,
	so.currency, so.skip_delivery_note, so.swf_flow_status,
	line.name `row`, line.idx, line.qty, line.amount, line.billed_amt, line.delivered_qty,
	line.swf_returned_qty, line.swf_replaced_qty, {TO_BE_PAID} to_be_paid,
	if(line.swf_returned_qty > line.swf_replaced_qty, {_TO_BE_CREDITED}, 0) to_be_credited,
	if(line.swf_returned_qty > 0, (select sum(({came_back.BACK})) from `tabDelivery Note Item` dni
		join `tabDelivery Note` dn on dn.name = dni.parent
		where dni.so_detail = line.name and dn.docstatus = 1 and dn.is_return = 0
			and dn.swf_delivered_on is not null), 0) proved_back,
	if(line.swf_returned_qty > 0, (select
			sum(its.received_qty * its.conversion_factor) / line.conversion_factor
		from `tabReturn Case Row` its
		join `tabDelivery Note` dn on dn.name = its.delivery_note and dn.swf_delivered_on is not null
		join `tabDelivery Note` note on note.name = its.return_note and note.docstatus = 1
		where its.sales_order = so.name and its.sales_order_item = line.name
			and its.remedy in {NOT_REFUNDED}), 0) proved_kept,
	if(line.swf_returned_qty > 0, (select sum(-sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = line.name and si.docstatus < 2 and si.is_return = 1
			and si.update_billed_amount_in_sales_order = 0), 0) credited,
	if(line.swf_returned_qty > 0, (select sum(-sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = line.name and si.docstatus = 0 and si.is_return = 1
			and si.update_billed_amount_in_sales_order = 1), 0) credit_drafted,
	line.delivered_by_supplier by_supplier,
	(item.is_stock_item = 1 or line.delivered_by_supplier = 1 or exists (
		select 1 from `tabPacked Item` packed
		where packed.parent = so.name and packed.parent_detail_docname = line.name)) is_goods,
	(select sum(dni.qty) from `tabDelivery Note Item` dni
		join `tabDelivery Note` dn on dn.name = dni.parent
		where dni.so_detail = line.name and dn.docstatus = 1 and dn.is_return = 0
			and dn.swf_delivered_on is not null) proved,
	(select sum(content.refused_qty) / line.conversion_factor from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		join `tabDelivery Note` dn on dn.name = box.delivery_note and dn.docstatus = 1
			and dn.swf_delivered_on is not null
		where content.sales_order = so.name and content.sales_order_item = line.name
			and content.parenttype = 'Order Box') refused,
	(select sum(sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = line.name and si.docstatus = 1 and {_COUNTS}) billed,
	(select sum(sii.qty) from `tabSales Invoice Item` sii
		join `tabSales Invoice` si on si.name = sii.parent
		where sii.so_detail = line.name and si.docstatus = 0 and si.is_return = 0) drafted
from `tabSales Order` so
left join `tabCustomer` customer on customer.name = so.customer
left join `tabSales Order Item` line on line.parent = so.name
left join `tabItem` item on item.name = line.item_code
where so.name in %(orders)s order by so.name, line.idx"""
