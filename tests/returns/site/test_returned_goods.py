"""The report Returned Goods: by reason, item, customer and courier; how long, and what it is worth."""

import pytest

import frappe
from frappe.utils import add_to_date, nowdate

from sales_wh_flow.returns import api
from sales_wh_flow.sales_wh_flow.report.returned_goods import returned_goods
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places(world.a_place(scrap_warehouse=make.make_warehouse("Scrap", swf_is_sellable=0)))


@pytest.fixture
def sent(place):
	"""Ten pieces worth 20 each, sold at 100, delivered and invoiced."""
	item = make.make_item()
	make.receive(item, 10, place, basic_rate=20)
	_order, note = world.delivered(make.line(item, qty=10), warehouse=place)
	world.invoiced(note)
	return note


def shown(note, **filters):
	columns, rows, *_chart = returned_goods.execute({"customer": note.customer, **filters})
	return {it["fieldname"]: it for it in columns}, rows


def a_reason(title):
	name = make.unique(title)
	frappe.get_doc({"doctype": "Return Reason", "reason_name": name, "enabled": 1}).insert()
	return name


def test_what_came_back_is_summed_up_with_what_it_is_worth(sent):
	faulty = a_reason("Faulty")
	for qty, decision, remedy in ((3, "Restock", "Refund"), (1, "Scrap", "Nothing")):
		case = world.opened(world.asked(sent, qty), return_reason=faulty)
		world.decided(case, decision, remedy)
		api.post_return(case.name)
	_columns, rows = shown(sent, group_by="Reason")
	(row,) = rows
	assert (row.reason, row.cases, row.rows, row.waiting) == (faulty, 2, 2, 0)
	assert (row.restocked, row.scrapped, row.credited) == (60, 20, 300)
	assert row.currency == make.company().currency
	for by, field, value in (
		("Item", "item_code", sent.items[0].item_code),
		("Customer", "customer", sent.customer),
		("Courier", "courier", sent.get("swf_courier") or ""),
	):
		((one),) = shown(sent, group_by=by)[1]
		assert (one[field], one.restocked) == (value, 60)


def test_the_time_from_receipt_to_decision_is_counted(sent):
	case = world.opened(world.asked(sent, 2))
	assert shown(sent, group_by="Item")[1][0].waiting == 1
	frappe.db.set_value(
		"Return Case Row", case.rows[0].name, "received_on", add_to_date(case.rows[0].received_on, hours=-5)
	)
	world.decided(case.reload())
	_columns, ((row),) = shown(sent)
	assert (row.return_case, row.hours) == (case.name, pytest.approx(5, abs=0.01))
	(summed,) = shown(sent, group_by="Item")[1]
	assert (summed.waiting, summed.hours_half) == (0, pytest.approx(5, abs=0.01))


def test_nobody_writes_when_goods_came_or_were_decided(sent):
	case = world.opened(world.asked(sent, 2))
	stamp = case.rows[0].received_on
	case.rows[0].received_on = case.rows[0].decided_on = "2020-01-01 00:00:00"
	case.save()
	assert (case.rows[0].received_on, case.rows[0].decided_on) == (stamp, None)


@pytest.mark.parametrize(
	("role", "sees"),
	[
		("Accounts User", {"currency", "credited"}),
		("Sales User", set()),
		("Stock User", {"currency", "restocked", "quarantined", "scrapped"}),
	],
)
def test_money_is_for_who_reads_the_ledgers(sent, role, sees):
	world.returned(sent, 1, remedy="Refund")
	with make.acting_as(make.make_user(role)):
		columns, ((row),) = shown(sent)
	money = {"restocked", "quarantined", "scrapped", "credited", "currency"}
	assert columns.keys() & money == sees
	assert row.keys() & (money | {"value"}) - {"currency"} == sees - {"currency"}


def test_who_is_permitted_other_warehouses_sees_none_of_it(sent):
	world.returned(sent, 1)
	somebody = make.make_user("Stock User")
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": somebody,
			"allow": "Warehouse",
			"for_value": make.make_warehouse(),
		}
	).insert()
	with make.acting_as(somebody):
		assert shown(sent)[1] == []


def test_days_are_those_of_the_announcement(sent):
	world.returned(sent, 1)
	assert len(shown(sent, from_date=nowdate(), to_date=nowdate())[1]) == 1
	assert shown(sent, to_date=add_to_date(nowdate(), days=-1, as_string=True))[1] == []


def test_a_sum_draws_of_what_most_came_back_and_says_where_no_reason_is_given(sent):
	world.returned(sent, 1)
	chart = returned_goods.execute({"customer": sent.customer, "group_by": "Reason"})[3]
	assert chart["data"]["labels"] == ["None Given"] and chart["data"]["datasets"][0]["values"] == [1]
