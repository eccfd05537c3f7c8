"""An invoice at other prices than its orders sold at: what the rules say of the orders at those prices.

What was approved is what is billed. An invoice that no rule would ask about passes, whatever its prices.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow.approval import billed_beside, figure_rights, gate, judge_change, owed, timeline
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules.sold import Sold
from sales_wh_flow.approval.store import requests, sold_prices
from sales_wh_flow.approval.words import billing as words
from sales_wh_flow.base import settings
from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.base.timeline import note

OFF, WARN, ASK = "Off", "Warn", "Ask"

_NOISE = 0.0051
"""Half a cent, and what rounding a row makes of it: no other price."""


@dataclass(frozen=True, slots=True)
class BilledOtherwise:
	"""An order that is billed at other prices. ``rows``: as ``words.billing.other_prices`` takes them.
	``reasons``: why rules ask about it, for whoever bills; ``for_everybody``: the same without kept figures.
	"""

	order: str
	rows: list[list]
	reasons: list[str]
	for_everybody: list[str]


def check_billed_prices(doc) -> None:
	"""Before an invoice is submitted. Raises: ApprovalRequired with rows, prices, reasons and the next step.

	Statements: 2 for an invoice of orders, none for any other; more where a price differs.
	"""
	mode = settings.flow_settings().approval_of_invoices or ASK
	if mode == OFF or not settings.is_on(settings.APPROVAL) or doc.get("is_return"):
		return
	rows_of = sold_prices.order_rows(doc.items)
	known = sold_prices.sold_as(set(rows_of.values()))
	sold = {idx: (name, known[name]) for idx, name in rows_of.items() if name in known}
	if not sold:
		return
	differing = _differing(doc, sold)
	orders = {was.order for _name, was in sold.values()}
	beside = billed_beside.taken_beside(doc, orders)
	problems = [
		problem
		for order in (sorted(orders) if beside else differing)
		if (problem := _problem(doc, order, differing.get(order, {}), beside))
	]
	if problems:
		_say(doc, mode, problems)


def _say(doc, mode: str, problems: list[BilledOtherwise]) -> None:
	text = "<br><br>".join(words.other_prices(it.order, it.rows, it.reasons) for it in problems)
	if mode == ASK:
		told = f"{text}<br><br>{words.next_step()}"
		refuse_in_words(told, _("Billed at Other Prices"), ApprovalRequired)
	frappe.msgprint(text, title=_("Billed at Other Prices"), indicator="orange")
	for it in problems:
		order = frappe.get_doc("Sales Order", it.order)
		values = {"order": it.order, "rows": it.rows, "reasons": it.for_everybody}
		note(order, timeline.billed, doctype=doc.doctype, invoice=doc.name, **values)


def _differing(doc, sold: Mapping[int, tuple[str, Sold]]) -> dict[str, dict[str, tuple[float, Sold, float]]]:
	"""{order: {row of the order: (what one costs now of what it cost, how it was sold, billed price)}}

	``sold``: {number of a row of the invoice: the order's row that it bills, how that was sold}.
	"""
	given = 1.0 - _taken_off(doc, sold)
	raised = sold_prices.billed_by(doc.return_against, doc.currency) if doc.get("is_debit_note") else {}
	found: dict[str, dict] = defaultdict(dict)
	for row in doc.items:
		name, was = sold.get(row.idx, ("", None))
		if not was or flt(row.qty) <= 0 or not was.price:
			continue
		is_same = was.currency == doc.currency
		price = _with_what_it_raises(row, raised.get(name))
		billed = price * (1.0 if is_same else flt(doc.conversion_rate) or 1.0) * given
		before = was.price if is_same else was.price_base
		if abs(billed - before) > _NOISE + abs(before) * (0.0 if is_same else _exchange_tolerance()):
			worst = found[was.order].get(name)
			if not worst or billed < worst[2]:
				found[was.order][name] = (billed / before, was, billed)
	return found


def _with_what_it_raises(row, billed: tuple[float, float] | None) -> float:
	"""The price of one; a debit note adds it to what its invoice billed, to no more goods than that had."""
	price = sold_prices.price_of(row)
	if not billed:
		return price
	qty, (amount, qty_billed) = sold_prices.qty_of(row), billed
	return (price * qty + amount) / max(qty, qty_billed)


def _taken_off(doc, sold: Mapping[int, tuple[str, Sold]]) -> float:
	"""The share that the invoice takes off as a whole, or by rows of its own, beyond what its orders do."""
	orders = {was.order for _name, was in sold.values()}
	own = -sum(min(0.0, flt(row.base_net_amount)) for row in doc.items if row.idx not in sold)
	whole = sum(max(0.0, flt(row.base_amount)) for row in doc.items)
	discount = flt(doc.base_discount_amount)
	extra = own + (max(0.0, discount - sold_prices.discounts(orders)) if discount > 0 else 0.0)
	return min(1.0, extra / whole) if whole and extra > _NOISE else 0.0


def _exchange_tolerance() -> float:
	return flt(settings.flow_settings().approval_rate_tolerance) / 100


def _problem(
	doc, order: str, rows: Mapping[str, tuple[float, Sold, float]], beside: billed_beside.Beside
) -> BilledOtherwise | None:
	"""What rules ask about the order at the billed prices; None where they ask nothing new."""
	before = frappe.get_doc("Sales Order", order)
	billed = _at_prices(order, {name: share for name, (share, _sold, _billed) in rows.items()})
	billed_beside.as_if_taken_beside(billed, beside)
	now = owed.needs_now(billed)
	known = requests.approvals_of_order(order)
	tolerated = judge_change.no_worse_than(before, now, known)
	lacking = [need for need in now.missing(known) if need.rule not in tolerated]
	if not lacking:
		return None
	why = gate.reasons_for_me(before, now, lacking)
	return BilledOtherwise(
		order,
		[_told(doc, before, was, price) for _share, was, price in rows.values()],
		[why[need.rule] for need in lacking],
		[figure_rights.public(need.criterion, now.reason(need)) for need in lacking],
	)


def _told(invoice, order, was: Sold, billed: float) -> list:
	"""A row as ``words.billing.other_prices`` takes it."""
	if was.currency == invoice.currency:
		return [was.idx, was.item_code, flt(was.price, 2), flt(billed, 2), was.currency]
	currency = frappe.get_cached_value("Company", order.company, "default_currency")
	return [was.idx, was.item_code, flt(was.price_base, 2), flt(billed, 2), currency]


def _at_prices(order: str, shares: Mapping[str, float]):
	"""The order in memory, as if it had sold at the billed prices; never saved."""
	doc = frappe.get_doc("Sales Order", order)
	for row in doc.items:
		share = shares.get(row.name)
		if share is not None:
			row.update({"pricing_rules": "", "margin_type": "", "margin_rate_or_amount": 0})
			row.update({"discount_percentage": 0, "discount_amount": 0, "rate": flt(row.rate) * share})
	doc.calculate_taxes_and_totals()
	return doc
