"""Drafts that the flow has written are lowered where more stands on them than may be invoiced: goods came
back, or others were invoiced. What somebody has saved since is left to people.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.timeline import note
from sales_wh_flow.billing import draft, timeline
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.store import papers


def drafts_of_the_flow(names: Iterable[str]) -> list[str]:
	"""Those of these drafts that nobody has saved since the flow wrote them."""
	return list(papers.own_drafts(names))


def drafts_too_high() -> list[tuple[tuple[str, ...], str]]:
	"""(orders, draft) of what the flow has to lower."""
	drafts = papers.own_drafts()
	judged = judge_orders({order for orders in drafts.values() for order in orders}, with_drafts=True)
	too_high = {name for name, it in judged.items() if it.answer.too_high}
	return [(tuple(sorted(orders)), name) for name, orders in drafts.items() if orders & too_high]


def lower_draft(orders: tuple[str, ...], name: str) -> str | None:
	"""The draft has no more than may be invoiced; one with nothing left is deleted. Returns its name, None
	where there is nothing to do any more. Whoever submits it holds it before its orders.
	"""
	hold_rows.hold_document_row("Sales Invoice", name)
	hold_rows.hold_order_rows(orders)
	judged = judge_orders(orders, with_drafts=True)
	beyond = {
		row: rounded(drafted - allowed)
		for it in judged.values()
		for row, (_idx, drafted, allowed) in it.answer.too_high.items()
	}
	if not beyond or name not in papers.own_drafts([name]):
		return None
	invoice = frappe.get_doc("Sales Invoice", name)
	rows = _cut(invoice, beyond)
	if not rows:
		return None
	if not invoice.items:
		invoice.delete()
	else:
		draft.count_anew(invoice)
		invoice.save()
		note(invoice, timeline.lowered, rows=rows)
	for order in orders:
		note(frappe.get_doc("Sales Order", order), timeline.draft_lowered, invoice=name, rows=rows)
	return name


def _cut(invoice, beyond: dict[str, float]) -> list[list]:
	"""Rows of notes that came back go first. [number of a row, before, now] of those that are lower."""
	left = papers.left_of_notes(invoice.name)
	found: dict[int, list] = {}
	for only_beyond_notes in (True, False):
		for row in reversed(invoice.items):
			cut = min(row.qty, beyond.get(row.so_detail or "", 0.0))
			if only_beyond_notes:
				cut = min(cut, row.qty - left.get(row.dn_detail or "", row.qty))
			if is_positive(cut):
				found.setdefault(row.idx, [row.idx, row.qty, 0.0])
				row.qty = rounded(row.qty - cut)
				beyond[row.so_detail] = rounded(beyond[row.so_detail] - cut)
				found[row.idx][2] = row.qty
	invoice.set("items", [row for row in invoice.items if is_positive(row.qty)])
	return [found[idx] for idx in sorted(found)]
