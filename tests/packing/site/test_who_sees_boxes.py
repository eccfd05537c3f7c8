"""A box is seen by the people of its warehouse, and by who reads one of its orders."""

import frappe

from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store.boxes import hold_boxes
from tests.factories import acting_as, make_order, make_user, make_warehouse
from tests.packing.box_world import make_box


def allow(user, kind, value):
	frappe.get_doc({"doctype": "User Permission", "user": user, "allow": kind, "for_value": value}).insert()


def rows_listed(*boxes):
	"""The boxes whose rows, with their orders, the user lists by themselves."""
	filters = {"parent": ("in", boxes)}
	return set(frappe.get_list("Order Box Item", filters, pluck="parent", parent_doctype="Order Box"))


def test_a_packer_sees_the_boxes_of_his_warehouse_alone():
	mine, other, order = make_warehouse(), make_warehouse(), make_order()
	row = {"sales_order": order.name, "item_code": order.items[0].item_code, "qty_stock": 1}
	seen, unseen = make_box(row, warehouse=mine), make_box(row, warehouse=other)
	change_state([*hold_boxes([seen, unseen]).values()], states.CLOSED)
	packer = make_user("Stock User")
	allow(packer, "Warehouse", mine)
	with acting_as(packer):
		assert frappe.get_list("Order Box", {"name": ("in", [seen, unseen])}, pluck="name") == [seen]
		assert frappe.get_list("Box Event", {"box": ("in", [seen, unseen])}, pluck="box") == [seen]
		assert rows_listed(seen, unseen) == {seen}
		assert frappe.has_permission("Order Box", "read", doc=seen)
		assert not frappe.has_permission("Order Box", "read", doc=unseen)
		assert not frappe.has_permission("Order Box", "write", doc=seen)


def test_a_seller_sees_the_boxes_of_the_orders_he_reads():
	mine, others = make_order(), make_order()
	seller = make_user("Sales User")
	allow(seller, "Sales Order", mine.name)
	seen, unseen = (
		make_box({"sales_order": order.name, "item_code": order.items[0].item_code, "qty_stock": 1})
		for order in (mine, others)
	)
	with acting_as(seller):
		assert frappe.get_list("Order Box", {"name": ("in", [seen, unseen])}, pluck="name") == [seen]
		assert rows_listed(seen, unseen) == {seen}
		assert frappe.has_permission("Order Box", "read", doc=seen)
		assert not frappe.has_permission("Order Box", "read", doc=unseen)
