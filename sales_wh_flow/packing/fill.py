"""Things are put into a box and taken out again, one scan at a time."""

from collections.abc import Iterable, Sequence

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.dispatch import cut_units
from sales_wh_flow.order.store.terms import terms_of
from sales_wh_flow.packing.held import hold_open_box
from sales_wh_flow.packing.open_box import PackedFrom
from sales_wh_flow.packing.rules import pick_rows
from sales_wh_flow.packing.rules.pick_rows import Part, PickedRow, Wanted
from sales_wh_flow.packing.store import contents, measures, packed
from sales_wh_flow.stock_lock.store import bad_lots


def orders_of(rows: Iterable[PickedRow]) -> tuple[str, ...]:
	"""The orders that these rows were picked for, by name."""
	return tuple(sorted({row.sales_order for row in rows}))


def orders_for(box: str, source: PackedFrom, wanted: Wanted) -> tuple[str, ...]:
	"""The orders of the box's ship-to that may have picked it, as this transaction sees them; one of another
	ship-to where there are none.
	"""
	to = measures.goes_to(box)
	found = source.rows(wanted.item_code)
	return orders_of([it for it in found if (it.customer, it.ship_to) == to] or found[:1])


def put_in(box: str, source: PackedFrom, wanted: Wanted, orders: tuple[str, ...]) -> tuple[Part, ...]:
	"""Put it into the box. Returns what went in, by the row it was picked on.

	``orders``: those that may have picked it, locked before the box. Raises: ValidationError for what was
	not picked, is packed already, goes to another ship-to, or is more than there is.
	"""
	row = hold_open_box(box, orders)
	candidates = [it for it in source.rows(wanted.item_code) if it.sales_order in orders]
	bad = bad_lots.among({wanted.batch_no, wanted.serial_no, *(it.batch_no for it in candidates)} - {None})
	try:
		fitting = pick_rows.rows_for(candidates, wanted, bad=bad)
		here = [it for it in fitting if (it.customer, it.ship_to) == (row.customer, row.ship_to or None)]
		if not here:
			raise RuleViolation("of_another_ship_to", item=wanted.item_code, box=box)
		_check_whole(here[0], wanted)
		other = here[0].warehouse
		here = [it for it in here if it.warehouse == row.warehouse]
		if not here:
			raise RuleViolation("of_another_warehouse", item=wanted.item_code, box=box, warehouse=other)
		inside = contents.contents_of([box], for_update=True)
		here = _that_may_share_a_note(here, {it.sales_order for it in inside}, box)
		room = packed.hold_counts(here)
		parts = pick_rows.draw_from_rows(here, {name: it.left_stock for name, it in room.items()}, wanted)
	except RuleViolation as violation:
		refuse(violation)
	_check_serial(parts)
	packed.count_packed(_by_row(parts))
	contents.put_contents(box, parts, len(inside))
	_weigh(row.name, parts)
	return parts


def _that_may_share_a_note(rows: Sequence[PickedRow], inside: Iterable[str], box: str) -> Sequence[PickedRow]:
	"""Those that one note can bear beside what lies in the box, or beside the first of them.

	Raises: RuleViolation where there are none.
	"""
	there = sorted(inside) or [rows[0].sales_order]
	of = terms_of({*there, *(row.sales_order for row in rows)})
	found = [row for row in rows if of[row.sales_order] == of[there[0]]]
	if not found:
		order = rows[0].sales_order
		raise RuleViolation("of_other_terms", item=rows[0].item_code, order=order, box=box, other=there[0])
	return found


def _check_whole(row: PickedRow, wanted: Wanted) -> None:
	"""Raises: RuleViolation for a part of what comes in whole numbers only."""
	if cut_units.is_cut(row.stock_uom, wanted.qty_stock):
		raise RuleViolation("not_whole", item=row.item_code, qty=wanted.qty_stock, uom=row.stock_uom)


def _check_serial(parts: tuple[Part, ...]) -> None:
	for part in parts:
		if part.serial_no:
			others = contents.boxes_with_serial([part.row.name], part.serial_no)
			if others:
				refuse(RuleViolation("serial_packed_already", serial=part.serial_no, box=others[0]))


def _by_row(parts: Iterable[Part]) -> dict[str, float]:
	found: dict[str, float] = {}
	for part in parts:
		found[part.row.name] = rounded(found.get(part.row.name, 0.0) + part.qty_stock)
	return found


def _weigh(box: str, parts: Iterable[Part], sign: int = 1) -> None:
	measures.add_expected_kg(box, sign * sum(part.row.weight_kg * part.qty_stock for part in parts))


def take_out(
	box: str, row: str, qty_stock: float, orders: tuple[str, ...], serial_no: str | None = None
) -> None:
	"""Take so much of one row out of an open box; a serial number takes that piece.

	Raises: ValidationError for a box that is not open, and for more than it holds.
	"""
	hold_open_box(box, orders)
	content = contents.hold_content(box, row)
	if content is None or (content.serial_nos and serial_no not in content.serial_nos):
		refuse(RuleViolation("not_in_the_box", box=box))
	qty = 1.0 if content.serial_nos else qty_stock
	if not is_positive(qty):
		refuse(RuleViolation("pack_no_quantity", item=content.item_code))
	is_whole = not cut_units.is_cut(content.stock_uom, content.qty_stock)
	if is_whole and cut_units.is_cut(content.stock_uom, qty):
		refuse(RuleViolation("not_whole", item=content.item_code, qty=qty, uom=content.stock_uom))
	if is_less(content.qty_stock, qty):
		refuse(
			RuleViolation(
				"less_in_the_box", box=box, there=content.qty_stock, item=content.item_code, qty=qty
			)
		)
	contents.take_content(content, qty, serial_no)
	packed.count_packed({content.pick_list_item: -qty})
	weights = {it.name: it.weight_kg for it in packed.rows_named([content.pick_list_item])}
	measures.add_expected_kg(box, -qty * weights.get(content.pick_list_item, 0.0))
