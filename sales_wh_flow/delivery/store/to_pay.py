"""What boxes still ask for at the door."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.packing.rules import collect, states
from sales_wh_flow.packing.rules.collect import BoxToPay

_MAY_BE_ASKED = tuple(sorted(states.IN_THE_HOUSE | states.ON_ITS_WAY))
"""Boxes for which nobody was asked to pay yet, and somebody still may be."""


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
		left join `tabDelivery Note` note on note.name = box.delivery_note
		where box.cod_amount > 0 and (box.name in %(boxes)s or proof.name is not null
			or (box.state in %(may_be_asked)s and note.swf_delivered_on is null))
		order by proof.name is null, box.name, sales.name""",
		{"boxes": wanted, "may_be_asked": _MAY_BE_ASKED},
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
