"""Returned goods leave demand: the customer gets nothing for them, unless their return says *Send Again*.

What is sent again waits for stock in its turn, as if it were ordered anew.
"""

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order.store import returned
from sales_wh_flow.stock_lock import cut_excess, sayings
from sales_wh_flow.stock_lock.guard import movements
from sales_wh_flow.stock_lock.store import picks


def follow_return(doc) -> None:
	"""A return or a credit note was submitted or cancelled: its order lines say what came back, what is sent
	again and what is credited.
	"""
	lines = _order_lines(doc)
	if lines:
		returned.write_returned(lines)
		bulk.forget_cached("Sales Order", _orders(doc))
		if _rows(doc) and doc.swf_replace:
			picks.write_picked(_orders(doc))


def take_back(doc) -> None:
	"""Before ERPNext takes the goods of a cancelled return out again: what its order was to get once more is
	not open any more, and a lock it got for that goes first.
	"""
	rows = _rows(doc)
	if rows and doc.swf_replace:
		movements.hold_orders_and_bins(doc)
		returned.write_replaced(rows, but=doc.name)
		if is_on(STOCK_LOCK):
			cut_excess.cut_excess(
				_orders(doc), said.keep(sayings.took_back, doctype=doc.doctype, name=doc.name)
			)


def _rows(doc) -> list[str]:
	"""The order lines whose goods a return brings back."""
	return [] if doc.doctype == "Sales Invoice" and not doc.update_stock else _order_lines(doc)


def _order_lines(doc) -> list[str]:
	is_return = doc.doctype in ("Delivery Note", "Sales Invoice") and doc.is_return
	return sorted({row.so_detail for row in doc.items if row.so_detail}) if is_return else []


def _orders(doc) -> list[str]:
	field = "sales_order" if doc.doctype == "Sales Invoice" else "against_sales_order"
	return sorted({row.get(field) for row in doc.items if row.get(field)})
