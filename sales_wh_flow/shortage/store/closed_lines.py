"""What of an order's lines was closed short and not opened again, by the ledger of shortages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.shortage.rules.ways_out import CLOSE_SHORT, OPEN_AGAIN
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


def deed_of(order: str, row: str, line: Any, factor: float, action: str, stock: float, why: Kept) -> Deed:
	"""What was closed or opened again of a line, with all it takes to order it again. ``line``: the order's
	row, or a ClosedLine where the row has gone.
	"""
	return Deed(
		sales_order=order,
		sales_order_item=row,
		item_code=line.item_code,
		warehouse=line.warehouse,
		action=action,
		qty_stock=stock,
		uom=line.uom,
		conversion_factor=factor,
		rate=flt(line.rate),
		delivery_date=line.delivery_date,
		reason=why,
	)


def deed_of_row(order: str, line: Any, action: str, stock: float, why: Kept) -> Deed:
	"""The deed about a row that stands in the order."""
	return deed_of(order, line.name, line, flt(line.conversion_factor) or 1.0, action, stock, why)


def add_closed(row: str, stock: float) -> None:
	"""An order's row says what of it was given up, in stock UOM."""
	frappe.db.sql(
		"""update `tabSales Order Item` set swf_closed_short = greatest(swf_closed_short + %s, 0)
		where name = %s""",
		(stock, row),
	)
