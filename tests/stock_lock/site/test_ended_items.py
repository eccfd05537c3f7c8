"""Items that nobody may sell any more, and serial numbers of batches that have gone bad: never sent."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.audit import check
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests.factories import line, make_bundle, make_item, make_order, receive


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def locked(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1, "status": ("!=", "Cancelled")},
		pluck="reserved_qty",
	)
	return sum(rows)


def ends(item, how="disabled"):
	value = {"disabled": 1} if how == "disabled" else {"end_of_life": add_days(nowdate(), -1)}
	frappe.db.set_value("Item", item, value)
	frappe.local.swf_items = {}  # as a later request finds it


@pytest.mark.parametrize("how", ["disabled", "past its end of life"])
def test_an_order_waits_while_its_item_may_not_be_sold(how, warehouse, committed):
	item = make_item()
	receive(item, 10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	ends(item, how)
	found = [it.code for it in check.look(items=[item])]
	committed()

	stock_lock_jobs.expire_locks()
	serving_jobs.serve_waiting_demand()

	assert found == ["lock_of_ended_item"]
	assert locked(order) == 0
	assert frappe.get_value("Sales Order", order.name, "swf_flow_status") == "Backordered"
	told = {"sales_order": order.name, "event": "Expired"}
	assert item in frappe.get_value("Stock Lock Event", told, "reason")
	assert not check.look(items=[item])

	frappe.db.set_value("Item", item, {"disabled": 0, "end_of_life": None})
	frappe.local.swf_items = {}
	committed()
	serving_jobs.serve_waiting_demand()
	assert locked(order) == 4


def test_nobody_is_sent_for_an_item_that_may_not_be_sold(warehouse):
	item, other = make_item(), make_item()
	for code in (item, other):
		receive(code, 10, warehouse)
	order = make_order(line(item, qty=4), line(other), warehouse=warehouse, submit=True)
	listed = make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(listed.name)[0])
	ends(item)

	made = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])

	assert [row.item_code for row in made.locations] == [other]
	frappe.db.savepoint("picked")
	with pytest.raises(frappe.ValidationError, match=item):
		pick.submit()
	frappe.db.rollback(save_point="picked")
	stock_lock_jobs.leave_bad_lots.leave_bad_lots(listed.name)


def test_a_bundle_is_not_completed_without_a_component_that_may_not_be_sold(warehouse, committed):
	pump, hose = make_item(), make_item()
	order = make_order(line(make_bundle({pump: 1, hose: 2}), qty=3), warehouse=warehouse, submit=True)
	for code in (pump, hose):
		receive(code, 20, warehouse)
	ends(pump)
	committed()

	serving_jobs.serve_waiting_demand()

	assert locked(order) == 0


def test_no_serial_number_of_a_bad_batch_is_locked(warehouse):
	series = frappe.generate_hash()[:6]
	item = make_item(
		has_serial_no=1,
		serial_no_series=f"{series}.###",
		has_batch_no=1,
		create_new_batch=1,
		batch_number_series=f"B{series}.###",
	)
	receive(item, 3, warehouse)
	receive(item, 2, warehouse)
	old = frappe.get_all("Batch", {"item": item}, pluck="name", order_by="creation")[0]
	frappe.db.set_value("Batch", old, "swf_quality_hold", 1)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	assert locked(order) == 2
	assert not check.look(items=[item])
