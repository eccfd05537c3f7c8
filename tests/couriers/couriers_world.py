"""Couriers, boxes and signed messages for tests; every name is new, nothing is committed."""

import json
import random
from datetime import datetime, timedelta, timezone
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import frappe

from sales_wh_flow.base.retry import again_if_refused
from sales_wh_flow.couriers.rules import signature
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.take_event import Road, take_event
from sales_wh_flow.couriers.tracking_number import write_number
from tests import factories as make
from tests.packing.box_world import make_box
from tests.racing.harness import ready as at_start_line

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
ROAD = Road("Webhook", "{}", is_signed=True)
RECEIVE = "/api/method/sales_wh_flow.couriers.api.receive"


def make_courier(adapter="Generic Webhook", **values) -> str:
	doc = {
		"doctype": "Courier",
		"courier_name": make.unique("Courier"),
		"adapter": adapter,
		"tracking_url": "https://courier.example/{0}",
		"webhook_secret": SECRET if adapter == "Generic Webhook" else None,
		**values,
	}
	return frappe.get_doc(doc).insert(ignore_permissions=True).name


def make_parcel(courier: str, state="Handed Over", **values) -> tuple[str, str]:
	"""(box, its tracking number)."""
	number = frappe.generate_hash(length=12).upper()
	return make_box(state=state, courier=courier, tracking_no=number, **values), number


def make_boxes_to_ship(courier: str) -> list[str]:
	"""Two boxes of one order, closed and weighed: 3 and 2 of five units at 100."""
	customer, place = make.make_customer(), make.make_warehouse()
	order = make.make_order(make.line(qty=5, warehouse=place), customer=customer)
	links = [{"link_doctype": "Warehouse", "link_name": place}]
	pickup = {"address_title": make.unique("Gate"), "address_type": "Warehouse", "address_line1": "Gate 1"}
	frappe.get_doc(
		{"doctype": "Address", **pickup, "city": "B", "country": "Germany", "links": links}
	).insert()
	values = {
		"warehouse": place,
		"customer": customer,
		"ship_to": make.make_address(customer),
		"courier": courier,
	}
	row = order.items[0]
	content = {"sales_order": order.name, "sales_order_item": row.name, "item_code": row.item_code}
	sizes = {"length_cm": 30.4, "width_cm": 20, "height_cm": 10}
	return [
		make_box(
			{**content, "item_name": "Nails", "qty_stock": qty},
			state="Closed",
			weighed_kg=kg,
			**sizes,
			**values,
		)
		for qty, kg in ((3, 2.5), (2, 4))
	]


def hours_ago(hours: float) -> datetime:
	return datetime.now(timezone.utc) - timedelta(hours=hours)


def tell(courier: str, number: str, state: str, hours: float = 0, reason="", key=None, **values) -> str:
	"""A courier's event reaches the flow; the outcome."""
	key = key or frappe.generate_hash(length=12)
	return take_event(courier, ToldEvent(key, number, state, state, reason, hours_ago(hours), **values), ROAD)


def state_of(box: str) -> str:
	return frappe.db.get_value("Order Box", box, "state")


def story_of(box: str) -> list[str]:
	return frappe.get_all("Box Event", {"box": box}, pluck="state", order_by="creation, name")


def body_of(number: str, status: str, hours: float = 0, **values) -> bytes:
	at = hours_ago(hours).isoformat()
	return json.dumps({"tracking_number": number, "status": status, "happened_on": at, **values}).encode()


def headers_of(message: str, body: bytes, secret=SECRET, seconds_ago=0) -> dict:
	stamp = str(int(datetime.now(timezone.utc).timestamp()) - seconds_ago)
	return {
		"webhook-id": message,
		"webhook-timestamp": stamp,
		"webhook-signature": signature.sign_message(secret, message, stamp, body),
	}


def post(address: str, courier: str, body: bytes, headers: dict, site: str) -> tuple[int, str]:
	"""(status, text) of what a stranger's server sends."""
	asked = Request(f"{address}{RECEIVE}?courier={quote(courier)}", body, method="POST")
	for name, value in {"X-Frappe-Site-Name": site, "Content-Type": "application/json", **headers}.items():
		asked.add_header(name, value)
	try:
		with urlopen(asked, timeout=60) as answer:
			return answer.status, answer.read().decode()
	except HTTPError as refusal:
		return refusal.code, refusal.read().decode()


# What a process of its own does; the harness commits.


def tell_committed(courier: str, number: str, state: str, hours: float, key: str) -> str:
	at_start_line()
	return again_if_refused(lambda: tell(courier, number, state, hours, key=key))


def tell_many_committed(courier: str, numbers: list[str]) -> str:
	"""A minute of one courier: several events of several parcels, each in its own transaction."""
	at_start_line()
	for hours, state in ((3, "in_transit"), (2, "out_for_delivery"), (5, "picked_up")):
		for number in random.sample(numbers, len(numbers)):
			key = f"{number}-{state}"
			again_if_refused(
				lambda number=number, state=state, key=key, hours=hours: tell(
					courier, number, state, hours, key=key
				)
			)
	return "told"


def write_committed(box: str, number: str) -> str:
	at_start_line()
	return again_if_refused(lambda: write_number(box, number))["state"]


def forget_boxes() -> None:
	"""Boxes that tests committed on a way that no note leads to: the checker would name them."""
	frappe.db.rollback()
	made = frappe.db.sql(
		"""select box.name from `tabOrder Box` box where not exists (
			select 1 from `tabOrder Box Item` row where row.parent = box.name and row.pick_list <> '')"""
	)
	for doctype, field in (("Order Box Item", "parent"), ("Box Event", "box"), ("Order Box", "name")):
		frappe.db.sql(
			f"delete from `tab{doctype}` where `{field}` in %s", ([name for (name,) in made] or [""],)
		)
	frappe.db.commit()
