"""Order lines as routing moves them: rows it split become one line again before it plans.

So a second save changes nothing, and a changed quantity is planned as a whole. The rows of a line carry the
same value in ``swf_route_group``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import cint, cstr, flt

from erpnext.stock.get_item_details import get_conversion_factor

from sales_wh_flow.base import control_fields, said
from sales_wh_flow.base.quantities import rounded, split_step
from sales_wh_flow.base.said import Kept
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing.rules import RoutedPart
from sales_wh_flow.routing.store.sales_items import SalesItem

_PER_ROW = {"qty", "stock_qty", "warehouse", "distributed_discount_amount", "page_break", "image"}
"""Fields a user may enter that differ, or may differ, between the rows of one line."""

_NOT_COPIED = {"name", "idx", "creation", "modified", "modified_by"}


@dataclass(slots=True)
class Line:
	"""What was ordered on one line: its rows, and their quantity in ``uom`` (``factor`` stock units each)."""

	rows: list
	qty: float
	uom: str
	factor: float
	is_whole_order: bool
	is_whole_stock: bool
	stock_uom: str = ""

	@property
	def head(self):
		return self.rows[0]

	@property
	def key(self) -> str:
		return str(self.head.idx)

	@property
	def qty_stock(self) -> float:
		return rounded(self.qty * self.factor)

	@property
	def decimals(self) -> int:
		return cint(self.head.precision("qty"))

	def facts(self) -> LineFacts:
		return LineFacts(
			row=self.key,
			idx=cint(self.head.idx),
			item_code=self.head.item_code,
			qty_stock=self.qty_stock,
			is_whole_number=self.is_whole_stock,
			step_stock=split_step(self.factor, self.decimals, self.is_whole_order, self.is_whole_stock),
		)

	def quantities(self, parts: Iterable[RoutedPart]) -> list[float]:
		"""The parts in the line's own UOM; they add up to the line's quantity to the last decimal."""
		*first, _last = (flt(part.qty_stock / self.factor, self.decimals) for part in parts)
		return [*first, flt(self.qty - sum(first), self.decimals)]

	def amounts_add_up(self, quantities: Iterable[float]) -> bool:
		"""Whether the order's total stays the same when the line becomes rows of these quantities.

		The price of a new row may not be known yet. As ERPNext rounds prices like amounts, whole quantities
		always add up.
		"""
		rate, decimals = flt(self.head.rate), cint(self.head.precision("amount"))
		if self.head.is_new() and not rate:
			return cint(self.head.precision("rate")) <= decimals and all(
				qty.is_integer() for qty in quantities
			)
		parts = sum(flt(rate * qty, decimals) for qty in quantities)
		return flt(parts, decimals) == flt(rate * self.qty, decimals)


def merged(rows: Iterable, items: Mapping[str, SalesItem]) -> list[Line]:
	"""Lines in the order of their first rows.

	A row that was given another item, price, date or whatever a user can enter has left its group: it is a
	line of its own.
	"""
	groups: dict[tuple, list] = {}
	for row in rows:
		key = (row.swf_route_group, _entered(row)) if row.swf_route_group else (id(row),)
		groups.setdefault(key, []).append(row)

	lines, seen = [], set()
	for found in groups.values():
		if found[0].swf_route_group in seen:
			found[0].swf_route_group = None
		seen.add(found[0].swf_route_group)
		lines.append(_line(found, items[found[0].item_code]))
	return lines


def keep_choices(doc) -> None:
	"""Mark the rows whose warehouse a user changed since the last save: routing leaves them alone then."""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.items} if before else {}
	for row in doc.items:
		was = stored.get(row.name)
		if not was or was.item_code != row.item_code or row.warehouse == was.warehouse:
			continue
		row.swf_brought_to = None
		if row.warehouse and was.warehouse and not cint(was.swf_keep_warehouse):
			row.swf_keep_warehouse = 1


def ungroup(doc, movable: Iterable) -> None:
	"""Rows that routing must not move belong to no line but their own."""
	can_move = set(map(id, movable))
	for row in doc.items:
		if id(row) not in can_move:
			row.swf_route_group = None


def write_lines(doc, planned: Iterable[tuple[Line, list[RoutedPart], list[Kept]]]) -> None:
	"""Bring the order's rows in line with the plan: (line, its parts, the reason of each part).

	Rows that are there already are used again, first the one whose warehouse stays, so that their names last.
	"""
	added: dict[int, list] = {}
	dropped: set[int] = set()
	for line, parts, reasons in planned:
		last = line.rows[min(len(parts), len(line.rows)) - 1]
		dropped.update(id(row) for row in line.rows[len(parts) :])
		_number_group(line, len(parts))
		rows = _rows_for(doc, line, parts)
		known = set(map(id, line.rows))
		added[id(last)] = [row for row in rows if id(row) not in known]
		is_split = len(parts) > 1 or len(line.rows) > 1
		for row, part, qty, reason in zip(rows, parts, line.quantities(parts), reasons, strict=True):
			row.warehouse = part.warehouse
			control_fields.put(
				row, swf_brought_to=part.brought_to, swf_route_reason=said.checked_code(reason)
			)
			if is_split:
				row.qty = qty
				row.stock_qty = flt(qty * line.factor, row.precision("stock_qty"))
	_rearrange(doc, added, dropped)


def _line(rows: list, item: SalesItem) -> Line:
	head = rows[0]
	uom = head.uom or item.sales_uom or item.stock_uom
	factor, is_whole_order = item.units.get(uom) or _unlisted(head.item_code, uom)
	is_whole_stock = item.units[item.stock_uom][1]
	qty = flt(sum(flt(row.qty) for row in rows), head.precision("qty"))
	return Line(
		rows, qty, uom, flt(head.conversion_factor) or factor, is_whole_order, is_whole_stock, item.stock_uom
	)


def _unlisted(item_code: str, uom: str) -> tuple[float, bool]:
	"""A unit that the item does not list: ERPNext looks at its template and at the general table of units."""
	factor = get_conversion_factor(item_code, uom)["conversion_factor"]
	return factor, bool(frappe.get_cached_value("UOM", uom, "must_be_whole_number"))


def _entered(row) -> tuple:
	"""What a user has entered on a row, comparable: equal for the rows of one line."""
	return tuple(_plain(row.get(df.fieldname), df.fieldtype) for df in _entered_fields(row.meta))


def _entered_fields(meta) -> list:
	return [
		df
		for df in meta.fields
		if df.fieldname in meta.get_valid_columns()
		and df.fieldname not in _PER_ROW
		and not df.fieldname.startswith("swf_")
		and not (df.read_only or df.is_virtual)
	]


def _plain(value, fieldtype: str) -> str | float:
	if fieldtype in ("Float", "Currency", "Percent", "Int", "Check"):
		return flt(value, 6)
	return cstr(value)


def _number_group(line: Line, parts: int) -> None:
	group = None
	if parts > 1:
		group = line.head.swf_route_group or frappe.generate_hash(length=10)
	for row in line.rows:
		row.swf_route_group = group


def _rows_for(doc, line: Line, parts: list[RoutedPart]) -> list:
	"""One row for each part, in the order of the parts."""
	free = line.rows[: len(parts)]
	rows = {}
	for part in parts:
		same = next((row for row in free if row.warehouse == part.warehouse), None)
		if same:
			free.remove(same)
			rows[part] = same
	for part in parts:
		if part not in rows:
			rows[part] = free.pop(0) if free else _copy(doc, line.head)
	return [rows[part] for part in parts]


def _copy(doc, row):
	values = {field: row.get(field) for field in row.meta.get_valid_columns() if field not in _NOT_COPIED}
	return doc.append("items", {**values, "modified": doc.modified, "modified_by": doc.modified_by})


def _rearrange(doc, added: Mapping[int, list], dropped: set[int]) -> None:
	"""Rows keep their order; new ones stand below the line they were split from."""
	new = {id(row) for rows in added.values() for row in rows}
	ordered = []
	for row in doc.items:
		if id(row) not in new and id(row) not in dropped:
			ordered.extend([row, *added.get(id(row), ())])
	doc.items = ordered
	for idx, row in enumerate(ordered, start=1):
		row.idx = idx
	doc.set_name_in_children()
