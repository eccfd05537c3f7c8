"""The stage log says from when to when an order was in which stage, without gap or overlap."""

from itertools import pairwise

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import stage_log
from sales_wh_flow.picking import pick
from sales_wh_flow.sales_wh_flow.report.stage_times import stage_times
from sales_wh_flow.stage_clock import api, rebuild
from sales_wh_flow.stage_clock.store import papers
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
	unique,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", fulfilment=True)


@pytest.fixture
def stocked():
	item, place = make_item(), make_warehouse()
	receive(item, 10, place)
	return item, place


def log(order):
	fields = ["stage", "stage_owner", "delay_of", "entered_on", "left_on", "warehouse"]
	rows = frappe.get_all("Order Stage Log", {"sales_order": order.name}, fields)
	return sorted(rows, key=lambda row: (row.entered_on, row.left_on is None))


def stages(order):
	return [row.stage for row in log(order)]


def delivered(order):
	return make_delivery_note(order.name).insert().submit()


def test_the_log_follows_an_order_through_its_life(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place))
	order.submit()
	pick_list = frappe.get_doc("Pick List", pick.make_lists(order)[0])
	refresh_status.refresh_order(order.name)
	pick_list.submit()
	note = deliver.make_delivery_note(pick_list)
	frappe.get_doc("Delivery Note", note).submit()
	assert stages(order) == ["Entry", "To Pick", "Picking", "Ready", "In Transit"]
	assert frappe.db.get_value("Sales Order", order.name, "swf_stage") == "In Transit"


def test_each_stage_begins_as_the_one_before_it_ends_and_one_lasts(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	delivered(order)
	rows = log(order)
	assert all(one.left_on == following.entered_on for one, following in pairwise(rows))
	assert [row.left_on is None for row in rows] == [*[False] * (len(rows) - 1), True]
	assert check.look(orders=[order.name]) == ()


def test_goods_that_are_missing_are_the_suppliers_time(stocked):
	item, place = stocked
	order = make_order(line(item, qty=40, warehouse=place), submit=True)
	last = log(order)[-1]
	assert (last.stage, last.stage_owner, last.delay_of) == ("Waiting for Stock", "Purchasing", "Supplier")


@pytest.mark.parametrize(("is_dropped", "stage"), [(False, "To Collect"), (True, "Service")])
def test_an_invoiced_service_waits_for_its_money_and_a_suppliers_goods_for_the_supplier(is_dropped, stage):
	item = make_item(is_stock_item=int(is_dropped), delivered_by_supplier=int(is_dropped))
	supplier = frappe.get_doc({"doctype": "Supplier", "supplier_name": unique("Supplier")}).insert().name
	sent = {"delivered_by_supplier": 1, "supplier": supplier} if is_dropped else {}
	order = make_order(line(item, warehouse=make_warehouse(), **sent), submit=True)
	assert stages(order)[-1] == "Service"
	make_sales_invoice(order.name).insert().submit()
	assert stages(order)[-1] == stage


def test_a_stage_names_the_warehouse_that_all_goods_come_from(stocked):
	item, place = stocked
	other = make_warehouse()
	receive(item, 5, other)
	one = make_order(line(item, qty=4, warehouse=place), submit=True)
	two = make_order(line(item, qty=4, warehouse=place), line(item, qty=4, warehouse=other), submit=True)
	assert log(one)[-1].warehouse == place
	assert log(two)[-1].warehouse is None


def test_a_cancelled_order_has_ended(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	order.cancel()
	assert stages(order)[-1] == frappe.db.get_value("Sales Order", order.name, "swf_stage") == "Ended"


def test_an_order_that_is_opened_again_goes_on_without_a_gap(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	order.update_status("Closed")
	order.update_status("Draft")
	assert stages(order)[-3:] == ["To Pick", "Ended", "To Pick"]
	assert check.look(orders=[order.name]) == ()


def test_a_stage_that_is_written_twice_at_once_is_one_stage(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	before = len(log(order))
	row = frappe.get_doc("Sales Order", order.name)
	found = refresh_status.order_status.status_facts(order.name)
	stage = refresh_status.stages.TO_PICK
	assert stage_log.enter_stages({order.name: stage_log.StageStep(stage, "Locked", row.company)}) == {}
	assert found.stage == ("To Pick", "Warehouse")
	assert len(log(order)) == before


def test_a_status_that_stays_writes_nothing(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	with counted_statements() as seen:
		refresh_status.refresh_order(order.name)
	assert len(seen) <= 2


@pytest.mark.unchecked
def test_entering_a_stage_takes_three_statements_more_however_many_orders(stocked):
	item, place = stocked
	orders = [make_order(line(item, qty=1, warehouse=place), submit=True).name for _ in range(5)]
	steps = {
		name: stage_log.StageStep(refresh_status.stages.PICKING, "Picking", "Company", place)
		for name in orders
	}
	with counted_statements() as seen:
		stage_log.enter_stages(steps)
	assert len(seen) == 3


def test_the_log_of_a_deleted_draft_stays_under_its_number(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place))
	frappe.delete_doc("Sales Order", order.name)
	left = frappe.get_all(
		"Order Stage Log", {"deleted_order": order.name}, ["stage", "left_on", "sales_order"]
	)
	assert [(row.stage, row.sales_order) for row in left] == [("Entry", None)]
	assert left[0].left_on


def test_a_copy_of_an_order_begins_its_own_life(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	copy = frappe.copy_doc(order, ignore_no_copy=False)
	copy.docstatus = 0
	copy.delivery_date = copy.items[0].delivery_date = frappe.utils.add_days(None, 5)
	copy.insert()
	assert stages(copy) == ["Entry"]
	assert stages(order)[-1] == "To Pick"


def test_nobody_types_the_stage_of_an_order(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place))
	order.update({"swf_stage": "To Collect", "swf_stage_row": "forged"})
	order.save()
	stored = frappe.db.get_value("Sales Order", order.name, ["swf_stage", "swf_stage_row"])
	assert stored[0] == "Entry"
	assert stored[1] != "forged"


# Who sees it


def test_who_may_read_the_order_reads_its_stages(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	with acting_as(make_user("Sales User")):
		told = api.stages_of_order(order.name)
	assert [row["stage"] for row in told] == stages(order)
	assert all(row["hours"] >= 0 for row in told)


def test_who_may_not_read_the_order_is_refused(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.stages_of_order(order.name)


def test_the_report_counts_only_orders_that_the_reader_may_see(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	own = make_user("Sales User")
	filters = {"company": order.company, "sales_order": order.name}
	with acting_as(own):
		assert [row["stage"] for row in stage_times.execute(filters)[1]]
	frappe.get_doc(
		{"doctype": "User Permission", "user": own, "allow": "Customer", "for_value": make_customer()}
	).insert(ignore_permissions=True)
	with acting_as(own):
		assert stage_times.execute(filters)[1] == []


def test_a_reader_of_a_customer_with_a_per_cent_sign_reads_the_report(stocked):
	item, place = stocked
	customer = make_customer(customer_name=unique("10% Club"))
	order = make_order(line(item, qty=4, warehouse=place), customer=customer, submit=True)
	reader = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": reader, "allow": "Customer", "for_value": customer}
	).insert(ignore_permissions=True)
	with acting_as(reader):
		rows = stage_times.execute({"show": "Each Stay"})[1]
	assert {row["sales_order"] for row in rows} == {order.name}


def test_the_report_tells_middle_and_tail_of_each_stage_and_each_stay(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	delivered(order)
	filters = {"sales_order": order.name}
	figures = {row["stage"]: row for row in stage_times.execute(filters)[1]}
	assert figures["To Pick"]["stays"] == 1
	assert figures["To Pick"]["p50_h"] is not None
	assert (figures["In Transit"]["lasting"], figures["In Transit"]["p50_h"]) == (1, None)
	each = stage_times.execute({**filters, "show": "Each Stay", "stage": "To Pick"})[1]
	assert [row["sales_order"] for row in each] == [order.name]


# Orders from before


def test_an_order_from_before_gets_its_log_from_its_documents(stocked):
	item, place = stocked
	order = make_order(line(item, qty=4, warehouse=place), submit=True)
	delivered(order)
	frappe.db.sql("delete from `tabOrder Stage Log` where sales_order = %s", order.name)
	frappe.db.sql(
		"update `tabSales Order` set swf_stage = null, swf_stage_row = null where name = %s", order.name
	)
	assert order.name in papers.orders_without_log("", 10**6)

	rebuild.rebuild_logs([order.name])

	assert stages(order)[0] == "Entry"
	assert stages(order)[-1] == "In Transit"
	assert frappe.db.get_value("Sales Order", order.name, "swf_stage") == "In Transit"
	assert check.look(orders=[order.name]) == ()
	assert order.name not in papers.orders_without_log("", 10**6)


def test_a_clock_that_is_turned_back_leaves_neither_gap_nor_overlap(stocked, monkeypatch):
	item, place = stocked
	order = make_order(line(item, qty=2, warehouse=place), submit=True)
	before = stage_log.now_datetime
	monkeypatch.setattr(stage_log, "now_datetime", lambda: frappe.utils.add_to_date(before(), hours=-1))
	order.update_status("On Hold")
	rows = log(order)
	assert rows[-1].stage == "On Hold"
	assert all(row.left_on > row.entered_on for row in rows[:-1]), "two begin at once, in no order"
	assert all(one.left_on == other.entered_on for one, other in pairwise(rows))
