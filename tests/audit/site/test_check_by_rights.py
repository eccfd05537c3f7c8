"""A Stock Manager of one company checks and mends its locks, and learns nothing of another company's."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address  # noqa: F401
from tests.site import set_switches

pytestmark = pytest.mark.unchecked  # what another company keeps broken is the point


def held_in(company):
	"""An order that holds 4 in a warehouse of the company, whose Bin and line say 3."""
	place = make.make_warehouse(company=company)
	item = make.make_item()
	make.receive(item, 10, place)
	order = make.make_order(make.line(item, qty=4, warehouse=place), company=company, submit=True)
	drift(order)
	return order


def drift(order, written=3):
	frappe.db.set_value("Bin", bin_of(order), "reserved_stock", written, update_modified=False)
	row = order.items[0].name
	frappe.db.set_value("Sales Order Item", row, "stock_reserved_qty", written, update_modified=False)


def bin_of(order):
	row = order.items[0]
	return {"item_code": row.item_code, "warehouse": row.warehouse}


def written(order):
	frappe.db.rollback()
	row = frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty")
	return frappe.db.get_value("Bin", bin_of(order), "reserved_stock"), row


@pytest.fixture(scope="module")
def world(site):
	frappe.set_user("Administrator")
	set_switches(stock_lock=True)
	mine, theirs = (held_in(name) for name in (make.company().name, make.make_company().name))
	people = {
		"manager": ("Stock Manager", "Stock User", "Sales User"),
		"manager who reads no order": ("Stock Manager",),
	}
	names = {who: make.make_user(*roles) for who, roles in people.items()}
	for name in names.values():
		update_password(name, PASSWORD)
		permission = {"user": name, "allow": "Company", "for_value": mine.company}
		frappe.get_doc({"doctype": "User Permission", **permission}).insert()
	frappe.db.commit()
	yield SimpleNamespace(mine=mine, theirs=theirs, names=names)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for order in (mine, theirs):
		drift(order, written=4)
	set_switches()
	frappe.db.commit()


@pytest.fixture(params=["manager", "manager who reads no order"])
def manager(request, address, world):  # noqa: F811
	for order in (world.mine, world.theirs):
		drift(order)
	frappe.db.commit()
	return Person(address, world.names[request.param])


def names_in(text, order):
	row = order.items[0]
	return any(name in text for name in (order.name, row.item_code, row.warehouse))


def test_the_check_tells_of_the_own_company_alone(manager, world):
	status, text = manager.call("check_locks", {}, verb="GET")
	assert status == 200, text[:300]
	assert {"bin_differs", "line_differs"} <= {it["code"] for it in json.loads(text)["message"]}
	assert names_in(text, world.mine)
	assert not names_in(text, world.theirs)


def test_nobody_asks_for_another_companys_order_by_its_name(manager, world):
	asked = {
		"orders": json.dumps([world.theirs.name]),
		"items": json.dumps([world.theirs.items[0].item_code]),
	}
	status, text = manager.call("check_locks", asked, verb="GET")
	assert (status, json.loads(text)["message"]) == (200, [])


def test_mending_leaves_another_company_as_it_is(manager, world):
	status, text = manager.call("mend_locks", {})
	assert status == 200, text[:300]
	assert written(world.mine) == (4, 4)
	assert written(world.theirs) == (3, 3)
	assert not names_in(text, world.theirs)


def test_whoever_is_of_no_one_company_mends_all(address, world):  # noqa: F811
	everywhere = make.make_user("Stock Manager", "Stock User")
	update_password(everywhere, PASSWORD)
	frappe.db.commit()
	assert Person(address, everywhere).call("mend_locks", {})[0] == 200
	assert (written(world.mine), written(world.theirs)) == ((4, 4), (4, 4))
