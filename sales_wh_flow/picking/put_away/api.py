"""What the desk and other programs may call to bring picked goods back to their shelf."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.once import done_once
from sales_wh_flow.picking.answers import DonePutAway, PutAwayShown, ScannedPutAway
from sales_wh_flow.picking.put_away import work_off


@frappe.whitelist(methods=["GET"])
@border.checked()
def to_put_away(warehouse: str | None = None) -> list[PutAwayShown]:
	"""Picked goods that nobody needs any more, of the warehouses that the user may see."""
	frappe.has_permission("Put Away", "read", throw=True)
	return work_off.open_put_aways(warehouse or None)


@frappe.whitelist(methods=["GET"])
@border.checked()
def which_put_away(scan: str, warehouse: str | None = None) -> ScannedPutAway:
	"""The open tasks that a scan is about: goods, a crate or a box."""
	frappe.has_permission("Put Away", "read", throw=True)
	return work_off.which_tasks(scan, warehouse or None)


@frappe.whitelist(methods=["POST"])
@border.checked(task=border.name, place=border.short_text, qty=border.perhaps(border.number))
def goods_are_back(task: str, key: str, qty: float | None = None, place: str = "") -> DonePutAway:
	"""The goods, or so many of them in stock UOM, stand on a shelf again; the rest is to be counted."""
	_check_may(task)
	return retry.from_a_fresh_transaction(
		lambda: done_once(key, f"put back {task}", lambda: work_off.bring_back(task, qty, place))
	)


@frappe.whitelist(methods=["POST"])
@border.checked(task=border.name)
def use_for_order(task: str, key: str) -> DonePutAway:
	"""The goods were taken out of the crate for another order."""
	_check_may(task)
	return retry.from_a_fresh_transaction(
		lambda: done_once(key, f"use {task}", lambda: work_off.use_elsewhere(task))
	)


def _check_may(task: str) -> None:
	"""Who may pick brings back, in the warehouses that are his."""
	frappe.has_permission("Pick List", "write", throw=True)
	frappe.get_doc("Put Away", task).check_permission("read")
