"""A Pick List loses rows, is cancelled or deleted: what was taken off the shelf for it goes back."""

from collections.abc import Mapping

from frappe.utils import flt

from sales_wh_flow.base import said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.picking import sayings
from sales_wh_flow.picking.rules import put_away as rules
from sales_wh_flow.picking.rules.put_away import Leftover, TakenRow
from sales_wh_flow.picking.store import put_away as store


def ask_after_change(doc) -> None:
	"""A draft was saved: rows that were found and are gone, shorter or about something else leave goods."""
	before = doc.get_doc_before_save()
	if before and _is_ours(doc) and doc.docstatus == 0:
		now = [_found_row(row) for row in doc.locations]
		_ask(doc, rules.came_off([_found_row(row) for row in before.locations], now))


def ask_after_deletion(doc) -> None:
	"""A draft was deleted or discarded with what pickers had found for it."""
	if _is_ours(doc) and doc.docstatus == 0:
		_ask(doc, rules.came_off([_found_row(row) for row in doc.locations]))


def ask_after_cancel(doc, boxes: Mapping[str, str]) -> None:
	"""A submitted list was cancelled: what it picked and has not left is still somewhere.

	``boxes``: {row: the box that held it last}.
	"""
	if not _is_ours(doc):
		return
	serials = [it for row in doc.locations for it in each_serial(row.serial_no)]
	here = store.serials_still_in(serials, [row.warehouse for row in doc.locations])
	_ask(doc, rules.came_off([_picked_row(row, here, boxes) for row in doc.locations]))


def _is_ours(doc) -> bool:
	return doc.purpose == "Delivery" and is_on(FULFILMENT)


def _ask(doc, leftovers: tuple[Leftover, ...]) -> None:
	ours = [one for one in leftovers if one.row.sales_order]
	if not ours:
		return
	store.add_put_aways(
		ours, doc.name, doc.company, said.keep(sayings.picked_for_nothing, pick_list=doc.name)
	)
	if doc.swf_picker:
		order = ours[0].row.sales_order
		notify([doc.swf_picker], order, said.keep(sayings.put_back_please, pick_list=doc.name))


def _found_row(row) -> TakenRow:
	"""Of a draft: what was scanned or tapped."""
	return _row(row, flt(row.swf_found_qty), each_serial(row.swf_found_serials), row.swf_tote or "")


def _picked_row(row, here: set[str], boxes: Mapping[str, str]) -> TakenRow:
	"""Of a submitted list: what was picked and has not left."""
	left = max(rounded(flt(row.picked_qty) - flt(row.delivered_qty)), 0.0)
	serials = tuple(it for it in each_serial(row.serial_no) if it in here)
	return _row(row, left, serials, boxes.get(row.name) or row.swf_tote or "")


def _row(row, taken: float, serials: tuple[str, ...], stands_in: str) -> TakenRow:
	return TakenRow(
		name=row.name,
		item_code=row.item_code,
		warehouse=row.warehouse,
		batch_no=row.batch_no or "",
		asked_stock=flt(row.stock_qty),
		asked_serials=each_serial(row.serial_no),
		taken_stock=taken,
		taken_serials=serials,
		sales_order=row.sales_order or "",
		stands_in=stands_in,
	)
