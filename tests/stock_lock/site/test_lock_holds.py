"""A lock holds against everybody else, and ends with its order."""

import pytest

import frappe

from sales_wh_flow.events import sales_order as handlers
from sales_wh_flow.stock_lock import hold_locks, release, repair
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import (
	counted_statements,
	line,
	make_item,
	make_items,
	make_order,
	make_warehouse,
	receive,
	stocked,
	unique,
)
from tests.stock_lock.lock_world import bin_of, deliver, events_of, locks_of, status_of


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def deliver_or_undo(item, qty, warehouse):
	"""As a request does: what was refused is rolled back."""
	frappe.db.savepoint("delivery")
	try:
		deliver(item, qty, warehouse)
	except Exception:
		frappe.db.rollback(save_point="delivery")
		raise


def test_cancelling_gives_everything_back(warehouse):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	order.cancel()

	assert locks_of(order) == []
	assert bin_of(item, warehouse) == {
		"actual_qty": 10,
		"reserved_qty": 0,
		"projected_qty": 10,
		"reserved_stock": 0,
	}
	assert status_of(order) == "Cancelled"
	assert repair.look_for_drift().is_clean


def test_an_order_can_be_cancelled_when_its_warehouse_is_gone(warehouse):
	order = make_order(line(make_item()), warehouse=warehouse, submit=True)
	frappe.db.set_value("Warehouse", warehouse, "disabled", 1)

	order.cancel()

	assert status_of(order) == "Cancelled"


def test_an_amended_order_locks_anew(warehouse):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)
	order.cancel()
	amended = frappe.copy_doc(order)
	amended.amended_from = order.name
	amended.docstatus = amended.items[0].docstatus = 0
	amended.items[0].qty = 6

	amended.insert().submit()

	assert [lock.reserved_qty for lock in locks_of(amended)] == [6]
	assert bin_of(item, warehouse).reserved_stock == 6


def test_every_lock_and_release_has_one_event_that_adds_up(warehouse):
	item = stocked(3, warehouse)
	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)
	order.reload()
	order.cancel()

	events = events_of(order)
	assert [(event.event, event.qty_stock) for event in events] == [("Locked", 3), ("Released", -3)]
	assert {event.actor for event in events} == {"Administrator"}
	assert all(event.reason for event in events)


def test_a_hold_and_a_close_show_in_the_flow_status(warehouse):
	order = make_order(line(stocked(9, warehouse)), warehouse=warehouse, submit=True)

	seen = []
	for status in ("On Hold", "Draft", "Closed"):
		frappe.get_doc("Sales Order", order.name).update_status(status)
		seen.append(status_of(order))

	assert seen == ["On Hold", "Locked", "Closed"]


def test_an_order_that_closes_holds_every_bin_of_its_rows_before_the_series(warehouse, monkeypatch):
	"""ERPNext writes all of them afterwards, and whoever submits an order takes Bins first."""
	waiting = {"item_code": make_item(), "warehouse": warehouse}
	order = make_order(
		line(stocked(9, warehouse)), line(waiting["item_code"]), warehouse=warehouse, submit=True
	)
	before, seen = frappe.db.get_value("Bin", waiting, "modified"), []
	monkeypatch.setattr(
		hold_locks, "Series", lambda _doctype: seen.append(frappe.db.get_value("Bin", waiting, "modified"))
	)

	order.update_status("Closed")

	assert seen and before not in seen


def test_erpnexts_own_reserve_and_unreserve_buttons_move_the_flow_status(warehouse):
	item = make_item()
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	receive(item, 10, warehouse)
	row = {"sales_order_item": order.items[0].name, "item_code": item, "warehouse": warehouse}

	order.create_stock_reservation_entries(items_details=[{**row, "qty_to_reserve": 4}])
	assert status_of(order) == "Locked"
	order.cancel_stock_reservation_entries()
	assert status_of(order) == "Backordered"


def press_reserve(order, warehouse, qty):
	"""ERPNext's own Reserve dialog for the order's first line."""
	row = order.items[0]
	wanted = {"sales_order_item": row.name, "item_code": row.item_code, "warehouse": warehouse}
	order.create_stock_reservation_entries(items_details=[{**wanted, "qty_to_reserve": qty}])


def test_what_was_reserved_in_another_warehouse_comes_back_with_the_order_too(warehouse, place):
	order = make_order(line(stocked(5, place), qty=5), warehouse=warehouse, submit=True)
	press_reserve(order, place, 5)

	order.reload().cancel()

	assert bin_of(order.items[0].item_code, place).reserved_stock == 0


@pytest.mark.parametrize(
	"status", ["Closed", "On Hold", pytest.param("Rejected", marks=pytest.mark.unchecked)]
)
def test_nothing_is_reserved_by_hand_for_an_order_that_asks_for_nothing(warehouse, switches, status):
	switches(stock_lock=True, release_on_hold=1)
	order = make_order(line(stocked(5, warehouse), qty=5), warehouse=warehouse, submit=True)
	if status == "Rejected":  # a change of it
		order.db_set("swf_flow_status", status)
		release.after_refusal(order)
	else:
		order.update_status(status)

	with pytest.raises(StockIsLocked, match="still needs <strong>0"):
		press_reserve(order, warehouse, 5)

	assert locks_of(order) == []


def test_a_cancel_takes_back_what_is_stored_whatever_is_sent_along(warehouse, place):
	item = stocked(20, warehouse, place)
	order = make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	make_order(line(item, qty=6), warehouse=warehouse, submit=True)

	sent = frappe.get_doc(order.reload().as_dict())
	sent.items[0].update({"warehouse": place, "qty": 1, "stock_qty": 1})
	sent.status = "On Hold"
	sent.cancel()

	found = bin_of(item, warehouse)
	assert (found.reserved_stock, found.reserved_qty) == (6, 6)


def test_nobody_can_deliver_what_is_locked_for_somebody_else(warehouse):
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	with pytest.raises(frappe.ValidationError):
		deliver_or_undo(item, 3, warehouse)
	deliver(item, 2, warehouse)
	assert bin_of(item, warehouse).actual_qty == 8
	assert [lock.reserved_qty for lock in locks_of(order)] == [8]


@pytest.mark.unchecked
def test_locked_stock_is_safe_even_where_erpnext_has_lost_sight_of_it(warehouse):
	"""ERPNext's ledger looks at Bin.reserved_stock only; a wrong zero there switches its guard off."""
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=8), warehouse=warehouse, submit=True)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock", 0)
	frappe.db.set_value("Stock Reservation Entry", {"voucher_no": order.name}, "creation", "2099-01-01")

	with pytest.raises(StockIsLocked) as refused:
		deliver(item, 3, warehouse)

	assert item in str(refused.value)
	assert order.name in str(refused.value)


@pytest.mark.unchecked
def test_a_stock_entry_cannot_carry_locked_stock_away(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=8), warehouse=warehouse, submit=True)
	entry = frappe.get_doc(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": "Material Transfer",
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"items": [
				{"item_code": item, "qty": 5, "s_warehouse": warehouse, "t_warehouse": make_warehouse()}
			],
		}
	).insert()

	with pytest.raises(frappe.ValidationError):
		entry.submit()


def test_a_stale_write_of_erpnext_leaves_the_lock_in_the_bin(warehouse):
	"""Two copies of one Bin: the one loaded before the lock must not write the lock away."""
	item = stocked(10, warehouse)
	stale = frappe.get_doc("Bin", {"item_code": item, "warehouse": warehouse})
	make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	stale.set("ordered_qty", 7)
	stale.set_projected_qty()
	stale.db_update()

	found = frappe.db.get_value(
		"Bin", {"item_code": item, "warehouse": warehouse}, ["ordered_qty", "reserved_stock"], as_dict=True
	)
	assert found == {"ordered_qty": 7, "reserved_stock": 4}


@pytest.mark.unchecked
def test_statements_do_not_grow_with_the_lines(warehouse, monkeypatch):
	"""Those of the flow itself stay the same; a whole submit runs fewer than one without the lock."""
	inside, of_flow, whole = [], {}, {}

	def counted(step):
		def run(doc, method=None):
			with counted_statements() as statements:
				step(doc, method)
			inside.append(len(statements))

		return run

	for step in ("before_submit", "on_submit"):
		monkeypatch.setattr(handlers, step, counted(getattr(handlers, step)))
	for lines in (2, 20):
		items = make_items(lines)
		for item in items:
			receive(item, 9, warehouse)
		for lock in (True, False, True):  # the first one only warms the caches
			frappe.db.set_single_value("Sales Flow Settings", "stock_lock", "On" if lock else "Off")
			order = make_order(*(line(item) for item in items), warehouse=warehouse)
			inside.clear()
			with counted_statements() as statements:
				order.submit()
			whole[lines, lock], of_flow[lines, lock] = len(statements), sum(inside)

	assert of_flow[20, True] == of_flow[2, True] <= 17
	assert whole[20, True] < whole[20, False]


def test_an_order_of_a_project_locks_its_bins_before_erpnext_writes_the_project(warehouse):
	"""A Stock Entry writes its Bins, then its project: the other way round the two wait for each other."""
	frappe.db.set_single_value("Selling Settings", "sales_update_frequency", "Each Transaction")
	project = frappe.get_doc({"doctype": "Project", "project_name": unique("Project")}).insert()
	order = make_order(line(stocked(5, warehouse), qty=2), warehouse=warehouse, project=project.name)

	with counted_statements() as statements:
		order.submit()

	bins = next(at for at, it in enumerate(statements) if "update `tabBin`" in it)
	assert bins < next(at for at, it in enumerate(statements) if "UPDATE `tabProject`" in it)
	assert [lock.reserved_qty for lock in locks_of(order)] == [2]


def test_the_lock_needs_stock_reservation(switches):
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 0)
	settings = frappe.get_doc("Sales Flow Settings")

	with pytest.raises(frappe.ValidationError, match="Enable Stock Reservation"):
		settings.save()
