"""Credit notes for goods that came back and are refunded: what was invoiced of them, and no more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import frappe
from frappe.utils import flt

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.returns import words
from sales_wh_flow.returns.rules import credit as rules
from sales_wh_flow.returns.rules.credit import CreditClaim, CreditShare
from sales_wh_flow.returns.rules.facts import REFUND
from sales_wh_flow.returns.store import invoiced

_NATIVE = "validate_against_voucher_outstanding"
"""It says besides how the outstanding may be kept, by a checkbox of the form."""


def may_credit() -> bool:
	"""Whether the session's user may make credit notes."""
	return bool(frappe.has_permission("Sales Invoice", "create"))


def make_credit_notes(case) -> None:
	"""Draft credit notes for what is refunded and not credited yet, one an invoice. The case is held."""
	claims = open_claims(case)
	if not claims:
		return
	invoiced.hold_invoices(invoiced.invoices_of(*_meant(claims)))
	claims = open_claims(case, for_decision=True)
	by_invoice: dict[str, list[CreditShare]] = defaultdict(list)
	left = invoiced.rows_left(*_meant(claims), for_decision=True)
	for share in rules.share_out_credit(claims, left):
		by_invoice[share.invoice].append(share)
	for invoice, shares in sorted(by_invoice.items()):
		doc = _credit_note(invoice, shares)
		say_nothing_of_checkbox(doc)
		doc.insert()
		_note_in_case(case, doc, shares)


def open_claims(case, *, for_decision: bool = False) -> list[CreditClaim]:
	"""What of a case came back, is refunded and stands on no credit note. ``for_decision``: as last
	committed; the caller holds the case and its invoices.
	"""
	rows = [row for row in case.rows if row.return_note and row.remedy == REFUND]
	made = {row.case_row: row.document_row for row in case.documents if row.document_type == "Delivery Note"}
	credited = _credited(case)
	natively = invoiced.credited_natively(
		(made[row.name] for row in rows if row.name in made), for_decision=for_decision
	)
	# What somebody credited by hand counts, whatever it names: never more than came back.
	room = invoiced.room_to_credit((row.sales_order_item for row in rows), for_decision=for_decision)
	needs = invoiced.needs_of_notes((row.delivery_note_item for row in rows), for_decision=for_decision)
	others = {row.sales_order_item for row in rows if row.delivery_note_item not in needs}
	by_order = invoiced.lines_billed_by_order(others, for_decision=for_decision)
	over = {line: it.over_billed for line, it in by_order.items()}
	of_lines = invoiced.over_billed_lines(others - over.keys(), for_decision=for_decision)
	found = []
	# What is invoiced by its own note comes first: the rest of the line's invoices is for what replaced it.
	for row in sorted(rows, key=lambda it: it.delivery_note_item not in needs):
		is_own = row.delivery_note_item in needs
		done = credited[row.name] + natively.get(made.get(row.name, ""), 0.0)
		left, line = rounded(row.received_qty - done), row.sales_order_item or ""
		limits = [(room, line), (needs, row.delivery_note_item) if is_own else (over, line)]
		for limit, key in limits:
			left = rounded(min(left, limit.get(key, left)))
		for limit, key in limits:
			if key in limit:
				limit[key] = rounded(limit[key] - max(left, 0.0))
		over_billed, sent_again = of_lines.get(line, (0.0, 0.0))
		if is_own:
			of_line = 0.0
			of_lines[line] = (over_billed - max(min(left, over_billed), 0.0), sent_again)
		else:
			of_line = rounded(max(min(left, over_billed, sent_again), 0.0))
			of_lines[line] = (over_billed - of_line, sent_again - of_line)
		for qty, is_of_line in ((of_line, True), (rounded(left - of_line), False)):
			if is_positive(qty):
				found.append(CreditClaim(row.name, row.delivery_note_item, line, qty, is_of_line))
	return found


def _meant(claims: Sequence[CreditClaim]) -> tuple[list[str], list[str], list[str]]:
	"""Rows of notes, rows of orders, and those of these of which any invoice is meant."""
	of_line = [it.order_row for it in claims if it.is_of_line]
	return [it.note_row for it in claims], [it.order_row for it in claims], of_line


def _credited(case) -> dict[str, float]:
	"""{row: what stands on its credit notes}, those among them that the case in hand was just given."""
	found: dict[str, float] = defaultdict(float)
	bills = {row.document_name for row in case.documents if row.document_type == "Sales Invoice"}
	alive = set(
		frappe.get_all("Sales Invoice", {"name": ("in", sorted(bills)), "docstatus": ("<", 2)}, pluck="name")
		if bills
		else ()
	)
	for row in case.documents:
		if row.document_type == "Sales Invoice" and row.document_name in alive:
			found[row.case_row] += flt(row.qty)
	return found


def write_credited(case) -> None:
	"""Each row of the case says what of it is credited."""
	credited = _credited(case)
	for row in case.rows:
		row.credited_qty = rounded(credited[row.name])


def _credit_note(invoice: str, shares: Sequence[CreditShare]):
	"""ERPNext's credit note of the invoice, in its currency and at its rate, cut to the shares. What was
	charged or given on the whole of it, is credited in the part that belongs to the goods.
	"""
	doc = make_return_doc("Sales Invoice", invoice)
	source = frappe.get_doc("Sales Invoice", invoice)
	asked: dict[str, float] = defaultdict(float)
	for share in shares:
		asked[share.invoice_row] += share.qty
	doc.set("items", [item for item in doc.items if item.sales_invoice_item in asked])
	for item in doc.items:
		item.qty = -asked[item.sales_invoice_item]
		item.stock_qty = rounded(item.qty * flt(item.conversion_factor or 1))
	_share_fixed_amounts(doc, source, asked)
	for paid_with in ("payments", "advances"):
		doc.set(paid_with, [])
	doc.update(
		{
			"update_stock": 0,
			"is_pos": 0,
			"paid_amount": 0,
			"allocate_advances_automatically": 0,
			"packed_items": [],
		}
	)
	doc.run_method("calculate_taxes_and_totals")
	return doc


def _share_fixed_amounts(doc, source, asked: Mapping[str, float]) -> None:
	rates = {item.name: (flt(item.rate), flt(item.amount)) for item in source.items}
	whole = sum(amount for _rate, amount in rates.values())
	part = sum(rates[row][0] * qty for row, qty in asked.items())
	for tax, was in zip(doc.get("taxes") or (), source.get("taxes") or (), strict=True):
		if was.charge_type == "Actual":
			tax.tax_amount = -flt(
				rules.credited_part(flt(was.tax_amount), part, whole), tax.precision("tax_amount")
			)
	if source.discount_amount and not source.additional_discount_percentage:
		doc.discount_amount = -flt(
			rules.credited_part(flt(source.discount_amount), part, whole), doc.precision("discount_amount")
		)


def say_nothing_of_checkbox(doc) -> None:
	"""ERPNext hints at a checkbox of the credit note's form; whoever presses on a case does not see one."""
	if doc.get("update_outstanding_for_self"):
		waive(doc, __name__, _NATIVE)


def _note_in_case(case, doc, shares: Sequence[CreditShare]) -> None:
	rows = {item.sales_invoice_item: item.name for item in doc.items}
	for share in shares:
		case.append(
			"documents",
			{
				"document_type": "Sales Invoice",
				"document_name": doc.name,
				"case_row": share.case_row,
				"source_row": share.invoice_row,
				"document_row": rows[share.invoice_row],
				"qty": share.qty,
			},
		)


def not_credited(case) -> tuple[float, float]:
	"""(how much is to be credited and stands on no credit note, over all rows; how much is refunded and on no
	invoice: an invoice made later leaves it out).
	"""
	claims = open_claims(case)
	if not claims:
		return 0.0, 0.0
	rows = invoiced.rows_left(*_meant(claims))
	due = rounded(sum(share.qty for share in rules.share_out_credit(claims, rows)))
	return due, rounded(sum(claim.qty for claim in claims) - due)


def money_of_credits(names: Iterable[str]) -> dict[str, str]:
	"""{credit note that the session's user may read: what it credits and what of that is still owed}."""
	wanted = sorted(set(names))
	if not wanted or not frappe.has_permission("Sales Invoice", "read"):
		return {}
	totals = ["grand_total", "rounded_total", "base_grand_total", "base_rounded_total"]
	fields = ["name", *totals, "outstanding_amount", "currency", "party_account_currency", "docstatus"]
	rows = frappe.get_list("Sales Invoice", {"name": ("in", wanted)}, fields)
	return {row.name: words.credit_told(-_total(row), _owed(row), row.party_account_currency) for row in rows}


def _total(row) -> float:
	"""In the currency of the customer's account, as what is owed."""
	if row.party_account_currency == row.currency:
		return row.rounded_total or row.grand_total
	return row.base_rounded_total or row.base_grand_total


def _owed(row) -> float:
	"""What of a credit note is neither paid out nor set off; nothing while it is a draft."""
	return max(-flt(row.outstanding_amount), 0.0) if row.docstatus == 1 else 0.0
