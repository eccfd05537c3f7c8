"""Waves: one Pick List for many orders of a warehouse, in the order in which somebody walks.

What is picked stays apart: each row names its order, and each order gets its own Delivery Note. ERPNext would
make one note for all orders of a customer, with the courier and the instructions of any of them.
"""

import frappe
from frappe.utils import getdate, now_datetime

from sales_wh_flow.approval.store import requests
from sales_wh_flow.base import control_fields, hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import permissions, refresh_status
from sales_wh_flow.picking import pick
from sales_wh_flow.picking.rules import wave as rules
from sales_wh_flow.picking.store import warehouse_work
from sales_wh_flow.stock_lock.store import picks

MOST_ORDERS = 200
"""In one wave: what a person can carry apart, and what one transaction may lock."""


def make_wave(warehouse: str, by: str, key: str) -> str:
	"""A draft Pick List for the orders of a group ("Courier", "Day" or "All" and its key) that have something
	locked in the warehouse and on no list. Returns its name. Call it in a fresh transaction.

	Orders the user may not read, and those that wait for an approval, are left out; of more than MOST_ORDERS
	those that have to leave first are taken. Raises: ValidationError when nothing is to be picked.
	"""
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))
	if by not in rules.GROUPINGS:
		refuse(RuleViolation("unknown_wave", by=by, known=rules.GROUPINGS))
	names = _orders(warehouse, by, key)
	hold_rows.hold_order_rows(names)
	orders = {name: frappe.get_doc("Sales Order", name) for name in names}
	found = [
		(order, one)
		for order in names
		for one in pick.to_pick(orders[order])
		if one.warehouse == warehouse and orders[order].docstatus.is_submitted()
	]
	if not found:
		refuse(RuleViolation("nothing_in_wave", warehouse=warehouse))
	made = pick.blank(frappe.get_cached_value("Warehouse", warehouse, "company"), warehouse)
	made.update(deliver.common({orders[order].name: orders[order] for order, _one in found}.values()))
	control_fields.put(made, swf_wave=_words(by, key))
	for order, one in rules.in_walking_order(found):
		made.append("locations", pick.row_of(orders[order], warehouse, one))
	made.insert()
	refresh_status.of_all(names)
	return made.name


def make_delivery_notes(pick_list) -> list[str]:
	"""Draft Delivery Notes for what a submitted wave picked, one for each order; the drafts that are there
	count. Returns their names, by order.
	"""
	deliver.check_picked(pick_list)
	picks.hold_pick_list(pick_list.name)
	drafts = picks.draft_delivery_notes(pick_list.name)
	open_rows = [row for row in pick_list.locations if row.sales_order and row.picked_qty > row.delivered_qty]
	names = []
	for order in sorted({row.sales_order for row in open_rows}):
		names.append(drafts.get(order) or deliver.note_of_orders(pick_list, [order]))
	if not names:
		refuse(RuleViolation("nothing_to_deliver", pick_list=pick_list.name))
	return names


def _orders(warehouse: str, by: str, key: str) -> list[str]:
	rows = warehouse_work.lines_to_count([warehouse], permissions.orders_visible())
	groups = rules.groups(warehouse_work.ready(rows, getdate(now_datetime())), by)
	names = next((group.orders for group in groups if group.key == key), ())
	held = requests.held_orders(names)
	return [name for name in names if name not in held][:MOST_ORDERS]


def _words(by: str, key: str) -> str:
	if by == rules.BY_COURIER:
		return key or frappe._("No courier")
	if by == rules.BY_DAY:
		return frappe._("Due {0}").format(frappe.utils.formatdate(key))
	return frappe._("All orders")
