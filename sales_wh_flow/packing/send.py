"""A draft Delivery Note of what lies in boxes, with batches and serial numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import frappe
from frappe import _

from erpnext.selling.doctype.sales_order import sales_order as native_order
from erpnext.stock.doctype.packed_item.packed_item import make_packing_list

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.hold_rows import hold_order_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.dispatch import cut_units, deliver
from sales_wh_flow.dispatch.addresses import telling_who_gives_the_right
from sales_wh_flow.order.bear_once import bear_once
from sales_wh_flow.order.store.terms import terms_of
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.held import check_still_here
from sales_wh_flow.packing.rules import bundles_in_boxes, states
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import contents, measures, packed
from sales_wh_flow.packing.store.boxes import BoxRow
from sales_wh_flow.packing.store.contents import Content
from sales_wh_flow.stock_lock.store import batches


@telling_who_gives_the_right()
def make_note_of_boxes(names: Sequence[str], orders: tuple[str, ...]) -> str:
	"""The draft note of these closed boxes and of what stands on them. Returns its name: of the first, where
	their orders can't share one, and says so.

	Raises: ValidationError for boxes that are not closed, are on a note already, or go to several ship-tos,
	and for parts of a bundle that make no whole one.
	"""
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))
	hold_order_rows(orders)
	wanted = {*names, *(it for name in names for it in measures.boxes_on(name))}
	rows = tuple(store.hold_boxes(wanted).values())
	_check_together(rows, names)
	inside = contents.contents_of([row.name for row in rows], for_update=True)
	terms = terms_of({it.sales_order for it in inside})
	in_box = {it.box: terms[it.sales_order] for it in inside}
	first = next(iter(in_box.values()), ())
	notes: dict[tuple, str] = {}
	for of in dict.fromkeys(in_box.values()):
		notes[of] = note_of_contents([it for it in inside if in_box[it.box] == of]).name
	for row in rows:
		change_state([row], row.state, delivery_note=notes[in_box.get(row.name, first)])
	if len(notes) > 1:
		text = _("Orders that one Delivery Note can't bear together get notes of their own: {0}")
		frappe.msgprint(text.format(", ".join(sorted(notes.values()))))
	return notes[first]


def _check_together(rows: Sequence[BoxRow], names: Sequence[str]) -> None:
	missing = sorted(set(names) - {row.name for row in rows})
	if missing:
		refuse(RuleViolation("no_such_box", box=missing[0]))
	refuse(
		RuleViolation("box_not_closed", box=row.name, state=_(row.state))
		for row in rows
		if row.state == states.OPEN or row.state in (states.CANCELLED, states.RETURNED)
	)
	for row in rows:
		check_still_here(row)
	if len({(row.company, row.customer, row.ship_to or None) for row in rows}) > 1:
		refuse(RuleViolation("boxes_differ", boxes=tuple(row.name for row in rows)))


def note_of_contents(inside: Sequence[Content], *, as_flow: bool = False, **fields: object):
	"""The draft Delivery Note, saved, of just what lies in boxes of one ship-to, with these ``fields``.

	``as_flow``: for somebody who was checked for the boxes and need not be allowed to make notes.
	"""
	orders = sorted({it.sales_order for it in inside})
	if len(set(terms_of(orders).values())) > 1:
		refuse(RuleViolation("boxes_of_other_terms", orders=tuple(orders)))
	note = None
	for order in orders:
		note = native_order.make_delivery_note(order, note, {"ignore_pricing_rule": True})
	by_line = defaultdict(list)
	for it in inside:
		by_line[it.sales_order_item].append(it)
	mapped = {row.so_detail: row for row in note.items if row.so_detail}
	refuse(
		RuleViolation(
			"nothing_left_of_boxed", box=it.box, qty=it.qty_stock, item=it.item_code, order=it.sales_order
		)
		for it in inside
		if it.sales_order_item not in mapped
	)
	rows = [row for line, some in by_line.items() for row in _rows_of(mapped[line], some, note)]
	note.set("items", [])
	for idx, row in enumerate(rows, 1):
		row.idx = idx
		note.append("items", row)
	note.set("packed_items", [])
	if not bear_once(note):
		note.run_method("calculate_taxes_and_totals")
	make_packing_list(note)
	note.update(fields)
	# For whoever hands over boxes that are his: ERPNext lets no Stock User read a customer's address.
	note.flags.ignore_permissions = as_flow
	note.flags.ignore_mandatory = True  # as ERPNext makes notes from Pick Lists
	note.insert()
	deliver.finish_note(note)
	return note


def _rows_of(mapped, some: Sequence[Content], note) -> Iterable:
	"""The rows of one order line: one for each pick and batch, one for the bundles of a list."""
	if any(it.packed_item for it in some):
		yield from _bundles(mapped, some)
		return
	_check_whole(mapped, some)
	picked = {row.name: row for row in packed.rows_named(it.pick_list_item for it in some)}
	together: dict[tuple, list[Content]] = defaultdict(list)
	for it in some:
		together[it.pick_list_item, it.batch_no].append(it)
	for (pick_row, batch_no), parts in together.items():
		qty = rounded(sum(it.qty_stock for it in parts))
		serials = "\n".join(serial for it in parts for serial in it.serial_nos) or None
		row = _copied(
			mapped,
			qty,
			{
				"warehouse": picked[pick_row].warehouse if pick_row in picked else mapped.warehouse,
				"against_pick_list": parts[0].pick_list,
				"pick_list_item": pick_row,
				"batch_no": batch_no,
				"serial_no": serials,
				"use_serial_batch_fields": 1 if batch_no or serials else 0,
			},
		)
		if batch_no or serials:
			alongside(row).lots = batches.as_entries(batch_no, serials, qty)
		yield row


def _check_whole(mapped, some: Sequence[Content]) -> None:
	"""What was picked in pieces goes on the note in the order's unit, by its list: see cut_units."""
	by_list: dict[str, float] = defaultdict(float)
	for it in some:
		by_list[it.pick_list] += it.qty_stock / (mapped.conversion_factor or 1.0)
	if any(cut_units.is_cut(mapped.uom, qty) for qty in by_list.values()):
		refuse(RuleViolation("bundle_in_parts", item=mapped.item_code))


def _copied(mapped, qty_stock: float, values: dict):
	row = frappe.copy_doc(mapped)
	qty = rounded(qty_stock / (mapped.conversion_factor or 1.0))
	row.update({"qty": qty, "stock_qty": qty_stock, "amount": qty * (mapped.rate or 0), **values})
	row.update({"name": frappe.generate_hash(length=10), "serial_and_batch_bundle": None})
	return row


def _bundles(mapped, some: Sequence[Content]) -> Iterable:
	needed, ordered = contents.components_of(mapped.so_detail)
	by_list: dict[str, list[Content]] = defaultdict(list)
	for it in some:
		by_list[it.pick_list].append(it)
	for pick_list, parts in sorted(by_list.items()):
		there: dict[str, float] = defaultdict(float)
		for it in parts:
			there[it.packed_item] += it.qty_stock
		made = bundles_in_boxes.whole_bundles(there, needed, ordered)
		if made is None or is_less(made, 1):
			refuse(RuleViolation("bundle_in_parts", item=mapped.item_code))
		row = _copied(
			mapped,
			made * (mapped.conversion_factor or 1.0),
			{"against_pick_list": pick_list, "pick_list_item": None, "batch_no": None, "serial_no": None},
		)
		alongside(row).lots_of_parts = _lots_of_parts(parts)
		yield row


def _lots_of_parts(parts: Sequence[Content]) -> dict[str, dict[str, float]]:
	found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for it in parts:
		lots = dict.fromkeys(it.serial_nos, 1.0) or {it.batch_no or "": it.qty_stock}
		for lot, qty in lots.items():
			found[it.item_code][lot] += qty
	return found
