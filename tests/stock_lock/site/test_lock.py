"""Submitting an order locks its stock: all lines in one pass, exactly what is there, as ERPNext would write
it.
"""

import pytest

import frappe
from frappe.utils import add_days, today

from sales_wh_flow.events import sales_order as handlers
from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_item,
	make_items,
	make_order,
	make_user,
	make_warehouse,
	receive,
	stocked,
	unique,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture
def warehouse():
	return make_warehouse()


def locks_of(order):
	return frappe.get_all(
		"Stock Reservation Entry",
		filters={"voucher_no": order.name, "docstatus": 1},
		fields=["*"],
		order_by="name",
	)


def bin_of(item, warehouse):
	return frappe.db.get_value(
		"Bin",
		{"item_code": item, "warehouse": warehouse},
		["actual_qty", "reserved_qty", "projected_qty", "reserved_stock"],
		as_dict=True,
	)


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def events_of(order):
	return frappe.get_all(
		"Stock Lock Event",
		filters={"sales_order": order.name},
		fields=["event", "qty_stock", "reason", "actor"],
		order_by="happened_on, creation",
	)


def deliver(item, qty, warehouse, **values):
	note = frappe.get_doc(
		{
			"doctype": "Delivery Note",
			"customer": make_order(insert=False).customer,
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"items": [{"item_code": item, "qty": qty, "warehouse": warehouse, "rate": 100, **values}],
		}
	)
	return note.insert().submit()


def deliver_or_undo(item, qty, warehouse):
	"""As a request does: what was refused is rolled back."""
	frappe.db.savepoint("delivery")
	try:
		deliver(item, qty, warehouse)
	except Exception:
		frappe.db.rollback(save_point="delivery")
		raise


def test_an_order_locks_what_it_needs(warehouse):
	item = stocked(10, warehouse)

	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [4]
	assert bin_of(item, warehouse) == {
		"actual_qty": 10,
		"reserved_qty": 4,
		"projected_qty": 6,
		"reserved_stock": 4,
	}
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty") == 4
	assert order.items[0].stock_reserved_qty == 4
	assert status_of(order) == "Locked"


@pytest.mark.unchecked
def test_a_lock_cannot_be_told_from_one_of_erpnext(warehouse, switches):
	item = stocked(10, warehouse)
	switches()
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 1)
	native = locks_of(make_order(line(item, qty=3), warehouse=warehouse, reserve_stock=1, submit=True))[0]
	switches(stock_lock=True)

	ours = locks_of(make_order(line(item, qty=3), warehouse=warehouse, submit=True))[0]

	own = {"name", "creation", "modified", "voucher_no", "voucher_detail_no", "available_qty"}
	assert {key: value for key, value in ours.items() if key not in own} == {
		key: value for key, value in native.items() if key not in own
	}
	assert (native.available_qty, ours.available_qty) == (10, 7)
	assert int(ours.name.rsplit("-", 1)[1]) == int(native.name.rsplit("-", 1)[1]) + 1


def test_the_shortage_waits_and_is_shown_on_the_order(warehouse):
	item = stocked(3, warehouse)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	shown = order_board_api.order_overview(order.name)
	assert shown["flow_status"] == "Partly Locked"
	assert [(row["ordered"], row["locked"], row["waiting"]) for row in shown["lines"]] == [(5, 3, 2)]
	assert locks_of(order)[0].status == "Partially Reserved"


def test_an_order_without_any_stock_is_backordered(warehouse):
	order = make_order(line(make_item(), qty=5), warehouse=warehouse, submit=True)

	assert locks_of(order) == []
	assert status_of(order) == "Backordered"


def test_two_lines_of_one_item_never_lock_a_unit_twice(warehouse):
	item = stocked(10, warehouse)

	order = make_order(line(item, qty=7), line(item, qty=7), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [7, 3]
	assert bin_of(item, warehouse).reserved_stock == 10


def test_the_second_order_gets_what_the_first_one_left(warehouse):
	item = stocked(10, warehouse)
	make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	second = make_order(line(item, qty=8), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(second)] == [2]
	assert bin_of(item, warehouse).reserved_stock == 10


@pytest.mark.parametrize(
	("policy", "locked"),
	[("What is there", {"A": 2, "B": 5}), ("Full lines only", {"B": 5}), ("Full order only", {})],
)
def test_the_policy_says_what_happens_when_stock_is_short(switches, warehouse, policy, locked):
	switches(stock_lock=True, partial_lock=policy)
	items = {"A": stocked(2, warehouse), "B": stocked(5, warehouse)}

	order = make_order(line(items["A"], qty=4), line(items["B"], qty=5), warehouse=warehouse, submit=True)

	names = {code: name for name, code in items.items()}
	assert {names[lock.item_code]: lock.reserved_qty for lock in locks_of(order)} == locked


def test_a_line_in_boxes_is_locked_in_whole_boxes(warehouse):
	item = stocked(30, warehouse, uoms=[{"uom": "Box", "conversion_factor": 12}])

	order = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=warehouse, submit=True)

	assert [(lock.reserved_qty, lock.voucher_qty, lock.stock_uom) for lock in locks_of(order)] == [
		(24, 36, "Nos")
	]
	assert order_board_api.order_overview(order.name)["lines"][0]["waiting"] == 12


@pytest.mark.unchecked
def test_a_fraction_of_a_whole_unit_is_never_locked(warehouse):
	item = stocked(5, warehouse)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty", 4.5)

	order = make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	assert [lock.reserved_qty for lock in locks_of(order)] == [4]


def test_a_line_that_opted_out_and_a_service_are_left_alone(warehouse):
	item, service = stocked(10, warehouse), make_item(is_stock_item=0)

	order = make_order(
		line(item, qty=2, reserve_stock=0),
		line(service, qty=1, warehouse=None),
		warehouse=warehouse,
		submit=True,
	)

	assert locks_of(order) == []


def test_batches_are_locked_first_in_first_out(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	receive(item, 6, warehouse)

	order = make_order(line(item, qty=7), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	entries = frappe.get_all(
		"Serial and Batch Entry",
		filters={"parent": lock.name},
		fields=["batch_no", "qty", "delivered_qty", "warehouse"],
		order_by="idx",
	)
	assert lock.reservation_based_on == "Serial and Batch"
	assert [(entry.qty, entry.delivered_qty, entry.warehouse) for entry in entries] == [
		(4, 0, warehouse),
		(3, 0, warehouse),
	]
	assert entries[0].batch_no < entries[1].batch_no


@pytest.mark.parametrize(
	("picked_by", "taken"), [("FIFO", "first third"), ("LIFO", "second third"), ("Expiry", "third second")]
)
def test_batches_are_locked_in_the_order_in_which_erpnext_picks_them(warehouse, picked_by, taken):
	"""Made in the order first, third, second; the third expires soonest, the first last."""
	frappe.db.set_single_value("Stock Settings", "pick_serial_and_batch_based_on", picked_by)
	item, names = make_item(has_batch_no=1), {}
	for title, days in (("first", 90), ("third", 30), ("second", 60)):
		batch = {
			"doctype": "Batch",
			"item": item,
			"batch_id": unique(title),
			"expiry_date": add_days(today(), days),
		}
		names[frappe.get_doc(batch).insert().name] = title
	for batch_no in names:
		receive(item, 4, warehouse, batch_no=batch_no, use_serial_batch_fields=1)

	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	held = frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries
	assert " ".join(names[entry.batch_no] for entry in held) == taken
	assert [entry.qty for entry in held] == [4, 2]


def test_a_batch_locked_for_one_order_is_not_given_to_the_next(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	receive(item, 6, warehouse)
	make_order(line(item, qty=5), warehouse=warehouse, submit=True)

	second = make_order(line(item, qty=9), warehouse=warehouse, submit=True)

	(lock,) = locks_of(second)
	assert lock.reserved_qty == 5
	assert [entry.qty for entry in frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries] == [5]


def test_a_batch_that_the_ledger_names_without_a_bundle_is_locked_too(warehouse):
	"""As on a site that has come from an older ERPNext."""
	item = make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=unique("B").replace(" ", "") + ".###"
	)
	receive(item, 4, warehouse)
	batch = frappe.db.get_value("Batch", {"item": item})
	frappe.db.set_value(
		"Stock Ledger Entry", {"item_code": item}, {"serial_and_batch_bundle": None, "batch_no": batch}
	)

	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)

	(lock,) = locks_of(order)
	held = frappe.get_all("Serial and Batch Entry", {"parent": lock.name}, ["batch_no", "qty"])
	assert [(entry.batch_no, entry.qty) for entry in held] == [(batch, 3)]


def test_an_expired_batch_is_not_locked(warehouse):
	item = make_item(
		has_batch_no=1, create_new_batch=1, has_expiry_date=1, shelf_life_in_days=30,
		batch_number_series=unique("B").replace(" ", "") + ".###",
	)  # fmt: skip
	receive(item, 4, warehouse)
	frappe.db.set_value("Batch", {"item": item}, "expiry_date", "2020-01-01")

	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert locks_of(order) == []


def test_no_serial_number_is_locked_twice(warehouse):
	item = make_item(has_serial_no=1, serial_no_series=unique("S").replace(" ", "") + ".####")
	receive(item, 3, warehouse)

	first = make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	second = make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	serials = [
		row.serial_no
		for order in (first, second)
		for lock in locks_of(order)
		for row in frappe.get_doc("Stock Reservation Entry", lock.name).sb_entries
	]
	assert len(serials) == len(set(serials)) == 3
	assert status_of(second) == "Partly Locked"


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
	assert repair.look().is_clean


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


def test_erpnexts_own_reserve_and_unreserve_buttons_move_the_flow_status(warehouse):
	item = make_item()
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	receive(item, 10, warehouse)
	row = {"sales_order_item": order.items[0].name, "item_code": item, "warehouse": warehouse}

	order.create_stock_reservation_entries(items_details=[{**row, "qty_to_reserve": 4}])
	assert status_of(order) == "Locked"
	order.cancel_stock_reservation_entries()
	assert status_of(order) == "Backordered"


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
	assert repair.look().is_clean


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
	assert repair.look().is_clean


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
