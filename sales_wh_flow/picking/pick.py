"""Pick Lists from locks: one per order and warehouse, filled with exactly what is locked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import frappe
from frappe.utils import flt

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_whole
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, STOCK_LOCK, is_on
from sales_wh_flow.dispatch import cut_units
from sales_wh_flow.dispatch.deliver import CARRIED
from sales_wh_flow.picking.rules import picking
from sales_wh_flow.picking.store import count_tasks
from sales_wh_flow.stock_lock import leave_bad_lots
from sales_wh_flow.stock_lock.rules.facts import PickFacts
from sales_wh_flow.stock_lock.store import opt_out, picks, reservations

_NATIVE = (
	*("validate_sales_order", "validate_stock_qty", "validate_expired_batches"),
	"make_bundle_using_old_serial_batch_fields",
)
"""What ERPNext does about a Pick List's orders and stock; for locked orders the flow answers it instead: a
batch that is good until today is sent today.
"""
_NATIVE_COUNTERS = ("update_reference_qty", "update_sales_order_picking_status")


def make_lists(order) -> list[str]:
	"""Draft Pick Lists for what is locked and on no Pick List yet, one per warehouse. Returns their names.

	Raises: ValidationError when the order is not submitted or has nothing to pick.
	"""
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))
	if not order.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=order.doctype, name=order.name))
	hold_rows.hold_order_row(order.name)
	if is_on(STOCK_LOCK):
		leave_bad_lots.leave_bad_lots(order.name)
	# As last committed: a line may have moved to another warehouse since the order was loaded.
	order = hold_rows.held_document(order.doctype, order.name)
	found = to_pick(order)
	places = tuple(sorted({row.swf_brought_to for row in order.items if row.swf_brought_to}))
	if places and not found:
		refuse(RuleViolation("brought_first", order=order.name, places=places))
	if not found:
		refuse(_nothing_to_pick(order.name))
	by_warehouse = defaultdict(list)
	for pick in found:
		by_warehouse[pick.warehouse].append(pick)
	return [_insert(order, warehouse, by_warehouse[warehouse]) for warehouse in sorted(by_warehouse)]


def to_pick(order) -> list[PickFacts]:
	"""What is locked of an order and on no Pick List yet; not what goes to another warehouse first, nor what
	a picker did not find where nobody has counted since.
	"""
	brought = {row.name for row in order.items if row.swf_brought_to}
	planned = picking.plan_picking(picks.locked_entries(order.name), picks.on_pick_lists(order.name))
	lines = {part.name: part.parent_detail_docname for part in order.get("packed_items") or ()}
	missing = count_tasks.not_counted(order.name) if planned else {}
	there = picking.without_missing(planned, missing, lines)
	return [pick for pick in there if pick.sales_order_item not in brought]


def _nothing_to_pick(order: str) -> RuleViolation:
	missing = count_tasks.not_counted(order)
	if not missing:
		return RuleViolation("nothing_to_pick", order=order)
	(_row, item, warehouse), qty = next(iter(missing.items()))
	return RuleViolation("to_be_counted", order=order, item=item, warehouse=warehouse, qty=qty)


def draft_of(name: str, target, native):
	"""ERPNext's unsaved Pick List of an order, also for *Get Items*; of one that holds locks, what is locked
	and on no list yet, of the first warehouse that has some.

	``target``: the draft that is added to. ``native``: ERPNext's own function.
	"""
	if not is_on(FULFILMENT) or not reservations.orders_with_locks([name]):
		return native(name, target)
	order = frappe.get_doc("Sales Order", name)
	found = to_pick(order)
	if not found:
		refuse(_nothing_to_pick(name))
	doc = _drawn(target) if target else blank(order.company, min(pick.warehouse for pick in found))
	place = doc.parent_warehouse or found[0].warehouse
	if not doc.get("locations"):
		doc.update({field: order.get(field) for field in CARRIED})
		doc.customer = order.customer
	doc.pick_manually = 1
	for pick in found:
		if pick.warehouse == place:
			doc.append("locations", row_of(order, place, pick))
	return doc


def _drawn(target):
	"""A draft as a form sends it."""
	return frappe.get_doc(frappe.parse_json(target)) if isinstance(target, str | dict) else target


def accept_locked_orders(doc) -> None:
	"""ERPNext refuses to pick orders with reserved stock; for orders the flow has locked it picks just that
	stock.

	Nor does it bundle the serial numbers and batches of a pick that are reserved, even for the very order:
	they stay named on the rows, and the Delivery Note bundles them.
	"""
	if is_on(FULFILMENT) and _locked_orders(doc):
		doc.pick_manually = 1
		waive(doc, __name__, *_NATIVE)
		if _sends_again(doc):
			waive(doc, __name__, *_NATIVE_COUNTERS)


def count_again(doc) -> None:
	"""Write what is picked of orders whose returned goods are sent once more: ERPNext's own counters never
	fall, so it refuses the second pick.
	"""
	orders = _sends_again(doc) if is_on(FULFILMENT) else []
	if orders:
		picks.write_picked(orders)


def _sends_again(doc) -> list[str]:
	return picks.with_goods_to_send_again({row.sales_order for row in doc.locations if row.sales_order})


def check_against_locks(doc) -> None:
	"""No row may pick more than is locked for its line in its warehouse, other open Pick Lists counted; on
	submit also where all locks have ended since the list was made, and others may have the goods.

	Raises: ValidationError naming every row.
	"""
	if not is_on(FULFILMENT):
		return
	lost = opt_out.orders_that_lost_locks(_orders(doc)) if doc.docstatus.is_submitted() else ()
	for order in sorted({*_locked_orders(doc), *lost}):
		held: dict[tuple[str, str], float] = defaultdict(float)
		for lock in reservations.open_of_order(order):
			held[lock.sales_order_item, lock.warehouse] += lock.qty_stock
		for pick in picks.on_pick_lists(order, but=doc.name):
			held[pick.sales_order_item, pick.warehouse] -= pick.qty_stock
		rows = [row for row in doc.locations if row.sales_order == order and row.sales_order_item]
		refuse(_no_counts(rows))
		refuse(picking.over_picked(order, [_facts(row) for row in rows], held))


def _no_counts(rows: Iterable) -> Iterator[RuleViolation]:
	"""The rows whose quantities are below zero, or parts of what comes in whole pieces."""
	for row in rows:
		qtys = (flt(row.qty), flt(row.stock_qty), flt(row.picked_qty))
		is_counted = frappe.get_cached_value("UOM", row.stock_uom, "must_be_whole_number")
		wrong = [qty for qty in qtys if qty < 0]
		if is_counted:  # the row's own UOM may be one that a part is picked of
			wrong += [qty for qty in qtys[1:] if not is_whole(qty)]
		if wrong:
			yield RuleViolation("found_is_no_count", idx=row.idx, qty=wrong[0], item=row.item_code)


def _locked_orders(doc) -> list[str]:
	"""The orders on this Pick List for which the flow holds stock."""
	return reservations.orders_with_locks(_orders(doc))


def _orders(doc) -> set[str]:
	"""The orders that a Pick List picks for; none, where it is not for customers."""
	if doc.purpose != "Delivery":
		return set()
	return {row.sales_order for row in doc.get("locations") or () if row.sales_order}


def _facts(row) -> PickFacts:
	return PickFacts(
		idx=row.idx,
		item_code=row.item_code,
		warehouse=row.warehouse,
		sales_order_item=row.product_bundle_item or row.sales_order_item,
		qty_stock=flt(row.picked_qty) or flt(row.stock_qty),
	)


def _insert(order, warehouse: str, to_pick: list[PickFacts]) -> str:
	doc = blank(order.company, warehouse)
	doc.update({field: order.get(field) for field in CARRIED})
	doc.customer = order.customer
	for pick in sorted(to_pick, key=lambda pick: (pick.item_code, _line_of(order, pick)[0].idx)):
		doc.append("locations", row_of(order, warehouse, pick))
	return doc.insert().name


def blank(company: str, warehouse: str):
	"""A Pick List of one warehouse whose rows the flow fills."""
	doc = frappe.new_doc("Pick List")
	doc.update(
		{
			"company": company,
			"purpose": "Delivery",
			"parent_warehouse": warehouse,
			"pick_manually": 1,
			"ignore_pricing_rule": 1,
		}
	)
	return doc


def row_of(order, warehouse: str, pick: PickFacts) -> dict:
	"""The row of a Pick List for what is to be picked of an order."""
	line, part = _line_of(order, pick)
	return {**_what(line, part, pick), **_where(order, line, warehouse, pick)}


def _line_of(order, pick: PickFacts) -> tuple:
	"""(order line, component of its bundle or None) of a pick."""
	line = next((row for row in order.items if row.name == pick.sales_order_item), None)
	if line:
		return line, None
	part = next(row for row in order.packed_items if row.name == pick.sales_order_item)
	return next(row for row in order.items if row.name == part.parent_detail_docname), part


def _what(line, part, pick: PickFacts) -> dict:
	"""The goods of a row: those of an order line, or of the component ``part`` of its bundle."""
	if part:
		return {
			"item_name": part.item_name,
			"description": part.description,
			"uom": part.uom,
			"conversion_factor": 1,
			"stock_uom": part.uom,
			"qty": pick.qty_stock,
			"product_bundle_item": part.name,
		}
	return {
		"item_name": line.item_name,
		"description": line.description,
		"item_group": line.item_group,
		"stock_uom": line.stock_uom,
		**_in_units(line, pick.qty_stock),
	}


def _in_units(line, qty_stock: float) -> dict:
	"""A quantity in the line's own unit; in stock units where that would cut a box in two."""
	factor = line.conversion_factor or 1.0
	if cut_units.is_cut(line.uom, qty_stock / factor):
		return {"uom": line.stock_uom, "conversion_factor": 1.0, "qty": qty_stock}
	return {"uom": line.uom, "conversion_factor": factor, "qty": qty_stock / factor}


def _where(order, line, warehouse: str, pick: PickFacts) -> dict:
	return {
		"item_code": pick.item_code,
		"warehouse": warehouse,
		"stock_qty": pick.qty_stock,
		"sales_order": order.name,
		"sales_order_item": line.name,
		"batch_no": pick.batch_no,
		"serial_no": "\n".join(pick.serial_nos) or None,
		"use_serial_batch_fields": 1 if pick.batch_no or pick.serial_nos else 0,
	}
