"""However many rounds an order leaves in, its fixed charges and discount are on its notes, and on its
invoices, once.

ERPNext puts them in full on each. A charge goes with the first round; a discount is given for the goods that
leave, by what they are worth.
"""

from collections.abc import Sequence

from frappe.utils import cint, flt

from sales_wh_flow.base.quantities import HALF_CENT
from sales_wh_flow.order.rules.fixed_sums import left_to_bear
from sales_wh_flow.order.store import fixed_sums
from sales_wh_flow.order.store.fixed_sums import LINKS, Charge, FixedSums


def bear_once(doc) -> bool:
	"""A draft Delivery Note or Sales Invoice in memory bears what no other one of its orders bears. Whether
	that changed it; the caller holds the orders.
	"""
	orders = sorted({row.get(LINKS[doc.doctype]) for row in doc.items} - {None, ""})
	if not orders or cint(doc.get("is_return")) or not _may_bear(doc):
		return False
	given = _given(doc, orders)
	others = fixed_sums.of_documents(doc.doctype, orders, doc.name)
	changed = _set_charges(doc, given, others)
	changed = _set_discount(doc, given, others) or changed
	if changed:
		doc.run_method("calculate_taxes_and_totals")
	return changed


def _may_bear(doc) -> bool:
	"""An invoice of several notes has the charges of the last of them; a note has those of its order."""
	return (
		doc.doctype == "Sales Invoice"
		or bool(flt(doc.discount_amount))
		or any(row.charge_type == "Actual" for row in doc.get("taxes") or ())
	)


def _given(doc, orders: Sequence[str]) -> list[FixedSums]:
	"""What there is to bear: of the orders, or of the notes that an invoice is made of."""
	if any(row.get("delivery_note") for row in doc.items):
		return fixed_sums.of_documents("Delivery Note", orders, is_submitted=True)
	return fixed_sums.of_orders(orders)


def _set_charges(doc, given: Sequence[FixedSums], others: Sequence[FixedSums]) -> bool:
	wanted: dict[Charge, float] = {}
	for charge in dict.fromkeys(key for it in given for key in it.charges):
		totals: dict[str, float] = {}
		for it in given:
			totals[it.orders[0]] = totals.get(it.orders[0], 0.0) + it.charges.get(charge, 0.0)
		borne = [(it.orders, it.charges.get(charge, 0.0)) for it in others]
		wanted[charge] = sum(left_to_bear(totals, borne).values())
	changed = False
	for row in doc.get("taxes") or ():
		charge = (row.account_head, row.description or "", row.cost_center or "")
		if row.charge_type == "Actual" and charge in wanted:
			amount = flt(wanted[charge], row.precision("tax_amount"))
			changed = changed or abs(flt(row.tax_amount) - amount) > HALF_CENT
			row.tax_amount, wanted[charge] = amount, 0.0
	for (account, description, cost_center), amount in wanted.items():
		if abs(amount) > HALF_CENT:
			charge = {"account_head": account, "description": description, "cost_center": cost_center or None}
			doc.append("taxes", {"charge_type": "Actual", "tax_amount": amount, **charge})
			changed = True
	return changed


def _set_discount(doc, given: Sequence[FixedSums], others: Sequence[FixedSums]) -> bool:
	total = sum(it.discount for it in given)
	if not total or flt(doc.additional_discount_percentage):
		return False
	left = max(total - sum(it.discount for it in others), 0.0)
	worth = sum(it.amount for it in given) - sum(it.amount for it in others)
	own = sum(flt(row.amount) for row in doc.items if row.get(LINKS[doc.doctype]))
	share = min(own / worth, 1.0) if worth > HALF_CENT else 1.0
	amount = flt(left * share, doc.precision("discount_amount"))
	changed = abs(flt(doc.discount_amount) - amount) > HALF_CENT
	doc.discount_amount = amount
	return changed
