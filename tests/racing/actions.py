"""What a runner can do: prepare, wait at the start line, act. The harness commits."""

import time

import frappe
from frappe.utils import now_datetime, set_request

from sales_wh_flow import entrances
from sales_wh_flow.base import said
from sales_wh_flow.base.retry import from_a_fresh_transaction
from sales_wh_flow.order import refresh_status
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock import expire, release, sayings
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests.racing import world
from tests.racing.harness import ready


def is_isolated() -> bool:
	"""Whether the server refuses to lock a row that changed since the transaction began.

	Then no order of locks helps a document that a user's form loaded before: it is submitted through Frappe's
	entrances, as in life, which try again. Else nothing is tried again here: it must not be needed.
	"""
	return (
		dict(frappe.db.sql("show variables like 'innodb_snapshot_isolation'")).get(
			"innodb_snapshot_isolation"
		)
		== "ON"
	)


def do(doc, action: str) -> None:
	"""Save, submit or cancel a document."""
	if not is_isolated():
		getattr(doc, action)()
	elif action == "cancel":
		entrances.cancel(doc.doctype, doc.name)
	else:
		getattr(entrances, action)(frappe.as_json(doc.as_dict()))


def _press(doc, method: str, **args) -> None:
	"""A button of a form. Later ERPNext 15 holds an item's reservations before its Bins can be held: two
	who press *Reserve* wait for each other, and Frappe's entrance tries again.
	"""
	set_request(method="POST", path="/")
	entrances.run_doc_method(method, docs=frappe.as_json(doc.as_dict()), args=args)


def submit(doctype: str, name: str) -> str:
	doc = frappe.get_doc(doctype, name)
	ready()
	do(doc, "submit")
	return doc.name


def submit_in_form(doctype: str, name: str) -> str:
	"""Through Frappe's entrance. Two notes of one Pick List each hold their own rows, as Frappe loads them,
	before they wait for the order, and the first one counts them all: that is tried again.
	"""
	doc = frappe.get_doc(doctype, name)
	ready()
	set_request(method="POST", path="/")
	entrances.submit(frappe.as_json(doc.as_dict()))
	return doc.name


def submit_all(doctype: str, names: list[str]) -> list[str]:
	"""Submit one after the other, each in a transaction of its own, as a user goes through a list."""
	ready()
	for name in names:
		do(frappe.get_doc(doctype, name), "submit")
		frappe.db.commit()
	return names


def cancel(doctype: str, name: str) -> str:
	doc = frappe.get_doc(doctype, name)
	ready()
	do(doc, "cancel")
	return doc.name


def cancel_when_submitted(order: str) -> None:
	"""As soon as somebody else has submitted the order; whoever waits for it a second gives up."""
	ready()
	for _look in range(100):
		frappe.db.rollback()
		if frappe.db.get_value("Sales Order", order, "docstatus") == 1:
			break
		time.sleep(0.01)
	do(frappe.get_doc("Sales Order", order), "cancel")


def cancel_and_submit(cancelled: list[str], submitted: list[str]) -> None:
	"""Cancel orders and submit others in turn, each in a transaction of its own."""
	ready()
	for old, new in zip(cancelled, submitted, strict=True):
		do(frappe.get_doc("Sales Order", old), "cancel")
		frappe.db.commit()
		do(frappe.get_doc("Sales Order", new), "submit")
		frappe.db.commit()


def submit_and_cancel(doctype: str, name: str) -> str:
	doc = frappe.get_doc(doctype, name)
	ready()
	do(doc, "submit")
	frappe.db.commit()
	do(frappe.get_doc(doctype, name), "cancel")
	return name


def serve_waiting_demand() -> dict[str, float]:
	ready()
	return serving_jobs.serve_waiting_demand()


def make_pick_lists(order: str) -> list[str]:
	frappe.get_doc("Sales Order", order)
	ready()
	return picking_api.make_pick_lists(order)


def send_order(order: str) -> list[str]:
	"""Deliver All on the order's form."""
	frappe.get_doc("Sales Order", order)
	ready()
	return picking_api.send_order(order)


def press_reserve(order: str) -> None:
	"""ERPNext's own Reserve dialog with every line ticked."""
	doc = frappe.get_doc("Sales Order", order)
	rows = [
		{
			"sales_order_item": row.name,
			"item_code": row.item_code,
			"warehouse": row.warehouse,
			"qty_to_reserve": row.qty,
		}
		for row in doc.items
	]
	ready()
	_press(doc, "create_stock_reservation_entries", items_details=rows)


def press_unreserve(order: str) -> None:
	doc = frappe.get_doc("Sales Order", order)
	ready()
	_press(doc, "cancel_stock_reservation_entries")


def delete(doctype: str, name: str) -> None:
	frappe.get_doc(doctype, name)
	ready()
	frappe.delete_doc(doctype, name)


def expire_locks() -> dict[str, float]:
	ready()
	return stock_lock_jobs.expire_locks()


def deliver(order: str) -> str:
	"""Make a Delivery Note of all that an order still has to get, and submit it."""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	frappe.get_doc("Sales Order", order)
	ready()
	note = make_delivery_note(order).insert()
	frappe.db.commit()
	do(note, "submit")
	return note.name


def expire_order(order: str) -> float:
	"""What the hourly job does with one order. Returns the quantity freed."""
	ready()
	return from_a_fresh_transaction(lambda: expire.expire_order(order, now_datetime())).freed_stock


def end_locks(order: str) -> float:
	"""Returns the quantity freed; it is not tried again."""
	ready()
	freed = release.end_locks(order, said.keep(sayings.order_closed))
	refresh_status.refresh_order(order)
	return freed


def give(order: str, receiver: str) -> float:
	ready()
	return serving_api.give_locks(order, receiver, "asked for by both")


def request_stock(order: str) -> str:
	frappe.get_doc("Sales Order", order)
	ready()
	return shortage_api.request_stock(order, "Purchase")


def order_from_suppliers(order: str) -> list[str]:
	frappe.get_doc("Sales Order", order)
	ready()
	return shortage_api.order_from_suppliers(order)


def split_backorder(order: str) -> dict:
	frappe.get_doc("Sales Order", order)
	ready()
	return shortage_api.split_backorder(order)


def close_short(order: str) -> float:
	frappe.get_doc("Sales Order", order)
	ready()
	return shortage_api.close_short(order, "discontinued")


def receive_and_serve(items: list[str], qty: float) -> dict[str, float]:
	ready()
	from_a_fresh_transaction(lambda: world.receive(items, qty))
	return serving_jobs.serve_waiting_demand()


def make_wave(warehouse: str) -> str:
	ready()
	return picking_api.make_wave(warehouse, "All", "")


def reroute(order: str, item: str, warehouse: str, qty: float) -> list[dict]:
	"""Serve so much of an order's line of an item from another warehouse."""
	row = next(row.name for row in frappe.get_doc("Sales Order", order).items if row.item_code == item)
	ready()
	return reroute_api.reroute(order, [{"row": row, "warehouse": warehouse, "qty": qty}], "race")
