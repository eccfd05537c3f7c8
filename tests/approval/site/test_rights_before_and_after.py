"""A right is asked about what is stored before a change, and about what it becomes."""

import pytest

import frappe
from frappe import client
from frappe.utils import nowdate

from sales_wh_flow.base import said
from sales_wh_flow.stock_lock.store import events
from tests import factories as make
from tests.approval import deciding


@pytest.fixture
def delegation(site, rolled_back):
	boss, substitute = make.make_user("Accounts User"), make.make_user("Accounts User")
	return deciding.delegate(boss, substitute)


def test_nobody_takes_over_a_delegation_by_naming_himself(delegation):
	thief = make.make_user("Accounts User")
	with make.acting_as(thief), pytest.raises(frappe.PermissionError):
		client.set_value("Approval Delegation", delegation.name, {"from_user": thief})
	with make.acting_as(thief), pytest.raises(frappe.PermissionError):
		client.set_value("Approval Delegation", delegation.name, {"to_user": thief})
	assert frappe.db.get_value("Approval Delegation", delegation.name, "from_user") == delegation.from_user


def test_the_substitute_makes_a_delegation_neither_his_own_nor_longer(delegation):
	with make.acting_as(delegation.to_user):
		assert frappe.has_permission("Approval Delegation", "read", doc=delegation.name)
		for values in ({"from_user": delegation.to_user}, {"to_date": "2099-01-01"}):
			with pytest.raises(frappe.PermissionError):
				client.set_value("Approval Delegation", delegation.name, values)
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Approval Delegation", delegation.name)


def test_nobody_gives_away_what_somebody_else_decides(delegation):
	"""One's own delegation can't be turned into another one's."""
	victim = make.make_user("Accounts User")
	with make.acting_as(delegation.from_user):
		with pytest.raises(frappe.PermissionError):
			client.set_value("Approval Delegation", delegation.name, {"from_user": victim})
		client.set_value("Approval Delegation", delegation.name, {"reason": "holiday"})
		with pytest.raises(frappe.PermissionError):
			values = {"from_user": victim, "to_user": delegation.from_user}
			client.insert(
				{"doctype": "Approval Delegation", **values, "from_date": nowdate(), "to_date": nowdate()}
			)


@pytest.fixture
def places(site, rolled_back, switches):
	"""Two warehouses and a Sales User who is permitted the first, where orders are seen from each of them."""
	switches(orders_seen_from_warehouses="1")
	mine, theirs = make.make_warehouses(2)
	clerk = make.make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": clerk, "allow": "Warehouse", "for_value": mine}
	).insert()
	return mine, theirs, clerk


def test_nobody_takes_over_an_order_by_moving_it_to_his_warehouse(places):
	mine, theirs, clerk = places
	order = make.make_order(make.line(warehouse=theirs))
	with make.acting_as(clerk):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].warehouse = mine
		with pytest.raises(frappe.PermissionError):
			doc.save()
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "warehouse") == theirs


def test_whoever_may_see_an_order_goes_on_changing_it(places):
	mine, _theirs, clerk = places
	order = make.make_order(make.line(warehouse=mine))
	with make.acting_as(clerk):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].qty = 2
		doc.save()
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "qty") == 2


def test_lock_events_follow_the_rights_on_their_orders_and_warehouses(site, rolled_back, switches):
	switches(stock_lock=True)
	other = make.make_company()
	here, there = make.make_warehouse(), make.make_warehouse(company=other.name)
	item = make.stocked(5, here)
	mine = make.make_order(make.line(item, warehouse=here), submit=True)
	make.receive(item, 5, there)
	theirs = make.make_order(make.line(item, warehouse=there), company=other.name, submit=True)
	events.repaired(item, here, 1, said.typed("mended here"))
	events.repaired(item, there, 1, said.typed("mended there"))
	clerk = make.make_user("Stock User", "Sales User")
	permission = {"user": clerk, "allow": "Company", "for_value": make.company().name}
	frappe.get_doc({"doctype": "User Permission", **permission}).insert()
	with make.acting_as(clerk):
		rows = frappe.get_list("Stock Lock Event", {"item_code": item}, ["sales_order", "reason"])
		assert {row.sales_order for row in rows} == {mine.name, None}
		assert {row.reason for row in rows if not row.sales_order} == {"mended here"}
		for name in frappe.get_all("Stock Lock Event", {"sales_order": theirs.name}, pluck="name"):
			assert not frappe.has_permission("Stock Lock Event", "read", doc=name)
		for name in frappe.get_all("Stock Lock Event", {"sales_order": mine.name}, pluck="name"):
			assert frappe.has_permission("Stock Lock Event", "read", doc=name)
