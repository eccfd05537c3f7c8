"""What the page Pack and other programs may call to pack goods.

Each step carries a key that the device made: sent twice, it is done once.
"""

from collections.abc import Callable
from typing import TypeVar

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing import close_box as closing
from sales_wh_flow.packing import fill, look, nest, one_box, scans, send, stations
from sales_wh_flow.packing import open_box as opening
from sales_wh_flow.packing.answers import (
	BoxAnswer,
	CloseAnswer,
	KnownStation,
	ListToPack,
	PrintJob,
	PutAnswer,
	ToPack,
)
from sales_wh_flow.packing.close_box import Weighing
from sales_wh_flow.packing.held import orders_in_box
from sales_wh_flow.packing.open_box import PackedFrom
from sales_wh_flow.packing.permissions import check_may_pack_box, check_may_pack_from
from sales_wh_flow.packing.rules import prints

Answer = TypeVar("Answer")

_SOURCE = {"pick_list": border.name, "sales_order": border.name}
_STEP = {"key": border.name, "device": border.short_text, "box": border.name}


@frappe.whitelist(methods=["GET"])
@border.checked(warehouse=border.name)
def lists_to_pack(warehouse: str = "") -> list[ListToPack]:
	"""Pick Lists with something left to pack, the newest first."""
	frappe.has_permission("Pick List", "write", throw=True)
	return look.lists_to_pack(warehouse or None)


@frappe.whitelist(methods=["GET"])
@border.checked(text=border.short_text)
def find_list(text: str) -> str | None:
	"""The Pick List that was scanned, or that something in the scanned box is from."""
	frappe.has_permission("Pick List", "write", throw=True)
	found = scans.read_list(text)
	return found if found and frappe.has_permission("Pick List", "read", doc=found) else None


@frappe.whitelist(methods=["GET"])
@border.checked(**_SOURCE)
def to_pack(pick_list: str = "", sales_order: str = "") -> ToPack:
	"""What is left to pack of a Pick List, or of an order."""
	frappe.has_permission("Pick List", "write", throw=True)
	return look.to_pack(_source(pick_list, sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked(**_SOURCE, **_STEP, box_type=border.name, warehouse=border.name)
def open_box(
	key: str,
	pick_list: str = "",
	sales_order: str = "",
	box_type: str = "",
	device: str = "",
	warehouse: str = "",
) -> BoxAnswer:
	"""A new box for what was picked, in that warehouse where one is named."""
	frappe.has_permission("Pick List", "write", throw=True)
	source = _source(pick_list, sales_order, warehouse)

	def work() -> BoxAnswer:
		return look.box_answer(opening.open_box(source, box_type or None))

	return _once(key, f"packing.open {source.name}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_SOURCE, **_STEP, left=border.number, box_type=border.name, warehouse=border.name)
def pack_all(
	key: str,
	sales_order: str,
	left: float,
	pick_list: str = "",
	box_type: str = "",
	device: str = "",
	warehouse: str = "",
) -> BoxAnswer:
	"""All that is left to pack for the ship-to of an order, in that warehouse where one is named, goes into
	one box, which is closed. ``left``: how much the device saw, of all items together, in stock units.
	"""
	frappe.has_permission("Pick List", "write", throw=True)
	source = _source(pick_list, "" if pick_list else sales_order, warehouse)

	def work() -> BoxAnswer:
		return look.box_answer(one_box.pack_into_one_box(source, sales_order, left, box_type, device))

	return _once(key, f"packing.all {source.name}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_SOURCE, **_STEP, text=border.short_text, qty=border.number)
def put_in(
	key: str,
	box: str,
	text: str,
	pick_list: str = "",
	sales_order: str = "",
	qty: float | None = None,
	device: str = "",
) -> PutAnswer:
	"""What was scanned goes into the box; ``qty`` in stock units, else what the barcode says."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	source = _source(pick_list, sales_order)
	wanted = scans.read_goods(text, qty)
	orders = fill.orders_for(box, source, wanted)

	def work() -> PutAnswer:
		parts = fill.put_in(box, source, wanted, orders)
		return {
			"put": [
				{
					"item_code": it.row.item_code,
					"qty": it.qty_stock,
					"order": it.row.sales_order,
					"batch_no": it.batch_no,
					"serial_no": it.serial_no,
				}
				for it in parts
			],
			**look.box_answer(box),
		}

	return _once(key, f"packing.put {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_STEP, row=border.name, serial_no=border.name, qty=border.number)
def take_out(
	key: str, box: str, row: str, qty: float = 1, serial_no: str = "", device: str = ""
) -> BoxAnswer:
	"""So much of one row, in stock UOM, comes out of an open box."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	orders = orders_in_box(box)

	def work() -> BoxAnswer:
		fill.take_out(box, row, qty, orders, serial_no or None)
		return look.box_answer(box)

	return _once(key, f"packing.take {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(
	**_STEP, weighed_kg=border.number, box_type=border.name, photo=border.short_text, is_sure=border.flag
)
def close_box(
	key: str,
	box: str,
	weighed_kg: float | None = None,
	box_type: str = "",
	photo: str = "",
	is_sure: bool = False,
	device: str = "",
) -> CloseAnswer:
	"""The box is full; weights in kg. One beyond the tolerance is closed only by who is sure."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	orders = orders_in_box(box)
	weighing = Weighing(weighed_kg, box_type or None, photo or None, is_sure)

	def work() -> CloseAnswer:
		closed = closing.close_box(box, weighing, orders, device or None)
		return {**look.box_answer(box), "is_closed": closed.is_closed, "expected_kg": closed.expected_kg}

	return _once(key, f"packing.close {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_STEP)
def open_again(key: str, box: str, reason: str, device: str = "") -> BoxAnswer:
	"""A closed box is opened again, with a reason."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	orders = orders_in_box(box)

	def work() -> BoxAnswer:
		closing.open_again(box, reason, orders, device or None)
		return look.box_answer(box)

	return _once(key, f"packing.open_again {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_STEP)
def cancel_box(key: str, box: str, reason: str, device: str = "") -> BoxAnswer:
	"""End a box: what lies in it is to be packed again; the box stays as a record."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	orders = orders_in_box(box)

	def work() -> BoxAnswer:
		closing.cancel_box(box, reason, orders, device or None)
		return look.box_answer(box)

	return _once(key, f"packing.cancel {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_STEP, pallet=border.name)
def put_on_pallet(key: str, box: str, pallet: str = "", device: str = "") -> BoxAnswer:
	"""Put a closed box on an open pallet; an empty ``pallet`` takes it down again."""
	frappe.has_permission("Pick List", "write", throw=True)
	check_may_pack_box(box)
	if pallet:
		check_may_pack_box(pallet)

	def work() -> BoxAnswer:
		if pallet:
			nest.put_on_pallet(box, pallet, device or None)
		else:
			nest.take_off_pallet(box, device or None)
		return look.box_answer(box)

	return _once(key, f"packing.pallet {box}", work)


@frappe.whitelist(methods=["POST"])
@border.checked(**_STEP, boxes=border.names, box_type=border.name)
def stack_boxes(key: str, boxes: list[str], box_type: str = "", device: str = "") -> BoxAnswer:
	"""Closed boxes of one ship-to stand on a new pallet, which is answered."""
	frappe.has_permission("Pick List", "write", throw=True)
	for box in boxes:
		check_may_pack_box(box)

	def work() -> BoxAnswer:
		return look.box_answer(nest.stack_on_new(boxes, box_type or None, device or None))

	return _once(key, "packing.stack", work)


@frappe.whitelist(methods=["GET"])
@border.checked()
def packing_stations() -> list[KnownStation]:
	"""The Packing Stations in use where the user works."""
	frappe.has_permission("Packing Station", "read", throw=True)
	return stations.stations()


@frappe.whitelist(methods=["POST"])
@border.checked(key=border.name, box=border.name, station=border.name, what=border.short_text)
def print_box(key: str, box: str, station: str = "", what: str = prints.LABEL) -> PrintJob:
	"""What a station's printer is to print of a box: its ``label`` (the courier's own where it has one) or
	its packing ``list``. A second call with the same key prints the same and is told once.
	"""
	frappe.has_permission("Order Box", "print", throw=True)
	check_may_pack_box(box)
	if station:
		frappe.has_permission("Packing Station", "read", doc=station, throw=True)
	kind = prints.LIST if what == prints.LIST else prints.LABEL
	_once(key, f"packing.print {box}", lambda: stations.note_print(box, station or None, kind))
	return stations.print_job(box, station or None, kind)


@frappe.whitelist(methods=["POST"])
@border.checked(key=border.name, boxes=border.names)
def make_delivery_note(key: str, boxes: list[str]) -> str:
	"""A draft Delivery Note of what lies in closed boxes of one ship-to. Returns its name."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	if not boxes:
		refuse(RuleViolation("no_box_named"))
	for box in boxes:
		check_may_pack_box(box)
	orders = tuple(sorted({order for box in boxes for order in orders_in_box(box)}))
	return _once(key, "packing.note", lambda: send.make_note_of_boxes(boxes, orders))


def _source(pick_list: str, sales_order: str, warehouse: str = "") -> PackedFrom:
	source = PackedFrom(pick_list or None, sales_order or None, warehouse or None)
	check_may_pack_from(source.pick_list, source.order)
	return source


def _once(key: str, action: str, work: Callable[[], Answer]) -> Answer:
	"""In a transaction of its own: what is decided on is read after the locks."""
	return retry.from_a_fresh_transaction(lambda: done_once(key, action, work))
