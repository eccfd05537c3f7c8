"""Boxes as the page Pack leaves them, couriers, drivers, and what phones send."""

import base64
import secrets

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.delivery import api, jobs
from sales_wh_flow.packing.store import packed
from sales_wh_flow.picking import pick
from tests.factories import line, make_address, make_order, make_warehouse, stocked, unique

PNG = (
	"data:image/png;base64,"
	+ base64.b64encode(
		base64.b64decode(
			"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
		)
	).decode()
)


def key() -> str:
	"""As a phone makes one for each action."""
	return secrets.token_hex(16)


def make_courier(**values) -> str:
	doc = frappe.get_doc({"doctype": "Courier", "courier_name": unique("Courier"), **values})
	return doc.insert(ignore_permissions=True).name


def make_driver(user: str | None = None) -> str:
	doc = frappe.get_doc(
		{"doctype": "Driver", "full_name": unique("Driver"), "status": "Active", "swf_user": user}
	)
	return doc.insert(ignore_permissions=True).name


def make_vehicle() -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Vehicle",
			"license_plate": unique("V").upper(),
			"make": "Own",
			"model": "Van",
			"last_odometer": 1,
			"fuel_type": "Diesel",
			"uom": "Litre",
		}
	)
	return doc.insert(ignore_permissions=True).name


def picked_order(*qtys: float, warehouse: str | None = None, ship_to: bool = False, **values):
	"""(order, its submitted Pick List) of an order with a line for each quantity."""
	warehouse = warehouse or make_warehouse()
	lines = [line(stocked(qty, warehouse), qty=qty, warehouse=warehouse) for qty in qtys or (4,)]
	order = make_order(*lines, **values)
	if ship_to:
		order.shipping_address_name = make_address(order.customer)
		order.save()
	order.submit()
	return order, picked_list(order)


def picked_list(order):
	(name,) = pick.make_lists(order)
	return frappe.get_doc("Pick List", name).submit()


def content(pick_row, qty: float | None = None, **values) -> dict:
	"""A row of a box from a row of a Pick List."""
	return {
		"sales_order": pick_row.sales_order,
		"sales_order_item": pick_row.sales_order_item,
		"packed_item": pick_row.product_bundle_item,
		"item_code": pick_row.item_code,
		"item_name": pick_row.item_name,
		"qty_stock": pick_row.picked_qty if qty is None else qty,
		"stock_uom": pick_row.stock_uom,
		"batch_no": pick_row.batch_no,
		"serial_nos": pick_row.serial_no,
		"pick_list": pick_row.parent,
		"pick_list_item": pick_row.name,
		**values,
	}


def box(*contents: dict, state: str = "Closed", courier: str | None = None, **values) -> str:
	"""The name of a packed box, closed unless told otherwise."""
	order = frappe.get_doc("Sales Order", contents[0]["sales_order"]) if contents else None
	pick = frappe.get_doc("Pick List", contents[0]["pick_list"]) if contents else None
	warehouse = values.pop("warehouse", None) or (pick and pick.locations[0].warehouse)
	doc = frappe.get_doc(
		{
			"doctype": "Order Box",
			"state": state,
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"warehouse": warehouse,
			"customer": order and order.customer,
			"customer_name": order and order.customer_name,
			"ship_to": order and order.shipping_address_name,
			"ship_to_text": "1 Harbour Street\nAnywhere",
			"weighed_kg": 2.5,
			"courier": courier,
			"contents": list(contents),
			**values,
		}
	)
	records.save(doc)
	for row in contents:
		packed.hold_counts(packed.rows_named([row["pick_list_item"]]))
		packed.count_packed({row["pick_list_item"]: row["qty_stock"]})
	return doc.name


def boxes_of(pick, *parts: dict[int, float], **values) -> list[str]:
	"""A box for each of the parts {index of the list's row: quantity}; one of everything for none."""
	parts = parts or ({at: None for at in range(len(pick.locations))},)
	return [box(*(content(pick.locations[at], qty) for at, qty in part.items()), **values) for part in parts]


def begin(courier: str, warehouse: str, **values) -> str:
	return api.begin_handover(courier, warehouse, key(), **values)["name"]


def begun(courier: str, warehouse: str, **values) -> str:
	"""As ``begin``; what was made before is committed: the entrance begins a transaction of its own."""
	frappe.db.commit()
	return begin(courier, warehouse, **values)


def scan(handover: str, text: str) -> dict:
	return api.scan_into_handover(handover, text, key())


def close(handover: str) -> dict:
	"""Press Close, and let the job do its work."""
	api.close_handover(handover, key(), "Courier's man", PNG)
	jobs.close_handover(handover)
	return api.handover_boxes(handover)


def handed_over(*boxes: str, courier: str | None = None, **values) -> str:
	"""The closed hand-over of these boxes."""
	warehouse = frappe.db.get_value("Order Box", boxes[0], "warehouse")
	name = begin(courier or make_courier(takes_cod=1), warehouse, **values)
	for one in boxes:
		scan(name, one)
	shown = close(name)
	assert shown["state"] == "Closed", shown
	return name


def prove(box_name: str, answer: str = "accept", **receipt) -> dict:
	told = {"answer": answer, "receiver": "Anna", "signature": PNG, **receipt}
	return api.prove_delivery(box_name, told, key())


def correct(proof: str, answer: str, why: str = "tapped wrong", **receipt) -> dict:
	told = {"answer": answer, "receiver": "Anna", "signature": PNG, **receipt}
	return api.correct_delivery(proof, told, why, key())


def state_of(box_name: str) -> str:
	return frappe.db.get_value("Order Box", box_name, "state")


def row_of(box_name: str, at: int = 0) -> str:
	return frappe.get_doc("Order Box", box_name).contents[at].name


def flow_status(order) -> str:
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def set_status(order, status: str) -> None:
	"""Close, Hold and Re-open of the order's form."""
	frappe.get_doc("Sales Order", order.name).update_status(status)
