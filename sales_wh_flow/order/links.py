"""What is delivered or billed of an order names the order's row, so that it is counted and judged there,
takes that row's locks, and comes back to that row.
"""

from frappe.model.document import Document

from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import APPROVAL, STOCK_LOCK, is_on
from sales_wh_flow.order.rules.links import Linked, completed
from sales_wh_flow.order.store import links


def complete_links(doc: Document) -> None:
	"""Before a Delivery Note or an invoice is validated: fill in which order's row its rows stand for.

	A return is looked at and left as it is. A till's day is put together of invoices that were looked at one
	by one. Statements: 1, none for a document that names no order. Raises: ValidationError for links that
	contradict each other, and, but for a return, for an item that its order does not have.
	"""
	if not (is_on(APPROVAL) or is_on(STOCK_LOCK)) or doc.get("is_consolidated"):
		return
	field, paper, *_others = _LINKS[doc.doctype]
	if doc.get("is_return"):
		paper = doc.doctype
	sent = [_linked(doc, row) for row in doc.items]
	rows = [row for row in sent if row.order or row.order_row or row.note_row]
	if not rows:
		return
	named = links.named_by(rows, paper, _LINKS[paper][0])
	found, wrong = completed(sent, *named)
	if doc.get("is_return"):
		refuse(it for it in wrong if it.code != "not_in_order")
		return
	refuse(wrong)
	for row, order_row in zip(doc.items, found, strict=True):
		if order_row:
			row.update({field: order_row.order, "so_detail": order_row.name})


def _linked(doc: Document, row) -> Linked:
	field, _paper, note, note_row = _LINKS[doc.doctype]
	between = (row.get(note), row.get(note_row))
	if doc.get("is_return"):
		sent_row = row.get(_SENT_ROW[doc.doctype])
		between = (doc.get("return_against") if sent_row else "", sent_row)
	links_of_row = (row.get(field), row.get("so_detail"), *between)
	return Linked(row.idx, row.item_code, *(link or "" for link in links_of_row))


_SENT_ROW = {
	"Delivery Note": "dn_detail",
	"Sales Invoice": "sales_invoice_item",
	"POS Invoice": "pos_invoice_item",
}
"""The field of a return's row that names the row which was sent."""
_OF_INVOICES = ("sales_order", "Delivery Note", "delivery_note", "dn_detail")
_LINKS = {
	"Delivery Note": ("against_sales_order", "Sales Invoice", "against_sales_invoice", "si_detail"),
	"Sales Invoice": _OF_INVOICES,
	"POS Invoice": _OF_INVOICES,
}
"""The field of its rows that names an order; the paper that may stand between, and the links to that."""
