"""A driver reads no customer's record by any road, and does his whole day without; nobody else notices."""

import json
from types import SimpleNamespace
from urllib.parse import quote

import pytest

import frappe
from frappe.permissions import setup_custom_perms

from sales_wh_flow.patches.v0_4 import fewer_rights_of_the_way
from sales_wh_flow.setup import rights_of_the_way
from tests import factories as make
from tests.approval.site.test_approval_by_http import Person, address  # noqa: F401
from tests.delivery import delivery_world as made
from tests.delivery.site.test_rights_by_http import API, RECEIPT, REFUSED, fresh, person, world  # noqa: F401

WHO = ("driver", "stock user", "seller", "stranger")


def roads(customer):
	"""{how a stranger's script asks for customers: (path, values)}."""
	view = {"doctype": "Customer", "fields": '["name", "customer_name"]'}
	kept = {**view, "file_format_type": "CSV"}
	reports = "/api/method/frappe.desk.query_report."
	return {
		"list": ("/api/resource/Customer", {"limit_page_length": 1}),
		"record": (f"/api/resource/Customer/{quote(customer)}", {}),
		"form": (
			"/api/method/frappe.desk.form.load.getdoc",
			{"doctype": "Customer", "name": customer},
		),
		"view": ("/api/method/frappe.desk.reportview.get", view),
		"file": ("/api/method/frappe.desk.reportview.export_query", kept),
		"value": (
			"/api/method/frappe.client.get_value",
			{"doctype": "Customer", "filters": customer, "fieldname": "customer_group"},
		),
		"report": (
			reports + "run",
			{
				"report_name": "Customer Credit Balance",
				"filters": json.dumps({"company": make.company().name}),
			},
		),
	}


def answers(somebody, customer) -> dict[str, int]:
	return {road: somebody.ask(path, values)[0] for road, (path, values) in roads(customer).items()}


@pytest.fixture(scope="module")
def on_a_site_of_before(world):  # noqa: F811
	"""A customer whom everybody may ask for; committed."""
	names, customer = world.names, make.make_customer()
	frappe.db.commit()
	yield SimpleNamespace(names=names, customer=customer)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.db.set_single_value("Sales Flow Settings", "rights_of_the_way", 0)
	rights_of_the_way.give_rights(False)
	frappe.db.commit()


def test_an_update_takes_the_customers_from_drivers_and_from_nobody_else(person, on_a_site_of_before):  # noqa: F811
	customer = on_a_site_of_before.customer
	people = {who: person(who) for who in WHO}
	stock = {who: answers(people[who], customer) for who in WHO}
	assert set(stock["driver"].values()) <= set(REFUSED), stock["driver"]
	assert stock["stock user"]["record"] == stock["seller"]["record"] == 200

	frappe.db.set_single_value("Sales Flow Settings", "rights_of_the_way", 1)
	rights_of_the_way.give_rights(True)
	setup_custom_perms("Customer")
	rights_of_the_way._add("swf-way-customer-delivery_user", "Customer", "Delivery User", ("read", "select"))
	frappe.clear_cache(doctype="Customer")
	frappe.db.commit()
	assert answers(people["driver"], customer)["record"] == 200, "as the version before gave it"

	for _again in range(2):
		fewer_rights_of_the_way.execute()
		frappe.db.commit()
		assert {who: answers(people[who], customer) for who in WHO} == stock
	assert not frappe.db.exists("Custom DocPerm", {"parent": "Customer"}), "ERPNext's own rows count again"
	assert frappe.db.exists("Custom DocPerm", "swf-way-address-delivery_user")


def test_a_driver_does_his_day_without_the_record_of_a_customer(person, world, on_a_site_of_before):  # noqa: F811
	frappe.db.set_single_value("Sales Flow Settings", "rights_of_the_way", 1)
	rights_of_the_way.give_rights(True)
	case, somebody = fresh(world, "own"), person("driver")
	page = somebody.ask("/api/method/frappe.desk.desk_page.getpage", {"name": "deliver"})
	assert page[0] == 200, page[1][-300:]

	status, text = somebody.call(API + "my_deliveries", {}, "GET")
	(stop,) = [it for it in json.loads(text)["message"]["boxes"] if it["box"] == case.left]
	customer = frappe.db.get_value("Order Box", case.left, ["customer", "customer_name"], as_dict=True)
	assert (status, stop["customer_name"]) == (200, customer.customer_name)
	assert "Harbour Street" in text

	assert somebody.call(API + "handover_boxes", {"handover": case.gone}, "GET")[0] == 200
	given = {"box": case.left, "receipt": RECEIPT, "key": made.key()}
	assert somebody.call(API + "prove_delivery", given)[0] == 200
	given = {"proof": case.proof, "receipt": RECEIPT, "reason": "it was Anna", "key": made.key()}
	assert somebody.call(API + "correct_delivery", given)[0] == 200
	assert set(answers(somebody, customer.customer).values()) <= set(REFUSED)


def test_what_an_older_version_gave_goes_with_the_app(on_a_site_of_before):
	"""``before_uninstall`` takes the rights away so."""
	setup_custom_perms("Customer")
	rights_of_the_way._add("swf-way-customer-delivery_user", "Customer", "Delivery User", ("read", "select"))
	rights_of_the_way.give_rights(False)
	assert not frappe.db.exists("Custom DocPerm", {"name": ("like", "swf-way-%")})
	assert not frappe.db.exists("Custom DocPerm", {"parent": "Customer"})
