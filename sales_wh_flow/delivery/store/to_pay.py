"""What boxes still ask for at the door."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.order.store.paid_ahead import STILL_OWED
from sales_wh_flow.packing.rules import collect, states
from sales_wh_flow.packing.rules.collect import BoxToPay
from sales_wh_flow.packing.store import collecting

_MAY_BE_ASKED = tuple(sorted(states.IN_THE_HOUSE | states.ON_ITS_WAY))
"""Boxes for which nobody was asked to pay yet, and somebody still may be."""

_IS_POSTED = """(payment.docstatus = 1 or exists (
	select 1 from `tabPayment Entry Reference` its
	join `tabPayment Entry` entry on entry.name = its.parent and its.parenttype = 'Payment Entry'
	where its.docstatus = 1 and entry.mode_of_payment = proof.mode_of_payment
		and entry.posting_date >= date(proof.happened_on)
		and (its.reference_name = so.name or its.reference_name in (
			select row.parent from `tabSales Invoice Item` row where row.sales_order = so.name))
		and not exists (select 1 from `tabDelivery Proof` other where other.payment_entry = entry.name)))"""
"""Whether what ``proof`` says was taken counts as paid of its order already: handed in, or booked by hand."""


def still_to_collect(boxes: Iterable[str]) -> dict[str, tuple[float, str]]:
	"""{box: (what is to be collected for it now, currency)}, as ``asked_by_order``."""
	found = asked_by_order(boxes)
	return {box: (round(sum(parts.values()), 2), currency) for box, (parts, currency) in found.items()}


def asked_by_order(boxes: Iterable[str]) -> dict[str, tuple[dict[str, float], str]]:
	"""{box: ({order: what is to be collected for it now}, currency)} of boxes that are paid at the door:
	together no more than their orders still owe, nothing where they were paid meanwhile. What was taken for
	other boxes of these orders and is not posted yet counts as paid. Two statements, none for no box.
	"""
	wanted = tuple(boxes)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		f"""select box.name, box.cod_amount, company.default_currency, so.name, {STILL_OWED},
			proof.name is not null, if({_IS_POSTED}, 0, coalesce(proof.money_taken, 0))
		from (select distinct content.parent box, content.sales_order from `tabOrder Box Item` content
			where content.parenttype = 'Order Box' and content.sales_order in (
				select mine.sales_order from `tabOrder Box Item` mine
				where mine.parenttype = 'Order Box' and mine.parent in %(boxes)s)) inside
		join `tabOrder Box` box on box.name = inside.box
		join `tabCompany` company on company.name = box.company
		join `tabSales Order` so on so.name = inside.sales_order and so.swf_cod = 1
		left join `tabDelivery Proof` proof on proof.box = box.name
			and coalesce(proof.replaced_by, '') = '' and proof.outcome <> 'Failed Attempt'
		left join `tabPayment Entry` payment on payment.name = proof.payment_entry
		left join `tabDelivery Note` note on note.name = box.delivery_note
		where box.cod_amount > 0 and (box.name in %(boxes)s or proof.name is not null
			or (box.state in %(may_be_asked)s and note.swf_delivered_on is null))
		order by proof.name is null, box.name, so.name""",
		{"boxes": wanted, "may_be_asked": _MAY_BE_ASKED},
	)
	worths = _worths({row[0] for row in rows})
	debts: dict[str, float] = {}
	found: dict[str, BoxToPay] = {}
	currencies: dict[str, str] = {}
	for box, amount, currency, order, owed, is_answered, taken in rows:
		debts[order], currencies[box] = flt(owed), currency
		before = found[box].taken if box in found else None
		not_posted = min(flt(taken), flt(taken) if before is None else before) if is_answered else None
		found[box] = BoxToPay(box, flt(amount), not_posted, worths.get(box, {}))
	shares = collect.shares_of(found.values(), debts)
	return {box: (shares[box], currencies[box]) for box in sorted(found) if box in set(wanted)}


def _worths(boxes: Iterable[str]) -> dict[str, dict[str, float]]:
	"""{box: {order: its goods in it}}"""
	found: dict[str, dict[str, float]] = {}
	for box, rows in collecting.worth_of_rows(boxes).items():
		found[box] = defaultdict(float)
		for row in rows.values():
			found[box][row.order] += row.worth
	return found
