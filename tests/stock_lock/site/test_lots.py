"""Batches and serial numbers under a lock: what is locked is what leaves, whichever the picker takes."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.audit import api as audit_api
from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from tests.factories import (
	acting_as,
	line,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
	unique,
)
from tests.stock_documents import delivery, subcontracting_receipt


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def make_batch(item, **values):
	doc = {"doctype": "Batch", "item": item, "batch_id": unique("B").replace(" ", "-"), **values}
	return frappe.get_doc(doc).insert().name


@pytest.fixture
def batches(warehouse):
	"""An item and two batches of it, ten of each on hand; the first one is locked first."""
	item = make_item(has_batch_no=1, create_new_batch=0)
	names = [make_batch(item) for _ in range(2)]
	for name in names:
		receive(item, 10, warehouse, batch_no=name, use_serial_batch_fields=1)
	return item, *names


@pytest.fixture
def serials(warehouse):
	"""An item and its four serial numbers; the first ones are locked first."""
	item = make_item(has_serial_no=1, serial_no_series=frappe.generate_hash(length=6) + ".####")
	receive(item, 4, warehouse)
	return item, frappe.get_all("Serial No", {"item_code": item}, pluck="name", order_by="name")


def note_for(order, submit=True, **values):
	"""The Delivery Note of an order's first row, with the batch or serial numbers somebody typed."""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	note = make_delivery_note(order.name)
	note.items[0].update({"use_serial_batch_fields": 1, **values})
	note.insert()
	return note.submit() if submit else note


def picked_note(order, **values):
	"""The draft note of an order's Pick List, in whose row somebody typed others."""
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	pick.locations[0].update(values)
	pick.save().submit()
	return frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name))


def held(order):
	"""{batch or serial number: what is locked of it for the order}"""
	rows = frappe.db.sql(
		"""select coalesce(sbe.serial_no, sbe.batch_no), sum(sbe.qty - sbe.delivered_qty)
		from `tabStock Reservation Entry` sre join `tabSerial and Batch Entry` sbe on sbe.parent = sre.name
		where sre.voucher_no = %s and sre.docstatus = 1 and sbe.qty > sbe.delivered_qty
			and sre.status not in ('Delivered', 'Cancelled') group by 1""",
		order.name,
	)
	return dict(rows)


def is_well(item):
	return not check.look(items=[item])


def test_a_lock_follows_to_the_batch_the_picker_takes(batches, warehouse):
	item, first, second = batches
	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)
	before = held(order)

	picked_note(order, batch_no=second).submit()

	assert before == {first: 6}
	assert held(order) == {}
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Dispatched"
	assert is_well(item)


def test_a_lock_follows_to_the_serial_numbers_the_picker_takes(serials, warehouse):
	item, numbers = serials
	order = make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	picked_note(order, serial_no=f"{numbers[0]}\n{numbers[3]}").submit()

	assert held(order) == {}
	assert frappe.db.get_value("Serial No", numbers[1], "warehouse") == warehouse
	assert is_well(item)


def test_what_a_part_of_another_batch_leaves_behind_stays_locked(batches, warehouse):
	item, first, second = batches
	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)

	note_for(order, qty=4, batch_no=second)

	assert held(order) == {first: 2}
	assert is_well(item)


def test_the_cancel_of_such_a_note_locks_what_came_back(batches, warehouse):
	item, first, second = batches
	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)
	note = note_for(order, qty=4, batch_no=second)

	frappe.get_doc("Delivery Note", note.name).cancel()

	assert held(order) == {first: 2, second: 4}
	assert is_well(item)


def test_part_of_a_typed_batch_is_delivered_and_the_rest_stays_locked(batches, warehouse):
	item, first, _second = batches
	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)

	note_for(order, qty=4, batch_no=first)

	assert held(order) == {first: 2}
	assert is_well(item)


def test_orders_that_share_a_batch_are_both_delivered_to_its_last_unit(batches, warehouse):
	item, first, _second = batches
	orders = [make_order(line(item, qty=qty), warehouse=warehouse, submit=True) for qty in (6, 4)]
	assert [held(order) for order in orders] == [{first: 6}, {first: 4}]

	for order in orders:
		note_for(order, batch_no=first)

	assert [held(order) for order in orders] == [{}, {}]
	assert is_well(item)


@pytest.mark.parametrize("what", ["batch", "serial number"])
def test_what_is_locked_for_another_order_is_refused_by_name(what, batches, serials, warehouse):
	if what == "batch":
		item, _first, second = batches
		typed = {"batch_no": second}
	else:
		item, numbers = serials
		typed = {"serial_no": "\n".join(numbers[2:])}
	order, other = (
		make_order(line(item, qty=10 if what == "batch" else 2), warehouse=warehouse, submit=True)
		for _ in range(2)
	)
	note = note_for(order, submit=False, qty=2, **typed)
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=other.name):
		note.submit()

	frappe.db.rollback(save_point="taken")
	assert sum(held(other).values()) == (10 if what == "batch" else 2)


def test_two_lines_may_swap_their_batches(batches, warehouse):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	item, first, second = batches
	order = make_order(line(item, qty=10), line(item, qty=10), warehouse=warehouse, submit=True)
	note = make_delivery_note(order.name)
	for row, batch in zip(note.items, (second, first), strict=True):
		row.update({"use_serial_batch_fields": 1, "batch_no": batch})

	note.insert().submit()

	assert held(order) == {}
	assert is_well(item)


def test_a_plain_note_takes_no_batch_that_is_locked(batches, warehouse, monkeypatch):
	"""The guard alone is asked: ERPNext 16 does not look at batches."""
	from erpnext.stock import stock_ledger

	item, first, _second = batches
	make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	monkeypatch.setattr(stock_ledger, "validate_reserved_batch_nos", lambda *args: None)
	note = delivery(item, 3, warehouse)
	note.items[0].update({"use_serial_batch_fields": 1, "batch_no": first})
	note.insert()
	frappe.db.savepoint("taken")

	with pytest.raises(StockIsLocked, match=first):
		note.submit()

	frappe.db.rollback(save_point="taken")


def test_a_note_that_takes_more_of_its_own_batch_than_there_is_reads_that(batches, warehouse):
	"""No other order holds it: whoever is named would be looked for in vain."""
	item, first, _second = batches
	order = make_order(line(item, qty=12), warehouse=warehouse, submit=True)
	frappe.db.savepoint("too_much")

	with pytest.raises(StockIsLocked, match=first) as refused:
		note_for(order, batch_no=first)

	frappe.db.rollback(save_point="too_much")
	assert order.name not in str(refused.value)


def test_a_plain_note_takes_no_serial_number_that_is_locked(serials, warehouse, monkeypatch):
	from erpnext.stock import stock_ledger

	item, numbers = serials
	make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	monkeypatch.setattr(stock_ledger, "validate_reserved_serial_nos", lambda *args: None)
	note = delivery(item, 1, warehouse)
	note.items[0].update({"use_serial_batch_fields": 1, "serial_no": numbers[0]})
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError, match=numbers[0]):
		note.insert().submit()

	frappe.db.rollback(save_point="taken")


@pytest.mark.parametrize("where", ["there", "elsewhere"])
def test_a_locked_serial_number_is_not_received_a_second_time(serials, warehouse, where):
	"""ERPNext refuses what is available already, and takes reserved ones for not available."""
	item, numbers = serials
	order = make_order(line(item, qty=2), warehouse=warehouse, submit=True)
	place = warehouse if where == "there" else make_warehouse()
	frappe.db.savepoint("received")

	with pytest.raises(frappe.ValidationError, match=numbers[0]) as refused:
		receive(item, 1, place, serial_no=numbers[0], use_serial_batch_fields=1)

	assert order.name in str(refused.value)
	frappe.db.rollback(save_point="received")
	assert not check.look(items=[item])


def test_the_repair_gives_back_what_a_lock_holds_too_much(batches, warehouse, committed):
	item, _first, _second = batches
	order = make_order(line(item, qty=6), warehouse=warehouse, submit=True)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivered_qty", 4)
	found = [it.code for it in check.look(items=[item])]
	committed()

	said = audit_api.mend_locks()

	assert "line_does_not_add_up" in found
	assert any(order.name in sentence for sentence in said["mended"])
	assert sum(held(order).values()) == 2
	assert is_well(item)


@pytest.mark.parametrize("kept_by", ["batch", "serial number"])
def test_who_types_less_over_a_picked_note_sends_less_and_the_rest_stays_locked(
	kept_by, batches, serials, warehouse
):
	item, all_of_it, sent = (batches[0], 10, 7) if kept_by == "batch" else (serials[0], 4, 3)
	order = make_order(line(item, qty=all_of_it), warehouse=warehouse, submit=True)
	note = picked_note(order)

	note.items[0].qty = sent
	note.save()
	note.submit()

	assert sum(held(order).values()) == all_of_it - sent
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Ready for Dispatch"
	assert is_well(item)


def entries(order):
	"""[(status, reserved, delivered)] of an order's reservations, the oldest first"""
	return [
		(row.status, row.reserved_qty, row.delivered_qty)
		for row in frappe.get_all(
			"Stock Reservation Entry",
			{"voucher_no": order.name, "docstatus": 1},
			["status", "reserved_qty", "delivered_qty"],
			order_by="name",
		)
	]


def test_the_serial_numbers_of_a_line_are_one_reservation(serials, warehouse):
	item, _numbers = serials
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	assert entries(order) == [("Reserved", 4, 0)]


def test_serial_numbers_that_leave_are_split_off_and_come_back_with_a_cancel(serials, warehouse):
	item, numbers = serials
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	note = note_for(order, qty=3, serial_no="\n".join(numbers[1:]))
	left = entries(order), held(order)
	is_well_then = is_well(item)
	note.cancel()

	assert left == ([("Partially Reserved", 1, 0), ("Delivered", 3, 3)], {numbers[0]: 1})
	assert is_well_then
	assert held(order) == dict.fromkeys(numbers, 1)
	assert is_well(item)


def test_a_note_that_names_too_few_serial_numbers_takes_the_rest_from_its_lock(serials, warehouse):
	"""ERPNext 15 names by itself what is free beside the lock, also where that is not enough."""
	item, numbers = serials
	order = make_order(line(item, qty=3), warehouse=warehouse, submit=True)

	note = note_for(order, submit=False, serial_no=numbers[3])
	named = note.items[0].serial_no
	note.submit()

	assert named == numbers[3]
	left = frappe.get_all("Serial No", {"item_code": item, "warehouse": warehouse}, pluck="name")
	assert left == [numbers[2]]
	assert held(order) == {}
	assert is_well(item)


def test_a_line_of_serial_numbers_leaves_in_two_notes(serials, warehouse):
	item, numbers = serials
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	note_for(order, qty=1, serial_no=numbers[2])
	second = note_for(order, qty=3, serial_no="\n".join([*numbers[:2], numbers[3]]))

	assert held(order) == {}
	assert is_well(item)
	second.cancel()
	assert held(order) == dict.fromkeys([*numbers[:2], numbers[3]], 1)
	assert is_well(item)


def test_erpnexts_note_for_reserved_stock_has_one_row_for_serial_numbers_and_comes_back(serials, warehouse):
	item, numbers = serials
	order = make_order(line(item, qty=4), warehouse=warehouse, submit=True)

	note = dispatch_api.make_delivery_note_of_order(order.name, kwargs={"for_reserved_stock": 1}).insert()
	note.submit()

	assert [row.qty for row in note.items] == [4]
	assert held(order) == {}
	assert is_well(item)
	make_return_doc("Delivery Note", note.name).insert().submit()
	there = frappe.get_all("Serial No", {"item_code": item, "warehouse": warehouse}, pluck="name")
	assert sorted(there) == sorted(numbers)
	assert is_well(item)


def test_a_seller_takes_no_batch_out_of_a_lock(batches, warehouse):
	item, _first, _second = batches
	order = make_order(line(item, qty=15), warehouse=warehouse, submit=True)
	before = held(order)
	lock = frappe.get_last_doc("Stock Reservation Entry", {"voucher_no": order.name})
	assert len(lock.sb_entries) == 2

	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError, match="takes the role"):
		lock.set("sb_entries", lock.sb_entries[:1])
		lock.save()

	assert held(order) == before


def test_a_supplier_uses_up_no_batch_that_is_locked_for_an_order(batches, warehouse):
	item, first, _second = batches
	make_order(line(item, qty=10), warehouse=warehouse, submit=True)
	receipt = subcontracting_receipt(item, 3, warehouse).insert()
	receipt.supplied_items[0].update({"use_serial_batch_fields": 1, "batch_no": first})
	receipt.save()
	frappe.db.savepoint("used_up")

	with pytest.raises(
		frappe.ValidationError, match=rf"locked|Batch {first}.* needed in"
	):  # 15 says so itself
		receipt.submit()

	frappe.db.rollback(save_point="used_up")
