"""Drafts of invoices for what may be invoiced, made as the policy says; submitting them is for people.

Decided under the locks of the orders, after everybody who drafts for them at this moment: what stands on a
draft counts as invoiced, so a second run makes nothing, and a killed one leaves nothing half done.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.timeline import note
from sales_wh_flow.billing import account, timeline
from sales_wh_flow.billing.judge import Judged, judge_orders
from sales_wh_flow.billing.rules.note_rows import NoteRow
from sales_wh_flow.billing.rules.policies import (
	CUSTOMER_AND_PERIOD,
	DELIVERY_NOTE,
	ON_ORDER,
	ON_PROOF,
	BillingPolicyFacts,
	first_day,
)
from sales_wh_flow.billing.store import due
from sales_wh_flow.billing.store.due import ReadyOrder
from sales_wh_flow.billing.store.money import keep_why_not_drafted
from sales_wh_flow.order.bear_once import bear_once
from sales_wh_flow.order.store.terms import terms_of


@dataclass(frozen=True, slots=True)
class OneInvoice:
	"""What goes on one invoice: these orders, of them only this ``note``, only what was before ``before``."""

	orders: tuple[str, ...]
	note: str = ""
	before: date | None = None


def wanted_invoices(
	ready: Sequence[ReadyOrder], judged: Mapping[str, Judged], today: date
) -> list[OneInvoice]:
	"""The invoices that the policies which draft by themselves ask for, by their first order."""
	groups: dict[tuple, list[str]] = defaultdict(list)
	policies = {
		order.order: it.policy
		for order in ready
		if (it := judged.get(order.order)) and it.policy and it.policy.draft_by_itself and it.answer.qty
	}
	of_a_period = [name for name, it in policies.items() if it.invoice_per == CUSTOMER_AND_PERIOD]
	alike = terms_of(of_a_period, adds_up=True)
	for order in ready:
		if policy := policies.get(order.order):
			terms = alike.get(order.order)
			own = (order.order,) if terms is None else (order.company, order.customer, *terms)
			key = (policy.name, *own)
			groups[key].append(order.order)
	found: list[OneInvoice] = []
	for orders in groups.values():
		found += _invoices(policies[orders[0]], tuple(sorted(orders)), today)
	return sorted(found, key=lambda it: (it.orders, it.note))


def _invoices(policy: BillingPolicyFacts, orders: tuple[str, ...], today: date) -> Iterable[OneInvoice]:
	if policy.invoice_per == CUSTOMER_AND_PERIOD:
		return [OneInvoice(orders, before=first_day(policy.period, today))]
	if policy.invoice_per == DELIVERY_NOTE:
		rows = due.note_rows(orders, policy.moment == ON_PROOF)
		notes = sorted({row.note for row in rows}) or [""]
		return [OneInvoice(orders, note=name) for name in notes]
	return [OneInvoice(orders)]


def draft_invoice(wanted: OneInvoice, check: Callable[[Judged], None] | None = None) -> str | None:
	"""The name of the draft, or None when nothing may be invoiced any more.

	``check``: called with each order as it stands under its lock.
	"""
	hold_rows.hold_order_rows(wanted.orders)
	judged = judge_orders(wanted.orders, with_drafts=True)
	for it in judged.values():
		if check:
			check(it)
	ready = {name: it for name, it in judged.items() if it.answer.qty}
	if wanted.before and ready:
		ready = _old_enough(ready, wanted.before)
	if not ready:
		return None
	invoice = _filled(wanted, ready)
	if not (invoice and invoice.items):
		return None
	account.put_on_account(invoice, next(iter(ready)))
	invoice.insert()
	orders = sorted({row.sales_order for row in invoice.items if row.sales_order})
	policy = next(iter(ready.values())).policy
	note(invoice, timeline.drafted, policy=policy.name, orders=orders)
	keep_why_not_drafted(wanted.orders, None)
	return invoice.name


def _old_enough(ready: Mapping[str, Judged], before: date) -> dict[str, Judged]:
	"""Orders whose moment is the order itself count by their own day."""
	days = due.order_days(ready)
	return {name: it for name, it in ready.items() if it.policy.moment != ON_ORDER or days[name] < before}


def _filled(wanted: OneInvoice, ready: Mapping[str, Judged]):
	"""The invoice in memory: rows of notes first, then what needs none, which counts by its order's day."""
	left = {row: qty for it in ready.values() for row, qty in it.answer.qty.items()}
	noted = {
		line.row for it in ready.values() for line in it.order.lines if line.is_goods and not line.by_supplier
	}
	invoice = None
	by_note = [name for name, it in ready.items() if _goes_by_note(it)]
	absent: dict[str, float] = {}
	if by_note:
		invoice, absent = _rows_of_notes(by_note, wanted, ready, left)
	days = due.order_days(by_note) if wanted.before and by_note else {}
	for name in sorted(ready):
		rows = {row: left[row] for row in ready[name].answer.qty}
		if name in by_note:
			is_over = not wanted.before or days[name] < wanted.before
			rows = {
				row: min(qty, absent.get(row, 0.0)) if row in noted else qty * is_over
				for row, qty in rows.items()
			}
		rows = {row: qty for row, qty in rows.items() if is_positive(qty)}
		if rows:
			invoice = _rows_of_order(name, invoice, rows, left)
	if invoice:
		count_anew(invoice)
	return invoice


def _goes_by_note(it: Judged) -> bool:
	return it.policy.moment != ON_ORDER and not it.order.has_no_delivery


def _rows_of_notes(
	orders: Sequence[str], wanted: OneInvoice, ready, left: dict[str, float]
) -> tuple[object, dict[str, float]]:
	"""(the invoice of the notes, or None; {row of the order: what ERPNext leaves out of it because it came
	back, although it is to be paid}).
	"""
	from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

	is_proof_needed = any(ready[name].policy.moment == ON_PROOF for name in orders)
	rows = {
		row.row: row
		for row in due.note_rows(orders, is_proof_needed)
		if wanted.note in ("", row.note)
		and (wanted.before is None or row.day < wanted.before)
		and is_positive(left.get(row.order_row, 0.0))
	}
	invoice = None
	# ERPNext refuses to make an invoice of a note of which everything came back.
	for name in dict.fromkeys(row.note for row in rows.values() if is_positive(row.open_qty - row.kept)):
		invoice = make_sales_invoice(name, invoice)
	there = _keep_what_may_be(invoice, rows, left) if invoice else set()
	absent: dict[str, float] = defaultdict(float)
	for row in rows.values():
		if row.row not in there:
			absent[row.order_row] = rounded(absent[row.order_row] + row.kept)
	return invoice, absent


def _keep_what_may_be(invoice, rows: Mapping[str, NoteRow], left: dict[str, float]) -> set[str]:
	"""Of what ERPNext took from the notes: only these orders', what no draft has, what may be invoiced. The
	rows of the notes that it took.
	"""
	kept, there = [], set()
	for row in invoice.items:
		known = rows.get(row.dn_detail or "")
		qty = min(known.open_qty, left.get(known.order_row, 0.0)) if known else 0.0
		if known:
			there.add(known.row)
		if is_positive(qty):
			row.qty = qty
			left[known.order_row] = rounded(left[known.order_row] - qty)
			kept.append(row)
	invoice.set("items", kept)
	return there


def _rows_of_order(order: str, invoice, rows: Mapping[str, float], left: dict[str, float]):
	"""``rows`` of the order at these quantities."""
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	before = {id(row) for row in invoice.items} if invoice else set()
	invoice = make_sales_invoice(order, invoice)
	kept = []
	for row in invoice.items:
		if id(row) not in before:
			qty = min(rows.get(row.so_detail, 0.0), left.get(row.so_detail, 0.0))
			if not is_positive(qty):
				continue
			row.qty, left[row.so_detail] = qty, rounded(left[row.so_detail] - qty)
		kept.append(row)
	invoice.set("items", kept)
	return invoice


def count_anew(invoice) -> None:
	"""Rows are numbered anew, and totals counted, after rows went or have less."""
	for idx, row in enumerate(invoice.items, 1):
		row.idx, row.amount = idx, row.qty * (row.rate or 0)
	if invoice.items and not bear_once(invoice):
		invoice.run_method("calculate_taxes_and_totals")
