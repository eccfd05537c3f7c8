"""However many rounds an order leaves in, its fixed charges and discount are on its notes, and on its
invoices, once.

ERPNext puts them in full on each. A charge goes with the first round; a discount is given for the goods that
leave, by what they are worth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frappe.utils import cint, flt

from sales_wh_flow.base.quantities import HALF_CENT
from sales_wh_flow.order.rules.fixed_sums import left_to_bear
from sales_wh_flow.order.store import fixed_sums
from sales_wh_flow.order.store.fixed_sums import LINKS, Charge, FixedSums


@dataclass(frozen=True, slots=True)
class _Other:
	"""Another document, for which of what is given it bears something, and {of that: its rows' worth}."""

	sums: FixedSums
	keys: list[str]
	amounts: dict[str, float]


def bear_once(doc) -> bool:
	"""A draft Delivery Note or Sales Invoice in memory bears what no other one of its orders bears, or of the
	notes that it invoices. Whether that changed it; the caller holds the orders.
	"""
	own = _own_amounts(doc)
	orders = sorted({order for order, _note in own})
	if not orders or cint(doc.get("is_return")) or not _may_bear(doc):
		return False
	notes = {note for _order, note in own} - {""}
	if notes:
		given = [it for it in fixed_sums.of_documents("Delivery Note", orders) if it.name in notes]
	else:
		given = fixed_sums.of_orders(orders)
	others = _by_given(given, fixed_sums.of_documents(doc.doctype, orders, doc.name), bool(notes))
	changed = _set_charges(doc, given, others)
	changed = _set_discount(doc, given, others, _by_key(own, bool(notes))) or changed
	if changed:
		doc.run_method("calculate_taxes_and_totals")
	return changed


def _own_amounts(doc) -> dict[tuple[str, str], float]:
	found: dict[tuple[str, str], float] = {}
	for row in doc.items:
		if order := row.get(LINKS[doc.doctype]):
			key = (order, row.get("delivery_note") or "")
			found[key] = found.get(key, 0.0) + flt(row.amount)
	return found


def _may_bear(doc) -> bool:
	"""An invoice of several notes has the charges of the last of them; a note has those of its order."""
	return (
		doc.doctype == "Sales Invoice"
		or bool(flt(doc.discount_amount))
		or any(row.charge_type == "Actual" for row in doc.get("taxes") or ())
	)


def _by_key(amounts: Mapping[tuple[str, str], float], is_by_note: bool) -> dict[str, float]:
	"""{note, or order: what its rows are worth}"""
	found: dict[str, float] = {}
	for (order, note), amount in amounts.items():
		key = note if is_by_note else order
		found[key] = found.get(key, 0.0) + amount
	return found


def _by_given(given: Sequence[FixedSums], others: Sequence[FixedSums], is_by_note: bool) -> list[_Other]:
	"""What else bears something of what is given; an invoice without notes, of all notes."""
	names = [it.name for it in given]
	found = []
	for it in others:
		amounts = _by_key(it.amounts, is_by_note)
		keys = names if is_by_note and [*amounts] == [""] else [name for name in names if name in amounts]
		if keys:
			found.append(_Other(it, keys, amounts))
	return found


def _set_charges(doc, given: Sequence[FixedSums], others: Sequence[_Other]) -> bool:
	wanted: dict[Charge, float] = {}
	for charge in dict.fromkeys(key for it in given for key in it.charges):
		borne = [(other.keys, other.sums.charges.get(charge, 0.0)) for other in others]
		left = left_to_bear({it.name: it.charges.get(charge, 0.0) for it in given}, borne)
		wanted[charge] = sum(left.values())
	changed = False
	for row in doc.get("taxes") or ():
		charge = (row.account_head, row.description or "", row.cost_center or "")
		if row.charge_type == "Actual" and charge in wanted:
			amount = flt(wanted[charge], row.precision("tax_amount"))
			changed = changed or abs(flt(row.tax_amount) - amount) > HALF_CENT
			row.tax_amount, wanted[charge] = amount, 0.0
	for (account, description, cost_center), amount in wanted.items():
		if abs(amount) > HALF_CENT:
			named = {"account_head": account, "description": description, "cost_center": cost_center or None}
			doc.append("taxes", {"charge_type": "Actual", "tax_amount": amount, **named})
			changed = True
	return changed


def _set_discount(
	doc, given: Sequence[FixedSums], others: Sequence[_Other], own: Mapping[str, float]
) -> bool:
	if not any(it.discount for it in given) or flt(doc.additional_discount_percentage):
		return False
	borne = [(other.keys, other.sums.discount) for other in others]
	left = left_to_bear({it.name: it.discount for it in given}, borne)
	amount = 0.0
	for it in given:
		worth = sum(it.amounts.values()) - sum(other.amounts.get(it.name, 0.0) for other in others)
		share = min(own.get(it.name, 0.0) / worth, 1.0) if worth > HALF_CENT else 1.0
		amount += left[it.name] * share
	amount = flt(amount, doc.precision("discount_amount"))
	changed = abs(flt(doc.discount_amount) - amount) > HALF_CENT
	doc.discount_amount = amount
	return changed
