"""What is released, comes in or is reopened is locked for those who wait."""

import pytest

import frappe

from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from sales_wh_flow.stock_lock.store import waiting_lines
from tests.factories import (
	acting_as,
	line,
	make_item,
	make_order,
	make_user,
	receive,
	stocked,
)
from tests.stock_lock.lock_world import bin_of, deliver, events_of, locks_of, status_of


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def test_waiting_demand_is_served_when_stock_has_come_in(warehouse, committed):
	item = stocked(3, warehouse)
	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	receive(item, 10, warehouse)
	committed()

	served = serving_jobs.serve_waiting_demand()

	assert served[order.name] == 2
	assert status_of(order) == "Locked"
	assert bin_of(item, warehouse).reserved_stock == 5
	assert order.name not in serving_jobs.serve_waiting_demand()


def test_the_earlier_due_order_is_served_first(warehouse, committed):
	item = make_item()
	later = make_order(line(item, qty=5, delivery_date="2099-05-05"), warehouse=warehouse, submit=True)
	sooner = make_order(line(item, qty=5, delivery_date="2099-02-02"), warehouse=warehouse, submit=True)
	receive(item, 6, warehouse)
	committed()

	serving_jobs.serve_waiting_demand()

	assert [sum(lock.reserved_qty for lock in locks_of(order)) for order in (sooner, later)] == [5, 1]


@pytest.mark.parametrize(("comes_in", "gets", "reads"), [(5, 3, 0), (4, 2, 1)])
def test_a_new_order_asks_who_waits_only_where_there_is_not_enough_for_all(
	warehouse, monkeypatch, comes_in, gets, reads
):
	item = make_item()
	make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	receive(item, comes_in, warehouse)
	native, asked = waiting_lines.lines_at, []
	monkeypatch.setattr(waiting_lines, "lines_at", lambda *given: asked.append(given) or native(*given))

	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)

	assert sum(lock.reserved_qty for lock in locks_of(order)) == gets
	assert len(asked) == reads


def test_a_held_order_is_not_served(warehouse, committed):
	item = make_item()
	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	order.update_status("On Hold")
	receive(item, 6, warehouse)
	committed()

	assert order.name not in serving_jobs.serve_waiting_demand()


def test_drift_is_found_mended_and_reported(warehouse, committed):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock", 1)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "stock_reserved_qty", 9)
	committed()

	report = stock_lock_jobs.repair_drift()

	assert [(drift.item_code, drift.written, drift.held) for drift in report.bins] == [(item, 1, 4)]
	assert [(drift.order, drift.written, drift.held) for drift in report.lines] == [(order.name, 9, 4)]
	assert bin_of(item, warehouse).reserved_stock == 4
	assert frappe.get_all(
		"Stock Lock Event", {"item_code": item, "event": "Repaired"}, pluck="qty_stock"
	) == [3]
	assert stock_lock_jobs.repair_drift().is_clean


def test_with_the_switch_off_erpnext_behaves_as_before(warehouse, switches):
	switches()
	item = stocked(10, warehouse)

	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert locks_of(order) == []
	assert not status_of(order)
	assert events_of(order) == []


def test_a_closed_order_gives_its_stock_back_and_a_reopened_one_locks_again(warehouse):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	frappe.get_doc("Sales Order", order.name).update_status("Closed")
	closed = bin_of(item, warehouse).reserved_stock
	frappe.get_doc("Sales Order", order.name).update_status("Draft")

	assert (closed, bin_of(item, warehouse).reserved_stock) == (0, 4)
	assert status_of(order) == "Locked"
	assert [event.qty_stock for event in events_of(order)] == [4, -4, 4]
	assert repair.look_for_drift().is_clean


@pytest.mark.parametrize(("release", "left"), [("0", 4), ("1", 0)])
def test_a_held_order_keeps_its_stock_unless_the_settings_say_otherwise(switches, warehouse, release, left):
	switches(stock_lock=True, release_on_hold=release)
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	frappe.get_doc("Sales Order", order.name).update_status("On Hold")

	assert bin_of(item, warehouse).reserved_stock == left


def test_a_lead_releases_an_order_by_hand_with_a_reason(warehouse, committed):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	committed()

	freed = stock_lock_api.release_locks(order.name, "Customer asked to wait")

	assert freed == 4
	assert bin_of(item, warehouse).reserved_stock == 0
	assert events_of(order)[-1].reason == "Customer asked to wait"
	assert order.name not in serving_jobs.serve_waiting_demand()
	assert repair.look_for_drift().is_clean


def test_a_release_needs_a_reason_and_the_role(warehouse, committed):
	order = make_order(line(stocked(10, warehouse)), warehouse=warehouse, submit=True)
	committed()

	with pytest.raises(frappe.ValidationError, match="Say why"):
		stock_lock_api.release_locks(order.name, " ")
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		stock_lock_api.release_locks(order.name, "mine")


@pytest.fixture
def queued(monkeypatch):
	"""The background jobs asked for, by method, in order."""
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: asked.append((method, options)))
	return asked


def test_stock_that_comes_in_is_given_out_after_the_commit(warehouse, queued):
	receive(make_item(), 10, warehouse)

	((method, options),) = [job for job in queued if "sales_wh_flow" in str(job[0])]
	assert method == "sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand"
	assert options["enqueue_after_commit"]
	assert options["deduplicate"]


def test_stock_that_an_order_gives_back_is_given_out_too(warehouse, queued):
	order = make_order(line(stocked(10, warehouse)), warehouse=warehouse, submit=True)
	queued.clear()

	order.cancel()

	assert "sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand" in [
		method for method, _options in queued
	]


def test_stock_that_goes_out_wakes_nobody(warehouse, queued):
	item = stocked(10, warehouse)
	queued.clear()

	deliver(item, 2, warehouse)

	assert "sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand" not in [
		method for method, _options in queued
	]


@pytest.mark.unchecked
def test_orders_from_before_reservation_was_used_are_taken_in(warehouse, switches, monkeypatch):
	"""ERPNext unticks Reserve Stock on what is saved while stock reservation is off."""
	switches()
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 0)
	order = make_order(line(stocked(10, warehouse), qty=4), warehouse=warehouse)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "reserve_stock", 0)
	monkeypatch.setattr("sales_wh_flow.stock_lock.store.reservations.were_ever_made", lambda: False)

	switches(stock_lock=True)
	order.reload()
	order.submit()

	assert [lock.reserved_qty for lock in locks_of(order)] == [4]


def test_a_line_that_opted_out_of_reservation_stays_out_when_the_lock_is_switched_on(warehouse, switches):
	make_order(line(stocked(5, warehouse)), warehouse=warehouse, submit=True)
	switches()
	order = make_order(line(stocked(10, warehouse), qty=4, reserve_stock=0), warehouse=warehouse)

	switches(stock_lock=True)
	order.reload()
	order.submit()

	assert locks_of(order) == []
