"""What a person does with the lock of one order line, from a report or from "Who has it?"."""

import pytest

import frappe

from sales_wh_flow.base.said import worded
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.sales_wh_flow.report.stock_locks import stock_locks
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.store import reservations
from tests.factories import (
	acting_as,
	company,
	line,
	make_bundle,
	make_items,
	make_order,
	make_user,
	make_warehouses,
	receive,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True, serving="By Itself")
	frappe.db.sql("update `tabServing Policy` set enabled = 0")


@pytest.fixture
def places():
	return make_warehouses(2)


@pytest.fixture
def items():
	return make_items(2)


@pytest.fixture
def order(places, items):
	"""It holds ten of either item in the first warehouse; the second one has four of the first item."""
	here, there = places
	for item in items:
		receive(item, 10, here)
	receive(items[0], 4, there)
	return make_order(*(line(item, qty=10, warehouse=here) for item in items), submit=True)


@pytest.fixture
def rival(order, places, items):
	"""An order that waits for three of the first item."""
	return make_order(line(items[0], qty=3, warehouse=places[0]), submit=True)


def held(order):
	found = {}
	for lock in reservations.open_of_order(order.name):
		key = (lock.item_code, lock.warehouse)
		found[key] = found.get(key, 0) + lock.qty_stock
	return found


def row_of(order, at=0):
	return order.items[at].name


def test_the_dialog_offers_what_can_be_done(order, rival, places):
	said = reroute_api.lock_actions(order.name, row_of(order))

	assert (said["idx"], said["held"], said["uom"], said["warehouse"]) == (1, 10, "Nos", places[0])
	assert said["receivers"] == [{"sales_order": rival.name, "customer": rival.customer, "qty": 3}]
	assert said["choices"] == [{"warehouse": places[1], "free": 4}]
	assert said["may_release"]
	other = reroute_api.lock_actions(order.name, row_of(order, 1))
	assert (other["receivers"], other["choices"]) == ([], [])


def test_the_report_and_who_has_it_name_the_row(order, places, items):
	_columns, rows, _said = stock_locks.execute({"company": company().name, "item_code": items[0]})
	(lock,) = serving_api.who_has_it(items[0], places[0])["locks"]

	assert [row.row for row in rows] == [row_of(order)] == [lock["row"]]


def test_one_line_is_released_and_the_others_keep_their_locks(order, places, items, committed):
	committed()

	freed = stock_lock_api.release_locks(order.name, "the customer has time", frappe.as_json([row_of(order)]))

	assert freed == 10
	assert held(order) == {(items[1], places[0]): 10}
	asks = frappe.get_all(
		"Sales Order Item", {"parent": order.name}, ["reserve_stock"], order_by="idx", pluck="reserve_stock"
	)
	assert asks == [0, 1]


def test_a_line_on_a_pick_list_is_not_released_but_another_one_is(order, places, items, committed):
	committed()
	(pick_list,) = picking_api.make_pick_lists(order.name)
	doc = frappe.get_doc("Pick List", pick_list)
	doc.locations = [row for row in doc.locations if row.item_code == items[0]]
	doc.save()
	committed()

	with pytest.raises(frappe.ValidationError, match=items[0]):
		stock_lock_api.release_locks(order.name, "the customer has time", [row_of(order)])
	frappe.db.rollback()
	stock_lock_api.release_locks(order.name, "the customer has time", [row_of(order, 1)])

	assert held(order) == {(items[0], places[0]): 10}


def test_the_line_of_a_bundle_is_released_with_its_components(places, items, committed):
	here, _there = places
	for item in items:
		receive(item, 10, here)
	kit = make_bundle(dict.fromkeys(items, 2))
	order = make_order(line(kit, qty=2, warehouse=here), line(items[0], qty=1, warehouse=here), submit=True)
	committed()

	stock_lock_api.release_locks(order.name, "the customer has time", [row_of(order)])

	assert held(order) == {(items[0], here): 1}
	packed = frappe.get_all("Packed Item", {"parent": order.name}, pluck="swf_not_locked")
	assert packed == [1, 1]


def test_as_much_of_a_line_is_given_as_was_said(order, rival, places, items, committed):
	committed()

	given = serving_api.give_locks(
		order.name, rival.name, "needed today", frappe.as_json({row_of(order): 2, row_of(order, 1): 5})
	)

	assert given == 2
	assert held(order) == {(items[0], places[0]): 8, (items[1], places[0]): 10}
	assert held(rival) == {(items[0], places[0]): 2}


def test_a_line_moves_with_its_lock_and_the_reason_stays_with_the_events(order, places, items, committed):
	committed()
	with pytest.raises(frappe.ValidationError, match="Say why"):
		reroute_api.move_lock(order.name, row_of(order), places[1], 4, " ")
	frappe.db.rollback()

	reroute_api.move_lock(order.name, row_of(order), places[1], 4, "the truck starts there")

	assert held(order) == {(items[0], places[0]): 6, (items[0], places[1]): 4, (items[1], places[0]): 10}
	reasons = frappe.get_all(
		"Stock Lock Event", {"sales_order": order.name, "warehouse": places[1]}, pluck="reason"
	)
	assert all("the truck starts there" in worded(reason) for reason in reasons) and reasons


def test_who_may_only_read_changes_no_lock(order, rival, places):
	with acting_as(make_user("Stock User")):
		said = reroute_api.lock_actions(order.name, row_of(order))
		assert (said["may_release"], said["receivers"], said["choices"]) == (False, [], [])
		for refused in (
			lambda: stock_lock_api.release_locks(order.name, "mine", [row_of(order)]),
			lambda: serving_api.give_locks(order.name, rival.name, "mine", {row_of(order): 1}),
			lambda: reroute_api.move_lock(order.name, row_of(order), places[1], 1, "mine"),
		):
			with pytest.raises(frappe.PermissionError):
				refused()
	assert len(held(order)) == 2


def test_who_may_not_read_the_order_is_told_nothing(order):
	with acting_as(make_user()), pytest.raises(frappe.PermissionError):
		reroute_api.lock_actions(order.name, row_of(order))


def test_a_seller_moves_their_lines_but_gives_nothing_away(order, rival, places):
	with acting_as(make_user("Sales User")):
		said = reroute_api.lock_actions(order.name, row_of(order))

	assert (said["may_release"], said["receivers"]) == (False, [])
	assert said["choices"] == [{"warehouse": places[1], "free": 4}]


def test_nothing_is_locked_by_hand_for_an_order_that_is_no_more_than_a_draft(places, items):
	receive(items[0], 10, places[0])
	draft = make_order(line(items[0], qty=4, warehouse=places[0]))

	with pytest.raises(frappe.ValidationError, match="is not submitted"):
		draft.create_stock_reservation_entries()

	assert held(draft) == {}


def test_nothing_is_locked_by_hand_for_a_row_of_another_order(order, items, places):
	receive(items[0], 10, places[0])
	other = make_order(line(items[0], qty=4, warehouse=places[1]), submit=True)
	asked = {"sales_order_item": other.items[0].name, "warehouse": places[0], "qty_to_reserve": 4}
	before = held(order)

	with pytest.raises(frappe.ValidationError, match="which still needs"):
		order.create_stock_reservation_entries(items_details=[asked])

	assert held(order) == before


def test_who_names_a_receipt_locks_nothing_for_an_order_on_hold(places, items):
	order = make_order(line(items[0], qty=4, warehouse=places[0]), submit=True)
	order.update_status("On Hold")
	came = receive(items[0], 10, places[0])
	kind = "Purchase Receipt"  # the one that every ERPNext knows
	entry = frappe.new_doc("Stock Reservation Entry", item_code=items[0], warehouse=places[0])
	entry.update({"voucher_type": "Sales Order", "voucher_no": order.name, "voucher_qty": 4})
	entry.update({"voucher_detail_no": order.items[0].name, "available_qty": 10, "reserved_qty": 4})
	entry.update({"company": order.company, "from_voucher_type": kind, "from_voucher_no": came.name})
	entry.flags.ignore_links = True

	with pytest.raises(frappe.ValidationError, match="can't be locked"):
		entry.insert().submit()

	assert held(order) == {}


def test_a_seller_takes_no_lock_away_on_erpnexts_own_roads_either(order, items, places):
	entry = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="name")[0]
	with acting_as(make_user("Sales User")):
		with pytest.raises(frappe.PermissionError, match="takes the role"):
			frappe.get_doc("Stock Reservation Entry", entry).cancel()
		less = frappe.get_doc("Stock Reservation Entry", entry)
		less.reserved_qty = 1
		with pytest.raises(frappe.PermissionError, match="takes the role"):
			less.save()
		with pytest.raises(frappe.PermissionError, match="takes the role"):
			frappe.get_doc("Sales Order", order.name).cancel_stock_reservation_entries()
	assert held(order) == dict.fromkeys(((item, places[0]) for item in items), 10)

	with acting_as(make_user("Stock Manager", "Sales User")):
		frappe.get_doc("Stock Reservation Entry", entry).cancel()
	assert sum(held(order).values()) == 10
