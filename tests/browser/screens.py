"""Pictures of the desk in every state of an order: ``python -m tests.browser.screens FOLDER [STATUS...]``.

Makes committed orders on the site that SWHF_SITE names, so use one to throw away. SWHF_BASE_URL is its
address, SWHF_ADMIN_PASSWORD Administrator's password.
"""

import os
import sys
from pathlib import Path

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from tests import factories
from tests.browser import data, desk
from tests.site import connected, set_switches


def main(folder: Path, only: list[str]) -> None:
	folder.mkdir(parents=True, exist_ok=True)
	with connected():
		_take_all(folder, only)


def _take_all(folder: Path, only: list[str]) -> None:
	set_switches(approval=True, stock_lock=True, fulfilment=True)
	frappe.db.commit()
	world = data.make_world(data.make_people(), stock_qty=200)
	orders = make_orders(world, only)
	pages = {} if only else other_pages(world, orders)
	with desk.browser() as program:
		for width, viewport in (("desktop", desk.DESKTOP), ("phone", desk.PHONE)):
			one = desk.Desk(program, "Administrator", os.environ["SWHF_ADMIN_PASSWORD"], viewport)
			for status, name in orders.items():
				one.open("Sales Order", name)
				take(one, folder / f"order-{status.lower().replace(' ', '-')}-{width}.png")
			for title, address in pages.items():
				one.visit(address)
				if title == "workspace":
					one.page.locator(".number-widget-box .number").first.wait_for()
				take(one, folder / f"{title}-{width}.png")
			for problem in one.problems:
				print("page error:", problem)
			one.close()


def other_pages(world: data.World, orders: dict[str, str]) -> dict[str, str]:
	"""File name -> address of everything that is no order."""
	approval = {
		state: frappe.db.get_value("Order Approval", {"sales_order": orders[status]})
		for state, status in (("open", "Pending Approval"), ("rejected", "Rejected"))
	}
	pick_list = frappe.db.get_value("Pick List Item", {"sales_order": orders["Ready for Dispatch"]}, "parent")
	note = frappe.db.get_value("Delivery Note Item", {"against_sales_order": orders["Dispatched"]}, "parent")
	return {
		"order-list": "/app/sales-order",
		"workspace": "/app/order-flow",
		"approval-list": "/app/order-approval",
		"approval-open": f"/app/order-approval/{approval['open']}",
		"approval-rejected": f"/app/order-approval/{approval['rejected']}",
		"approval-rule": f"/app/order-approval-rule/{world.rule}",
		"settings": "/app/sales-flow-settings",
		"courier": f"/app/courier/{world.courier}",
		"pick-list": f"/app/pick-list/{pick_list}",
		"delivery-note": f"/app/delivery-note/{note}",
		"lock-events": "/app/stock-lock-event",
	}


def take(one: desk.Desk, path: Path) -> None:
	one.settle()
	one.page.screenshot(path=path)
	print(path)


def make_orders(world: data.World, only: list[str]) -> dict[str, str]:
	"""Flow status -> name of an order that has it."""
	orders = {}
	for status, make in STATUSES.items():
		if only and status not in only:
			continue
		order = make(world)
		frappe.set_user("Administrator")
		frappe.db.commit()
		found = frappe.db.get_value("Sales Order", order, "swf_flow_status") or "Draft"
		if found != status:
			print(f"{order} should be {status}, is {found}")
		orders[status] = order
	return orders


def draft(world: data.World, **values) -> str:
	return data.make_order(
		world,
		discount=values.pop("discount", 15),
		swf_courier=world.courier,
		swf_courier_service="Next Day",
		swf_special_instructions="Ring the bell at gate 3 before 10:00. No pallets higher than 1.20 m.",
		**values,
	).name


def asked(world: data.World) -> str:
	order = draft(world)
	with factories.acting_as(world.sales_user):
		approval_api.ask_for_approval(order)
	frappe.db.commit()
	return order


def rejected(world: data.World) -> str:
	order = asked(world)
	with factories.acting_as(world.approver):
		approval_api.refuse(
			_asked_of(order), "15 % is too much for this customer. 10 % with payment in advance is fine."
		)
	return order


def approved(world: data.World) -> str:
	"""Approved, while something else keeps it from being submitted."""
	order = asked(world)
	frappe.db.set_value("Item", world.item, "disabled", 1)
	frappe.clear_document_cache("Item", world.item)
	frappe.db.commit()
	with factories.acting_as(world.approver):
		approval_api.approve(_asked_of(order), "Fine for this quarter.")
	frappe.db.set_value("Item", world.item, "disabled", 0)
	frappe.clear_document_cache("Item", world.item)
	return order


def submitted(world: data.World, *lines: dict) -> str:
	order = data.make_order(
		world,
		*lines,
		submit=True,
		swf_courier=world.courier,
		swf_courier_service="Next Day",
		swf_special_instructions="Ring the bell at gate 3 before 10:00. No pallets higher than 1.20 m.",
	)
	return order.name


def backordered(world: data.World) -> str:
	return submitted(world, {"item_code": factories.make_item(item_name="Floor Lamp Arc"), "qty": 12})


def partly_locked(world: data.World) -> str:
	short = factories.make_item(item_name="Floor Lamp Arc")
	factories.receive(short, 4, world.warehouse)
	nothing = factories.make_item(item_name="Shade, Linen, 40 cm")
	return submitted(world, {"qty": 5}, {"item_code": short, "qty": 12}, {"item_code": nothing, "qty": 3})


def locked(world: data.World) -> str:
	other = factories.make_item(item_name="Floor Lamp Arc")
	factories.receive(other, 4, world.other_warehouse)
	return submitted(world, {"qty": 5}, {"item_code": other, "qty": 4, "warehouse": world.other_warehouse})


def picking(world: data.World) -> str:
	order = locked(world)
	frappe.db.commit()
	picking_api.make_pick_lists(order)
	return order


def ready(world: data.World) -> str:
	order = submitted(world, {"qty": 5})
	_picked(order)
	return order


def partly_dispatched(world: data.World) -> str:
	order = partly_locked(world)
	_dispatched(order, "SW 4711 0815")
	return order


def dispatched(world: data.World) -> str:
	order = ready(world)
	_dispatched(order, "SW 4711 0816")
	return order


def delivered(world: data.World) -> str:
	order = submitted(world, {"qty": 5})
	for note in _dispatched(order, "SW 4711 0817"):
		dispatch_api.confirm_delivery(note)
	return order


def on_hold(world: data.World) -> str:
	return _set_status(locked(world), "On Hold")


def closed(world: data.World) -> str:
	return _set_status(locked(world), "Closed")


def cancelled(world: data.World) -> str:
	order = locked(world)
	frappe.get_doc("Sales Order", order).cancel()
	return order


def _asked_of(order: str) -> str:
	return frappe.db.get_value("Order Approval", {"sales_order": order, "state": "Open"})


def _set_status(order: str, status: str) -> str:
	frappe.get_doc("Sales Order", order).update_status(status)
	return order


def _picked(order: str) -> list[str]:
	lists = frappe.get_all("Pick List Item", {"sales_order": order}, pluck="parent", distinct=True)
	frappe.db.commit()
	lists = lists or picking_api.make_pick_lists(order)
	for name in lists:
		doc = frappe.get_doc("Pick List", name)
		if doc.docstatus.is_draft():
			doc.submit()
	return lists


def _dispatched(order: str, tracking_no: str) -> list[str]:
	notes = []
	for name in _picked(order):
		frappe.db.commit()
		note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(name))
		note.swf_tracking_no = tracking_no
		note.submit()
		notes.append(note.name)
	return notes


STATUSES = {
	"Draft": draft,
	"Pending Approval": asked,
	"Rejected": rejected,
	"Approved": approved,
	"Backordered": backordered,
	"Partly Locked": partly_locked,
	"Locked": locked,
	"Picking": picking,
	"Ready for Dispatch": ready,
	"Partly Dispatched": partly_dispatched,
	"Dispatched": dispatched,
	"Delivered": delivered,
	"On Hold": on_hold,
	"Closed": closed,
	"Cancelled": cancelled,
}

if __name__ == "__main__":
	main(Path(sys.argv[1]), sys.argv[2:])
