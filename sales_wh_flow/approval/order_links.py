"""What is delivered or billed of an order names the order's row, so that it is counted and judged there."""

from frappe.model.document import Document

from sales_wh_flow.approval.rules.order_links import Linked, completed
from sales_wh_flow.approval.store import order_links
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import APPROVAL, is_on


def complete_links(doc: Document) -> None:
	"""Before a Delivery Note or an invoice is validated: fill in which order's row its rows stand for.

	A till's day is put together of invoices that were looked at one by one. Statements: 1, none for a
	document that names no order. Raises: ValidationError for links that contradict each other, and for an
	item that its order does not have.
	"""
	if not is_on(APPROVAL) or doc.get("is_return") or doc.get("is_consolidated"):
		return
	is_note = doc.doctype == "Delivery Note"
	field = "against_sales_order" if is_note else "sales_order"
	links = ("so_detail", "against_sales_order") if is_note else ("so_detail", "sales_order", "dn_detail")
	rows = [row for row in doc.items if any(row.get(link) for link in links)]
	if not rows:
		return
	sent = [_as_sent(row, field, is_note) for row in rows]
	found, wrong = completed(sent, *order_links.named_by(sent))
	refuse(wrong)
	for row, order_row in zip(rows, found, strict=True):
		if order_row:
			row.update({field: order_row.order, "so_detail": order_row.name})


def _as_sent(row, field: str, is_note: bool) -> Linked:
	# On a Delivery Note the other two name what is returned.
	note, note_row = ("", "") if is_note else (row.get("delivery_note"), row.get("dn_detail"))
	return Linked(
		row.idx, row.item_code, row.get(field) or "", row.get("so_detail") or "", note or "", note_row or ""
	)
