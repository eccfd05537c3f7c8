"""Change the lines of a submitted order as a person would: through ERPNext's Update Items, under its locks.

Whatever takes a part of a line away or adds a line comes here, so that totals, taxes, credit, approvals and
locks follow as they do when somebody types the same change.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import frappe
from frappe.utils import cstr, flt

from sales_wh_flow.base import control_fields
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.order_changes import update_items

_OF_ONE_ROW = {
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("item_code", "item_name", "description", "item_group", "image", "brand"),
	*("qty", "stock_qty", "uom", "stock_uom", "conversion_factor", "warehouse", "delivery_date", "rate"),
	*("base_rate", "amount", "base_amount", "net_rate", "base_net_rate", "net_amount", "base_net_amount"),
	*("stock_uom_rate", "distributed_discount_amount", "item_tax_rate", "item_tax_amount"),
	*("delivered_qty", "ordered_qty", "work_order_qty", "produced_qty", "returned_qty", "picked_qty"),
	*("planned_qty", "production_plan_qty", "stock_reserved_qty", "billed_amt", "requested_qty"),
	*("actual_qty", "company_total_stock", "projected_qty", "gross_profit", "valuation_rate"),
	*("weight_per_unit", "total_weight", "weight_uom", "page_break"),
}
"""Fields that a row split off from another one gets by itself or must not inherit."""


@dataclass(frozen=True, slots=True)
class NewLine:
	"""A line to be added; ``qty`` and ``rate`` are in ``uom`` (``factor`` stock units each).

	``like``: the row it is split off from, whose price details it inherits; None for another item.
	``values``: further fields of the new row.
	"""

	item_code: str
	qty: float
	rate: float
	uom: str
	factor: float
	warehouse: str
	delivery_date: object
	like: object | None = None
	values: dict = field(default_factory=dict)


def apply(
	order: str,
	left: Mapping[str, float],
	new: Iterable[NewLine] = (),
	reason: Kept = update_items.ITEMS_UPDATED,
) -> list[str]:
	"""Bring rows down to what is ``left`` of them, in their own UOM (0: the row goes), and add lines.

	Returns the names of the new rows in the order given. Call it in a fresh transaction that holds the
	order's row, and the Bins of warehouses that the order did not have yet. ``reason`` goes to the events of
	its locks. ERPNext checks the rights. Raises: whatever ERPNext's Update Items refuses.
	"""
	added = list(new)
	doc = frappe.get_doc("Sales Order", order)
	rows = [_kept(row, left.get(row.name, flt(row.qty))) for row in doc.items]
	rows = [row for row in rows if is_positive(row["qty"])] + [_added(line) for line in added]

	def native() -> None:
		told = len(frappe.local.message_log)
		update_items.native("Sales Order", frappe.as_json(rows), order)()
		# It tells of reservations it ended and made anew, and of those it could not make: all of that is
		# settled under the locks afterwards.
		del frappe.local.message_log[told:]

	with _given(added), _a_warehouse(doc, added):
		update_items.update(order, rows, native, reason)
	known = {row.name for row in doc.items}
	return [name for name in order_rows.row_names(order) if name not in known]


def complete(row) -> None:
	"""Before ERPNext inserts a row that is being added: give it what Update Items has no field for.

	Its price list rate and discounts have to be there when the order is saved, since approvals look at them.
	"""
	waiting: list[NewLine] | None = alongside_request().new_lines
	if not waiting:
		return
	line = waiting.pop(0)
	row.update({**_inherited(line), "warehouse": line.warehouse})
	control_fields.put(row, **line.values)


@contextmanager
def _given(lines: list[NewLine]) -> Iterator[None]:
	"""Inside, rows that are inserted are these lines, in this order."""
	alongside_request().new_lines = list(lines)
	try:
		yield
	finally:
		alongside_request().new_lines = None


@contextmanager
def _a_warehouse(doc, lines: list[NewLine]) -> Iterator[None]:
	"""Inside, ERPNext finds a warehouse for new lines: it refuses an item without a default one, and looks at
	the order's own first.
	"""
	if lines:
		order_rows.set_header_warehouse(doc.name, lines[0].warehouse)
	yield
	if lines:
		order_rows.set_header_warehouse(doc.name, doc.set_warehouse)


def left_of(row, missing_stock: float) -> float:
	"""What stays of a row without so much of it, in the row's own UOM."""
	rest = flt(row.qty) - missing_stock / (flt(row.conversion_factor) or 1.0)
	return max(flt(rounded(rest), row.precision("qty")), 0.0)


def _kept(row, qty: float) -> dict:
	return {
		"docname": row.name,
		"name": row.name,
		"item_code": row.item_code,
		"qty": qty,
		"rate": row.rate,
		"uom": row.uom,
		"conversion_factor": row.conversion_factor,
		"delivery_date": cstr(row.delivery_date),
		"idx": row.idx,
	}


def _added(line: NewLine) -> dict:
	return {
		"item_code": line.item_code,
		"qty": line.qty,
		"rate": line.rate,
		"uom": line.uom,
		"conversion_factor": line.factor,
		"delivery_date": cstr(line.delivery_date),
	}


def _inherited(line: NewLine) -> dict:
	"""What the row it was split off from says of prices, discounts, projects and whatever other apps add."""
	if line.like is None:
		return {}
	row = line.like
	return {
		name: row.get(name)
		for name in row.meta.get_valid_columns()
		if name not in _OF_ONE_ROW and not name.startswith("parent") and not name.startswith("swf_")
	}
