"""Who has it: holders, waiting orders in turn, and what is on its way, for those who may know."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.sales_wh_flow.report import pages
from sales_wh_flow.sales_wh_flow.report.stock_locks import stock_locks
from sales_wh_flow.sales_wh_flow.report.waiting_demand import waiting_demand
from sales_wh_flow.stock_lock.serving import api
from tests.factories import (
	acting_as,
	line,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)
from tests.stock_documents import subcontracting_receipt


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")


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


def test_what_a_subcontractor_makes_is_on_its_way_until_it_is_there():
	material, there = make_item(), make_warehouse()
	receive(material, 10, there)
	receipt = subcontracting_receipt(material, 2, there)
	(made,) = receipt.items
	coming = api.who_has_it(made.item_code, made.warehouse)["incoming"]

	receipt.insert().submit()

	assert [(it["qty"], it["document"]) for it in coming] == [(1, made.subcontracting_order)]
	assert api.who_has_it(made.item_code, made.warehouse)["incoming"] == []


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

	_columns, rows, _said = stock_locks.execute({"item_code": item})
	_columns, old, _said = stock_locks.execute({"item_code": item, "older_than_days": 1})

	assert [(row.sales_order, row.qty_stock, row.age_days) for row in rows] == [(holder.name, 10, 0)]
	assert old == []


def test_the_report_of_waiting_demand_says_when_it_is_expected(scarce):
	item, warehouse, _holder, waiting = scarce

	_columns, rows, *_chart = waiting_demand.execute({"item_code": item, "warehouse": warehouse})

	assert [(row["sales_order"], row["qty_stock"], row["expected"]) for row in rows] == [
		(waiting.name, 2, getdate(add_days(nowdate(), 7)))
	]


def test_long_reports_are_shown_by_pages(scarce, monkeypatch):
	_item, warehouse, holder, first = scarce
	monkeypatch.setattr(pages, "PAGE", 1)
	other = make_item()
	receive(other, 2, warehouse)
	second = make_order(line(other, qty=3, warehouse=warehouse), submit=True)

	def page(report, number):
		_columns, rows, said, *_chart = report.execute({"warehouse": warehouse, "page": number})
		return [(row["sales_order"], row["qty_stock"]) for row in rows], said

	for report, qtys in ((stock_locks, (10, 2)), (waiting_demand, (2, 1))):
		one = holder if report is stock_locks else first
		more = "Rows 1 to 1. More are on page 2; filter for fewer."
		assert page(report, 1) == ([(one.name, qtys[0])], more)
		assert page(report, 2) == ([(second.name, qtys[1])], "Rows 2 to 2.")
		assert page(report, 3) == ([], "This page is empty.")


@pytest.mark.parametrize("report", [stock_locks, waiting_demand])
def test_reports_show_only_orders_the_user_may_read(scarce, report):
	item, _warehouse, _holder, _waiting = scarce

	with acting_as(make_user("Sales User")) as user:
		_columns, rows, *_chart = report.execute({"item_code": item})
		assert rows
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Customer", "for_value": make_order().customer}
	).insert()
	with acting_as(user):
		_columns, rows, *_chart = report.execute({"item_code": item})

	assert rows == []


def test_it_says_the_place_in_the_queue_and_what_waits_before(scarce):
	item, warehouse, holder, first = scarce
	second = make_order(line(item, qty=4, warehouse=warehouse), submit=True)

	you = api.who_has_it(item, warehouse, second.name)["you"]

	assert (you["turn"], you["before_you"], you["qty"], you["expected"]) == (2, 2, 4, None)
	assert api.who_has_it(item, warehouse, first.name)["you"]["before_you"] == 0
	assert api.who_has_it(item, warehouse, holder.name)["you"] is None


def test_it_says_it_in_words_and_by_day(scarce):
	item, warehouse, holder, waiting = scarce

	said = api.who_has_it(item, warehouse, waiting.name)

	words = " ".join(said["words"])
	assert "10 Nos on hand: 10 locked (orders: 1), 0 free." in words
	assert "This order is next with 2; it can be expected on" in words and "3 come in" in words
	kinds = [(it["kind"], it["document"]) for it in said["timeline"]]
	purchase = said["incoming"][0]["document"]
	assert kinds == [("locked", holder.name), ("comes in", purchase), ("expected", waiting.name)]
	assert said["incoming"][0]["document_type"] == "Purchase Order"


def test_it_says_until_when_by_the_stock_lock_policy(scarce):
	item, warehouse, holder, _waiting = scarce
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	frappe.get_doc(
		{
			"doctype": "Stock Lock Policy",
			"title": frappe.generate_hash(length=8),
			"company": "",
			"customer_group": "",
			"expire_after": 86400,
		}
	).insert()

	(lock,) = api.who_has_it(item, warehouse)["locks"]
	assert getdate(lock["ends_on"]) == getdate(add_days(lock["since"], 1))
	assert lock["why"] == "it was locked long enough"
	_columns, soon, _said = stock_locks.execute({"item_code": item, "ending_in_days": 2})
	assert [row.sales_order for row in soon] == [holder.name]


def test_an_item_says_where_it_lies_and_a_warehouse_what_is_in_it(scarce):
	item, warehouse, *_orders = scarce

	assert [(it["warehouse"], it["locked"]) for it in api.stock_places(item_code=item)] == [(warehouse, 10)]
	assert [it["item_code"] for it in api.stock_places(warehouse=warehouse)] == [item]
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.stock_places(item_code=item)


@pytest.mark.parametrize("group_by", ["Order", "Customer", "Item", "Age"])
def test_locks_are_summed_up(scarce, group_by):
	item, _warehouse, holder, _waiting = scarce

	columns, rows, _said = stock_locks.execute({"item_code": item, "group_by": group_by})

	assert len(rows) == 1 and rows[0]["qty_stock"] == 10 and rows[0]["orders"] == 1
	key = {"Order": holder.name, "Customer": holder.customer, "Item": item, "Age": "0 - 1"}[group_by]
	assert rows[0][columns[0]["fieldname"]] == key


def test_the_report_of_waiting_demand_knows_class_place_and_what_comes_late(scarce):
	item, warehouse, _holder, first = scarce
	second = make_order(line(item, qty=4, warehouse=warehouse), submit=True)

	_columns, rows, *_chart = waiting_demand.execute({"item_code": item})
	assert [(row["sales_order"], row["turn"], row["serving_class"]) for row in rows] == [
		(first.name, 1, "Keep"),
		(second.name, 2, "Keep"),
	]
	_columns, late, *_chart = waiting_demand.execute({"item_code": item, "only_late": 1})
	assert [row["sales_order"] for row in late] == [second.name]
	assert waiting_demand.execute({"item_code": item, "serving_class": "Must"})[1] == []
