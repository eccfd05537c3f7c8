"""Who has it: holders, waiting orders in turn, and what is on its way, for those who may know."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow import api
from sales_wh_flow.sales_wh_flow.report.stock_locks import stock_locks
from sales_wh_flow.sales_wh_flow.report.waiting_demand import waiting_demand

from .factories import acting_as, line, make_item, make_order, make_user, make_warehouse, receive


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture
def scarce():
	"""(item, warehouse, holder, waiting order): ten in stock, all locked, and three more on order for next
	week.
	"""
	warehouse, item = make_warehouse(), make_item()
	receive(item, 10, warehouse)
	holder = make_order(line(item, qty=10, warehouse=warehouse), submit=True)
	waiting = make_order(line(item, qty=2, warehouse=warehouse), submit=True)
	supplier = frappe.get_doc(
		{
			"doctype": "Supplier",
			"supplier_name": frappe.generate_hash(length=8),
			"supplier_group": frappe.db.get_value("Supplier Group", {"is_group": 0}),
		}
	).insert()
	purchase = frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"supplier": supplier.name,
			"company": holder.company,
			"schedule_date": add_days(nowdate(), 7),
			"items": [
				{
					"item_code": item,
					"qty": 3,
					"rate": 1,
					"warehouse": warehouse,
					"schedule_date": add_days(nowdate(), 7),
				}
			],
		}
	)
	purchase.insert().submit()
	return item, warehouse, holder, waiting


def test_it_names_holders_waiting_orders_and_what_is_on_its_way(scarce):
	item, warehouse, holder, waiting = scarce
	next_week = getdate(add_days(nowdate(), 7))

	said = api.who_has_it(item, warehouse)

	assert (said["on_hand"], said["locked"], said["free"]) == (10, 10, 0)
	assert [(lock["sales_order"], lock["qty"]) for lock in said["locks"]] == [(holder.name, 10)]
	assert [(row["sales_order"], row["qty"], row["expected"]) for row in said["waiting"]] == [
		(waiting.name, 2, next_week)
	]
	assert [(row["qty"], row["due"]) for row in said["incoming"]] == [(3, next_week)]
	assert said["others"] == {"locked": 0, "waiting": 0}


def test_orders_a_user_may_not_read_are_counted_and_not_named(scarce):
	item, warehouse, holder, waiting = scarce
	user = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Customer", "for_value": waiting.customer}
	).insert()

	with acting_as(user):
		said = api.who_has_it(item, warehouse)

	assert said["locks"] == []
	assert [row["sales_order"] for row in said["waiting"]] == [waiting.name]
	assert said["others"] == {"locked": 10, "waiting": 0}
	assert holder.name not in frappe.as_json(said)


def test_who_may_not_see_items_is_told_nothing(scarce):
	item, warehouse, *_orders = scarce

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.who_has_it(item, warehouse)


def test_the_report_of_locks_lists_them_oldest_first_and_by_age(scarce):
	item, _warehouse, holder, _waiting = scarce

	_columns, rows = stock_locks.execute({"item_code": item})
	_columns, old = stock_locks.execute({"item_code": item, "older_than_days": 1})

	assert [(row.sales_order, row.qty_stock, row.age_days) for row in rows] == [(holder.name, 10, 0)]
	assert old == []


def test_the_report_of_waiting_demand_says_when_it_is_expected(scarce):
	item, warehouse, _holder, waiting = scarce

	_columns, rows = waiting_demand.execute({"item_code": item, "warehouse": warehouse})

	assert [(row["sales_order"], row["qty_stock"], row["expected"]) for row in rows] == [
		(waiting.name, 2, getdate(add_days(nowdate(), 7)))
	]


@pytest.mark.parametrize("report", [stock_locks, waiting_demand])
def test_reports_show_only_orders_the_user_may_read(scarce, report):
	item, _warehouse, _holder, _waiting = scarce

	with acting_as(make_user("Sales User")) as user:
		_columns, rows = report.execute({"item_code": item})
		assert rows
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Customer", "for_value": make_order().customer}
	).insert()
	with acting_as(user):
		_columns, rows = report.execute({"item_code": item})

	assert rows == []
