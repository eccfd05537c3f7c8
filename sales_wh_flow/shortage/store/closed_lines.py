"""What of an order's lines was closed short and not opened again, by the ledger of shortages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.shortage.rules.ways_out import CLOSE_SHORT, OPEN_AGAIN
from sales_wh_flow.shortage.store import actions
from sales_wh_flow.shortage.store.actions import DOCTYPE, Deed


@dataclass(frozen=True, slots=True)
class ClosedLine:
	"""``closed_qty`` and ``rate`` are in ``uom``, the line's own, ``factor`` stock units each."""

	row: str
	item_code: str
	warehouse: str
	uom: str
	factor: float
	rate: float
	delivery_date: date | None
	closed_qty: float


def of_order(order: str) -> list[ClosedLine]:
	"""The closed lines of an order that somebody holds, by row; as last committed."""
	rows = frappe.db.sql(
		f"""select sales_order_item, item_code, warehouse, uom, conversion_factor, rate, delivery_date,
			case action when %s then qty_stock else -qty_stock end
		from `tab{DOCTYPE}` where sales_order = %s and action in (%s, %s) and coalesce(uom, '') <> ''
		order by happened_on, name lock in share mode""",
		(CLOSE_SHORT, order, CLOSE_SHORT, OPEN_AGAIN),
	)
	found: dict[str, ClosedLine] = {}
	for row, item, warehouse, uom, factor, rate, day, stock in rows:
		before = found[row].closed_qty if row in found else 0.0
		left = rounded(before + flt(stock) / (flt(factor) or 1.0))
		found[row] = ClosedLine(row, item, warehouse, uom, flt(factor) or 1.0, flt(rate), day, left)
	return list(found.values())


def set_closed(row: str, stock: float) -> None:
	"""How much of an order's row is closed short, in stock UOM; the order is locked."""
	frappe.db.set_value("Sales Order Item", row, "swf_closed_short", stock, update_modified=False)


def record_closed(doc: Document, line: Any, action: str, stock: float, why: Kept) -> None:
	"""Append what was closed of a line, with all it takes to order it again."""
	actions.record(
		[
			Deed(
				sales_order=doc.name,
				sales_order_item=line.name,
				item_code=line.item_code,
				warehouse=line.warehouse,
				action=action,
				qty_stock=stock,
				uom=line.uom,
				conversion_factor=flt(line.conversion_factor) or 1.0,
				rate=flt(line.rate),
				delivery_date=line.delivery_date,
				reason=why,
			)
		]
	)


def deed_of(closed: ClosedLine, order: str, action: str, stock: float, why: Kept) -> Deed:
	return Deed(
		sales_order=order,
		sales_order_item=closed.row,
		item_code=closed.item_code,
		warehouse=closed.warehouse,
		action=action,
		qty_stock=stock,
		uom=closed.uom,
		conversion_factor=closed.factor,
		rate=closed.rate,
		delivery_date=closed.delivery_date,
		reason=why,
	)


def add_closed(row: str, stock: float) -> None:
	"""An order's row says what of it was given up, in stock UOM."""
	frappe.db.sql(
		"""update `tabSales Order Item` set swf_closed_short = greatest(swf_closed_short + %s, 0)
		where name = %s""",
		(stock, row),
	)
