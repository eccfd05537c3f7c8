"""Who may do what with couriers and parcels, asked by real HTTP calls."""

import json

import pytest

import frappe
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address
from tests.couriers import couriers_world as world

__all__ = ["address"]

ROLES = {
	"packer": ("Stock User",),
	"packer elsewhere": ("Stock User",),
	"driver": ("Delivery User",),
	"seller": ("Sales User",),
	"stranger": ("HR User",),
}
API = "sales_wh_flow.couriers.api"
REFUSED = 403


@pytest.fixture(scope="module")
def setting(site):
	"""{what: name} of a courier with a box in one of two warehouses, and users; committed."""
	frappe.set_user("Administrator")
	courier = world.make_courier(services=[{"service": "Standard", "transit_days": 2}])
	here, there = make.make_warehouses(2)
	customer = make.make_customer()
	order = make.make_order(customer=customer, warehouse=here)
	row = {
		"sales_order": order.name,
		"sales_order_item": order.items[0].name,
		"item_code": order.items[0].item_code,
	}
	values = {
		"warehouse": here,
		"customer": customer,
		"courier": courier,
		"ship_to": make.make_address(customer),
	}
	box = world.make_box({**row, "qty_stock": 1}, state="Closed", weighed_kg=2, **values)
	number = "HTTP" + frappe.generate_hash(length=10).upper()
	frappe.db.set_value("Order Box", box, "tracking_no", number)
	world.tell(courier, number, "pending")
	world.tell(courier, "NOBODYS" + number, "pending")
	users = {who: make.make_user(*roles) for who, roles in ROLES.items()}
	limit = {"user": users["packer elsewhere"], "allow": "Warehouse", "for_value": there}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	for user in users.values():
		update_password(user, PASSWORD)
	frappe.db.commit()
	yield {"courier": courier, "box": box, "number": number, "order": order.name, "users": users}
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for user in users.values():
		frappe.db.set_value("User", user, "enabled", 0)
	frappe.delete_doc("Sales Order", order.name, force=True)  # made with every switch off, it has no status
	frappe.db.commit()


@pytest.fixture(scope="module")
def people(address, setting):
	found = {who: Person(address, user) for who, user in setting["users"].items()}
	return {**found, "guest": Person(address)}


def calls(it):
	boxes = json.dumps([it["box"]])
	return {
		"write_tracking_number": ("POST", {"box": it["box"], "tracking_no": it["number"]}),
		"take_rate_for_boxes": ("POST", {"boxes": boxes, "courier": it["courier"], "service": "Standard"}),
		"tell_of_box": ("POST", {"box": it["box"], "what": "lost"}),
		"box_story": ("GET", {"box": it["box"]}),
		"rates_for_boxes": ("GET", {"boxes": boxes}),
		"rates_for_order": ("GET", {"sales_order": it["order"]}),
		"take_rate_for_order": ("POST", {"sales_order": it["order"], "courier": it["courier"]}),
		"make_shipment_of_boxes": ("POST", {"boxes": boxes}),
	}


MAY = {
	"write_tracking_number": {"packer", "driver"},
	"take_rate_for_boxes": {"packer", "driver"},
	"tell_of_box": {"packer", "driver"},
	"box_story": {"packer", "driver", "seller"},
	"rates_for_boxes": {"packer", "seller"},
	"rates_for_order": {"packer", "seller"},
	"take_rate_for_order": {"seller"},
	"make_shipment_of_boxes": set(),
}


@pytest.mark.parametrize("method", MAY)
def test_each_role_may_do_its_step_and_no_other(people, setting, method):
	verb, values = calls(setting)[method]
	answers = {who: person.call(f"{API}.{method}", values, verb) for who, person in people.items()}
	refused = {who for who, (status, _text) in answers.items() if status == REFUSED}
	assert {who: text[:300] for who, (_s, text) in answers.items() if who in refused & MAY[method]} == {}
	assert people.keys() - refused == MAY[method], {who: answers[who] for who in people.keys() - refused}


@pytest.mark.parametrize(
	"method", [name for name in MAY if name.startswith(("write", "take", "make", "tell"))]
)
def test_whatever_writes_is_posted(people, setting, method):
	_verb, values = calls(setting)[method]
	assert people["packer"].call(f"{API}.{method}", values, "GET")[0] == REFUSED


def test_a_number_is_found_only_by_who_may_read_its_box(people, setting):
	found = {
		who: json.loads(person.call(f"{API}.find_parcels", {"text": setting["number"]}, "GET")[1]).get(
			"message"
		)
		for who, person in people.items()
		if who != "guest"
	}
	seen = {who for who, rows in found.items() if rows}
	assert seen == {"packer", "driver", "seller"}


def test_what_a_courier_said_is_read_by_who_reads_the_box_and_the_rest_by_managers(people, setting):
	seen = {}
	for who, person in people.items():
		values = {"fields": '["tracking_no", "body"]', "filters": json.dumps({"courier": setting["courier"]})}
		status, text = person.ask("/api/resource/Courier Event".replace(" ", "%20"), values, "GET")
		seen[who] = len(json.loads(text)["data"]) if status == 200 else 0
	assert seen["packer"] == seen["seller"] == 1
	assert seen["packer elsewhere"] == seen["stranger"] == seen["guest"] == 0


def test_nobody_reads_a_secret(people, setting):
	for who in ("packer", "seller"):
		_status, text = people[who].ask(f"/api/resource/Courier/{setting['courier'].replace(' ', '%20')}")
		assert world.SECRET not in text and world.SECRET[6:] not in text
