"""What the desk and other programs may call to serve lines from elsewhere."""

import frappe
from frappe.utils import flt

from sales_wh_flow.base import border, retry, said
from sales_wh_flow.reroute import bring_together, sayings
from sales_wh_flow.reroute import lock_actions as lock_actions_flow
from sales_wh_flow.reroute import move as reroute_flow
from sales_wh_flow.reroute.answers import LockActions, MovedLine, RerouteChoices
from sales_wh_flow.reroute.rules.moves import Move


@frappe.whitelist(methods=["GET"])
@border.checked()
def lock_actions(sales_order: str, row: str) -> LockActions:
	"""What this user can do with the lock of one order line."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return lock_actions_flow.actions_of_row(order, row)


@frappe.whitelist(methods=["POST"])
@border.checked()
def move_lock(sales_order: str, row: str, warehouse: str, qty: float, reason: str) -> list[MovedLine]:
	"""Move so much of an order line, in stock UOM, with its lock, to another warehouse. Returns where it is
	now.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	return retry.from_a_fresh_transaction(
		lambda: lock_actions_flow.move_lock(sales_order, row, warehouse, flt(qty), reason)
	)


@frappe.whitelist(methods=["GET"])
@border.checked()
def reroute_choices(sales_order: str) -> RerouteChoices:
	"""What of a submitted order may be served from elsewhere, and what the rules would do."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reroute_flow.look_at_moves(order)


@frappe.whitelist(methods=["POST"])
@border.checked(moves=border.records(row=border.name, warehouse=border.name, qty=border.number))
def reroute(sales_order: str, moves: str | list, reason: str = "") -> list[MovedLine]:
	"""Serve so much of these rows from those warehouses: [{"row", "warehouse", "qty"}], in stock UOM.

	Returns where what moved is now.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	wanted = [Move(one["row"], one["warehouse"], one["qty"]) for one in moves]
	why = said.typed(reason) or said.keep(sayings.chosen_by_hand)
	return retry.from_a_fresh_transaction(lambda: reroute_flow.move(sales_order, wanted, why))


@frappe.whitelist(methods=["POST"])
@border.checked()
def request_transfers(sales_order: str) -> str:
	"""A Material Request that brings the order's goods to the warehouse it is sent from. Returns its name."""
	frappe.has_permission("Material Request", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: bring_together.request_transfer(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def send_directly(sales_order: str) -> None:
	"""Send an order's goods from where they lie after all, instead of bringing them together."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	retry.from_a_fresh_transaction(lambda: bring_together.send_directly(sales_order))
