"""Orders that are paid at the door, and what their boxes hold of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.packing.rules import collect
from sales_wh_flow.packing.rules.collect import BoxToPay

_WORTH = """content.qty_stock * case when part.name is null
	then line.base_net_amount / nullif(line.stock_qty, 0)
	else line.base_net_amount / nullif(part.qty, 0) / (
		select count(*) from `tabPacked Item` each_part
		where each_part.parent_detail_docname = line.name and each_part.parenttype = 'Sales Order')
	end"""


@dataclass(frozen=True, slots=True)
class ToCollect:
	"""Of one order, in the company's currency. ``total``: what the customer has not paid in advance;
	``whole``: its goods; ``before``: in other closed boxes; ``own``: in the box that is asked about.
	"""

	order: str
	total: float
	whole: float
	before: float
	own: float


def to_collect(box: str, orders: Sequence[str]) -> list[ToCollect]:
	"""Those of the orders that are paid at the door. The caller holds the orders; two statements, one where
	none is.
	"""
	named = tuple(orders) or ("",)
	known = frappe.db.sql(
		"""select sales.name,
			coalesce(nullif(sales.base_rounded_total, 0), sales.base_grand_total)
				* greatest(1 - coalesce(sales.advance_paid, 0) / nullif(sales.grand_total, 0), 0),
			(select sum(line.base_net_amount) from `tabSales Order Item` line
				join `tabItem` item on item.name = line.item_code
				where line.parent = sales.name and (item.is_stock_item = 1 or exists (
					select 1 from `tabPacked Item` part
					where part.parent_detail_docname = line.name and part.parenttype = 'Sales Order')))
		from `tabSales Order` sales where sales.name in %s and sales.swf_cod = 1 order by sales.name""",
		(named,),
	)
	if not known:
		return []
	inside = frappe.db.sql(
		f"""select content.sales_order, content.parent = %s, sum({_WORTH})
		from `tabOrder Box Item` content
		join `tabOrder Box` other on other.name = content.parent
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.sales_order in %s
			and (other.name = %s or (other.cod_amount > 0 and other.state not in ('Cancelled', 'Returned')))
		group by content.sales_order, content.parent = %s lock in share mode""",
		(box, named, box, box),
	)
	worth = {(order, bool(own)): flt(value) for order, own, value in inside}
	return [
		ToCollect(name, flt(total), flt(whole), worth.get((name, False), 0.0), worth.get((name, True), 0.0))
		for name, total, whole in known
	]


def worth_of_rows(boxes: Iterable[str]) -> dict[str, dict[str, float]]:
	"""{box: {row: what it is worth}} of what lies in these boxes and is paid at the door; one statement, none
	for no box.
	"""
	wanted = tuple(boxes)
	found: dict[str, dict[str, float]] = defaultdict(dict)
	if not wanted:
		return found
	rows = frappe.db.sql(
		f"""select content.parent, content.name, {_WORTH}
		from `tabOrder Box Item` content
		join `tabSales Order` sales on sales.name = content.sales_order and sales.swf_cod = 1
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.parent in %s and content.qty_stock > 0""",
		(wanted,),
	)
	for box, row, worth in rows:
		found[box][row] = flt(worth)
	return found


def still_to_collect(boxes: Iterable[str]) -> dict[str, tuple[float, str]]:
	"""{box: (what is to be collected for it now, currency)} of boxes that are paid at the door: together no
	more than their orders still owe, nothing where they were paid meanwhile. What was taken for other boxes
	of these orders and is not posted yet counts as paid. One statement, none for no box.
	"""
	wanted = tuple(boxes)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select box.name, box.cod_amount, company.default_currency, sales.name,
			if(sales.per_billed >= 99.99 and not exists (
				select 1 from `tabSales Invoice Item` row
				join `tabSales Invoice` bill on bill.name = row.parent
				where row.sales_order = sales.name and bill.docstatus = 1
					and round(bill.outstanding_amount, 2) > 0
			), 0, coalesce(nullif(sales.base_rounded_total, 0), sales.base_grand_total)
				* greatest(1 - coalesce(sales.advance_paid, 0) / nullif(sales.grand_total, 0), 0)),
			proof.name is not null, if(payment.docstatus = 1, 0, coalesce(proof.money_taken, 0))
		from (select distinct content.parent box, content.sales_order from `tabOrder Box Item` content
			where content.parenttype = 'Order Box' and content.sales_order in (
				select mine.sales_order from `tabOrder Box Item` mine
				where mine.parenttype = 'Order Box' and mine.parent in %(boxes)s)) inside
		join `tabOrder Box` box on box.name = inside.box
		join `tabCompany` company on company.name = box.company
		join `tabSales Order` sales on sales.name = inside.sales_order and sales.swf_cod = 1
		left join `tabDelivery Proof` proof on proof.box = box.name
			and coalesce(proof.replaced_by, '') = '' and proof.outcome <> 'Failed Attempt'
		left join `tabPayment Entry` payment on payment.name = proof.payment_entry
		where box.cod_amount > 0 and (box.name in %(boxes)s or proof.name is not null
			or box.state not in ('Cancelled', 'Returned', 'Lost'))
		order by proof.name is null, box.name, sales.name""",
		{"boxes": wanted},
	)
	debts: dict[str, float] = {}
	found: dict[str, BoxToPay] = {}
	currencies: dict[str, str] = {}
	for box, amount, currency, order, owed, is_answered, taken in rows:
		debts[order], currencies[box] = max(flt(owed), 0.0), currency
		its = found.setdefault(box, BoxToPay(box, flt(amount), flt(taken) if is_answered else None, []))
		its.orders.append(order)
	shares = collect.shares_of(found.values(), debts)
	return {box: (shares[box], currencies[box]) for box in sorted(found) if box in set(wanted)}
