"""Boxes for tests."""

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import packed
from tests import factories


def make_box(*contents: dict, state: str = states.OPEN, **values) -> str:
	"""The number of a box that lies there in this state, without a way that led there.

	``contents``: rows of Order Box Item.
	"""
	box = frappe.get_doc(
		{"doctype": "Order Box", "state": state, "company": factories.company().name, **values}
	)
	for row in contents:
		box.append("contents", row)
	records.save(box)
	return box.name


def events_of(box: str) -> list[dict]:
	"""What happened to a box, in the order it was recorded."""
	return frappe.get_all("Box Event", {"box": box}, ["*"], order_by="recorded_on, creation")


class World:
	"""Picked orders of one customer in one warehouse, and somebody who packs them through the endpoints."""

	def __init__(self, *qtys: float, address: bool = False, place: str | None = None, **item):
		self.place = place or factories.make_warehouse()
		self.customer = factories.make_customer()
		self.address = factories.make_address(self.customer) if address else None
		values = {"weight_per_unit": 0.5, "weight_uom": "Kg", **item}
		self.items = [factories.make_item(**values) for _ in qtys]
		self.qtys = qtys
		for item_code, qty in zip(self.items, qtys, strict=True):
			factories.receive(item_code, qty * 4, self.place)

	def picked_order(self, row: dict | None = None, **values):
		"""(order, Pick List): submitted. ``row``: more of each of its rows."""
		from sales_wh_flow.picking import pick

		values.setdefault("customer", self.customer)
		if self.address and values["customer"] == self.customer:
			values.setdefault("shipping_address_name", self.address)
		rows = [
			factories.line(item, qty=qty, **row or {})
			for item, qty in zip(self.items, self.qtys, strict=True)
		]
		order = factories.make_order(*rows, submit=True, warehouse=self.place, **values)
		(name,) = pick.make_lists(frappe.get_doc("Sales Order", order.name))
		pick_list = frappe.get_doc("Pick List", name)
		for row in pick_list.locations:
			row.picked_qty = row.stock_qty
		pick_list.save()
		pick_list.submit()
		return order, pick_list


def key() -> str:
	"""A key as a device makes one."""
	return frappe.generate_hash(length=20)


def left_of(world: World, pick_list) -> list[float]:
	"""What is left to pack of a list, by the items of its world."""
	left = {row.item_code: row.left_stock for row in packed.rows_of_list(pick_list.name)}
	return [left[item] for item in world.items]


def content_of(order, at: int = 0, qty: float = 1) -> dict:
	"""What of the order's row lies in a box."""
	row = order.items[at]
	return {
		"sales_order": order.name,
		"sales_order_item": row.name,
		"item_code": row.item_code,
		"item_name": row.item_name,
		"qty_stock": qty,
		"stock_uom": row.stock_uom,
	}
