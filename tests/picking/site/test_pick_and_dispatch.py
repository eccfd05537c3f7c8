"""From locks to the door: pick lists per warehouse, delivery notes with courier and tracking, and the status
on the way.
"""

import pytest

import frappe
from frappe.model import mapper

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests.factories import (
	acting_as,
	line,
	make_order,
	make_user,
	make_warehouse,
	stocked,
	unique,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def courier():
	doc = frappe.get_doc(
		{
			"doctype": "Courier",
			"courier_name": unique("Courier"),
			"tracking_url": "https://parcels.example.com/{0}",
			"services": [{"service": "Express"}, {"service": "Economy"}],
		}
	)
	return doc.insert().name


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def submitted_picks(order):
	lists = [frappe.get_doc("Pick List", name) for name in picking_api.make_pick_lists(order.name)]
	return [pick.submit() for pick in lists]


def delivered(pick):
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))
	return note.submit()


def locked(order):
	rows = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, ["*"])
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def test_there_is_one_pick_list_per_warehouse():
	here, there = make_warehouse(), make_warehouse()
	item = stocked(10, here, there)
	order = make_order(
		line(item, qty=2, warehouse=here),
		line(item, qty=3, warehouse=there),
		line(item, qty=4, warehouse=here),
		submit=True,
	)

	lists = [frappe.get_doc("Pick List", name) for name in picking_api.make_pick_lists(order.name)]

	picked = {doc.parent_warehouse: sorted(row.stock_qty for row in doc.locations) for doc in lists}
	assert picked == {here: [2, 4], there: [3]}
	assert status_of(order) == "Picking"


def test_only_what_is_locked_is_picked_and_only_once():
	warehouse = make_warehouse()
	item = stocked(3, warehouse)
	order = make_order(line(item, qty=5, warehouse=warehouse), submit=True)

	(name,) = picking_api.make_pick_lists(order.name)

	assert [row.stock_qty for row in frappe.get_doc("Pick List", name).locations] == [3]
	with pytest.raises(frappe.ValidationError, match="no locked stock"):
		picking_api.make_pick_lists(order.name)


def test_boxes_are_picked_as_boxes():
	warehouse = make_warehouse()
	item = stocked(24, warehouse, uoms=[{"uom": "Box", "conversion_factor": 12}])
	order = make_order(line(item, qty=2, uom="Box", conversion_factor=12, warehouse=warehouse), submit=True)

	(name,) = picking_api.make_pick_lists(order.name)

	row = frappe.get_doc("Pick List", name).locations[0]
	assert (row.qty, row.uom, row.stock_qty) == (2, "Box", 24)


def test_a_pick_list_can_not_take_more_than_is_locked():
	warehouse = make_warehouse()
	item = stocked(9, warehouse)
	order = make_order(line(item, qty=5, warehouse=warehouse), submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	pick.locations[0].qty = pick.locations[0].stock_qty = 6

	with pytest.raises(frappe.ValidationError, match="Row #1") as refused:
		pick.save()

	assert order.name in str(refused.value)


def test_the_whole_way_to_the_door():
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	seen = [status_of(order)]

	(pick,) = submitted_picks(order)
	seen.append(status_of(order))
	note = delivered(pick)
	seen.append(status_of(order))
	dispatch_api.confirm_delivery(note.name)
	seen.append(status_of(order))

	assert seen == ["Locked", "Ready for Dispatch", "Dispatched", "Delivered"]
	assert locked(order) == 0
	assert frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "reserved_stock") == 0
	assert repair.look_for_drift().is_clean
	events = frappe.get_all(
		"Stock Lock Event",
		{"sales_order": order.name},
		["event", "qty_stock"],
		order_by="happened_on, creation",
	)
	assert [(event.event, event.qty_stock) for event in events] == [("Locked", 4), ("Delivered", -4)]


def test_a_delivered_and_paid_order_is_completed():
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), submit=True)
	(pick,) = submitted_picks(order)
	dispatch_api.confirm_delivery(delivered(pick).name)
	invoice = make_sales_invoice(order.name).insert().submit()
	before = status_of(order)

	payment = get_payment_entry("Sales Invoice", invoice.name)
	payment.update({"reference_no": "1", "reference_date": "2026-01-01"})
	payment.insert().submit()

	assert (before, status_of(order)) == ("Delivered", "Completed")


def test_a_partial_delivery_leaves_the_rest_locked():
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=6, warehouse=warehouse), submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	pick.locations[0].qty = pick.locations[0].stock_qty = 2
	pick.save()
	pick.submit()

	delivered(pick)

	assert status_of(order) == "Partly Dispatched"
	assert locked(order) == 4
	rest = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	assert [row.stock_qty for row in rest.locations] == [4]


def test_a_cancelled_delivery_locks_its_stock_again():
	warehouse = make_warehouse()
	item = stocked(10, warehouse)
	order = make_order(line(item, qty=6, warehouse=warehouse), submit=True)
	(pick,) = submitted_picks(order)
	note = delivered(pick)

	note.reload()
	note.cancel()

	assert status_of(order) == "Ready for Dispatch"
	assert locked(order) == 6
	assert repair.look_for_drift().is_clean


def test_a_second_press_opens_the_delivery_note_that_is_there():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=2, warehouse=warehouse), submit=True)
	(pick,) = submitted_picks(order)

	assert dispatch_api.make_delivery_note(pick.name) == dispatch_api.make_delivery_note(pick.name)


def test_a_cancelled_pick_list_can_be_made_again():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=2, warehouse=warehouse), submit=True)
	(pick,) = submitted_picks(order)

	pick.reload()
	pick.cancel()

	assert status_of(order) == "Locked"
	assert len(picking_api.make_pick_lists(order.name)) == 1


def test_serial_numbers_and_batches_reach_the_customer_in_parts():
	warehouse = make_warehouse()
	series = unique("S").replace(" ", "")
	serial = stocked(4, warehouse, has_serial_no=1, serial_no_series=f"{series}.####")
	batch = stocked(4, warehouse, has_batch_no=1, create_new_batch=1, batch_number_series=f"B{series}.###")
	order = make_order(
		line(serial, qty=3, warehouse=warehouse), line(batch, qty=3, warehouse=warehouse), submit=True
	)
	first = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	for row in first.locations:
		row.qty = row.stock_qty = 2
		row.serial_no = "\n".join((row.serial_no or "").split()[:2])
	first.save()
	first.submit()
	delivered(first)
	half = status_of(order), locked(order)

	(rest,) = submitted_picks(order)
	delivered(rest)

	assert half == ("Partly Dispatched", 2)
	assert (status_of(order), locked(order)) == ("Dispatched", 0)
	assert repair.look_for_drift().is_clean
	sold = frappe.get_all("Serial No", {"item_code": serial, "warehouse": ("is", "not set")}, pluck="name")
	assert len(sold) == 3


def test_courier_and_instructions_travel_with_the_order(courier):
	warehouse = make_warehouse()
	order = make_order(
		line(stocked(5, warehouse), warehouse=warehouse),
		swf_courier=courier,
		swf_courier_service="Express",
		swf_special_instructions="Ring twice",
		submit=True,
	)

	(pick,) = submitted_picks(order)
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))

	for doc in (pick, note):
		assert (doc.swf_courier, doc.swf_courier_service) == (courier, "Express")
		assert doc.swf_special_instructions == "Ring twice"


def test_what_the_warehouse_changed_on_the_pick_list_wins(courier):
	warehouse = make_warehouse()
	order = make_order(
		line(stocked(5, warehouse), warehouse=warehouse), swf_special_instructions="Ring twice", submit=True
	)
	(pick,) = submitted_picks(order)
	pick.reload()
	pick.update({"swf_courier": courier, "swf_special_instructions": "Ring three times"})
	pick.save()

	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))

	assert (note.swf_courier, note.swf_special_instructions) == (courier, "Ring three times")


def test_a_tracking_number_is_written_late_and_gives_a_link(courier):
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), swf_courier=courier, submit=True)
	(pick,) = submitted_picks(order)
	note = delivered(pick)
	note.reload()

	note.swf_tracking_no = "AB12"
	note.save()

	shown = order_board_api.order_overview(order.name)["delivery_notes"]
	assert [(row["tracking_no"], row["tracking_link"]) for row in shown] == [
		("AB12", "https://parcels.example.com/AB12")
	]


@pytest.mark.parametrize(
	("given", "said"),
	[
		({"swf_courier_service": "Express"}, "without a courier"),
		({"swf_courier_service": "Rocket"}, "Economy"),
	],
)
def test_a_service_must_be_one_of_the_courier(courier, given, said):
	values = dict(given)
	if given["swf_courier_service"] == "Rocket":
		values["swf_courier"] = courier

	with pytest.raises(frappe.ValidationError, match=said):
		make_order(**values)


def test_picking_needs_its_switch(switches):
	switches(stock_lock=True)
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), submit=True)

	with pytest.raises(frappe.ValidationError, match="switched off"):
		picking_api.make_pick_lists(order.name)


@pytest.mark.parametrize("status", ["Closed", "On Hold"])
def test_nothing_is_picked_for_an_order_that_stopped_while_the_list_was_walked(status):
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), submit=True)
	(name,) = picking_api.make_pick_lists(order.name)
	order.reload().update_status(status)

	with pytest.raises(frappe.ValidationError, match="closed or on hold"):
		frappe.get_doc("Pick List", name).submit()


def test_a_draft_is_not_picked():
	with pytest.raises(frappe.ValidationError, match="not submitted"):
		picking_api.make_pick_lists(make_order().name)


@pytest.mark.parametrize(
	"call", [picking_api.make_pick_lists, order_board_api.order_overview, serving_api.lock_waiting]
)
def test_who_may_not_read_the_order_can_do_nothing_with_it(call):
	order = make_order()

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		call(order.name)


def test_who_may_not_make_delivery_notes_makes_none():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), submit=True)
	(pick,) = submitted_picks(order)

	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		dispatch_api.make_delivery_note(pick.name)


def test_a_stock_user_picks_and_dispatches_and_a_stranger_does_not_confirm():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), warehouse=warehouse), submit=True)

	with acting_as(make_user("Stock User")):
		(pick,) = submitted_picks(order)
		note = delivered(pick)

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		dispatch_api.confirm_delivery(note.name)
	assert status_of(order) == "Dispatched"


CREATE_PICK_LIST = "erpnext.selling.doctype.sales_order.sales_order.create_pick_list"


def test_erpnexts_own_pick_list_of_a_locked_order_holds_what_is_locked():
	place = make_warehouse()
	item = stocked(6, place)
	order = make_order(line(item, qty=10, warehouse=place), submit=True)

	pick = mapper.make_mapped_doc(CREATE_PICK_LIST, order.name).insert().reload().submit()
	delivered(pick)

	assert [(row.item_code, row.warehouse, row.qty) for row in pick.locations] == [(item, place, 6)]
	assert locked(order) == 0


def test_get_items_puts_two_locked_orders_of_a_warehouse_on_one_list():
	place = make_warehouse()
	item = stocked(6, place)
	orders = [make_order(line(item, qty=3, warehouse=place), submit=True) for _ in range(2)]
	target = frappe.get_doc({"doctype": "Pick List", "company": orders[0].company, "purpose": "Delivery"})

	names = frappe.as_json([order.name for order in orders])
	pick = mapper.map_docs(CREATE_PICK_LIST, names, target.as_json()).insert()

	assert [(row.sales_order, row.qty) for row in pick.locations] == [(order.name, 3) for order in orders]


def test_erpnexts_own_pick_list_of_an_order_without_locks_is_erpnexts(switches):
	switches(stock_lock=False, fulfilment=False)
	place = make_warehouse()
	item = stocked(6, place)
	order = make_order(line(item, qty=5, warehouse=place), submit=True)

	pick = mapper.make_mapped_doc(CREATE_PICK_LIST, order.name)

	assert [(row.item_code, row.qty) for row in pick.locations] == [(item, 5)]
