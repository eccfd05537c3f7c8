"""Batches and serial numbers lie in boxes as they were picked, and leave as they lie there."""

import pytest

import frappe

from sales_wh_flow.packing import api
from sales_wh_flow.packing.gate import check_packed
from tests import factories
from tests.delivery import delivery_world as delivery
from tests.packing.box_world import World, key


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


def serials_of(pick_list) -> list[str]:
	return [serial for row in pick_list.locations for serial in (row.serial_no or "").split()]


@pytest.fixture
def serial_world():
	return World(2, has_serial_no=1, serial_no_series=f"{frappe.generate_hash(length=6).upper()}-.####")


@pytest.fixture
def batch_world():
	return World(
		3,
		has_batch_no=1,
		create_new_batch=1,
		batch_number_series=f"{frappe.generate_hash(length=6).upper()}-.####",
	)


def test_each_serial_number_is_scanned_and_lies_in_one_box(serial_world):
	_order, pick_list = serial_world.picked_order()
	one, two = (api.open_box(key(), pick_list=pick_list.name)["name"] for _ in range(2))
	first, second = serials_of(pick_list)
	with pytest.raises(frappe.ValidationError, match="Scan one"):
		api.put_in(key(), one, serial_world.items[0], pick_list=pick_list.name)
	api.put_in(key(), one, first, pick_list=pick_list.name)
	with pytest.raises(frappe.ValidationError, match=one):
		api.put_in(key(), two, first, pick_list=pick_list.name)
	answer = api.put_in(key(), one, second, pick_list=pick_list.name)
	assert sorted(serial for it in answer["contents"] for serial in it["serial_nos"]) == sorted(
		[first, second]
	)


def test_a_serial_number_of_another_order_is_refused(serial_world):
	_order, mine = serial_world.picked_order()
	_other, others = serial_world.picked_order()
	box = api.open_box(key(), pick_list=mine.name)["name"]
	with pytest.raises(frappe.ValidationError, match="another order"):
		api.put_in(key(), box, serials_of(others)[0], pick_list=mine.name)


def test_a_serial_number_is_taken_out_by_its_name(serial_world):
	_order, pick_list = serial_world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	first, _second = serials_of(pick_list)
	row = api.put_in(key(), box, first, pick_list=pick_list.name)["contents"][0]["name"]
	with pytest.raises(frappe.ValidationError, match="does not hold"):
		api.take_out(key(), box, row, serial_no="nothing")
	assert api.take_out(key(), box, row, serial_no=first)["contents"] == []
	api.put_in(key(), box, first, pick_list=pick_list.name)


def test_the_picked_batch_goes_in_by_the_item_s_barcode(batch_world):
	_order, pick_list = batch_world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	answer = api.put_in(key(), box, batch_world.items[0], pick_list=pick_list.name, qty=3)
	assert answer["contents"][0]["batch_no"] == pick_list.locations[0].batch_no


def test_a_batch_that_was_not_picked_is_refused(batch_world):
	_order, pick_list = batch_world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	item = batch_world.items[0]
	factories.receive(item, 1, batch_world.place)
	other = frappe.get_all(
		"Batch", {"item": item, "name": ("!=", pick_list.locations[0].batch_no)}, pluck="name"
	)
	with pytest.raises(frappe.ValidationError, match="was not picked here"):
		api.put_in(key(), box, other[0], pick_list=pick_list.name)


@pytest.mark.unchecked
@pytest.mark.parametrize("bad", [{"expiry_date": "2020-01-01"}, {"swf_quality_hold": 1}])
def test_a_batch_that_may_not_leave_is_not_packed(batch_world, bad):
	_order, pick_list = batch_world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	batch = pick_list.locations[0].batch_no
	frappe.db.set_value("Batch", batch, bad)
	with pytest.raises(frappe.ValidationError, match="on quality hold"):
		api.put_in(key(), box, batch, pick_list=pick_list.name)


@pytest.mark.parametrize("world", ["serial_world", "batch_world"])
def test_the_note_of_the_boxes_sends_what_lies_in_them(world, request):
	world = request.getfixturevalue(world)
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	lot = (serials_of(pick_list) or [pick_list.locations[0].batch_no])[0]
	api.put_in(key(), box, lot, pick_list=pick_list.name)
	api.close_box(key(), box)

	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))
	assert [row.qty for row in note.items] == [1]
	note.submit()
	bundle = frappe.get_doc("Serial and Batch Bundle", note.items[0].serial_and_batch_bundle)
	assert lot in [it.serial_no or it.batch_no for it in bundle.entries]
	assert frappe.db.get_value("Order Box", box, "delivery_note") == note.name


def packed_note(world, *scans):
	"""(Pick List, box, draft note) of what was scanned, while some that was picked lies in no box."""
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for text in scans or serials_of(pick_list)[:1]:
		api.put_in(key(), box, text, pick_list=pick_list.name)
	api.close_box(key(), box)
	return pick_list, box, frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))


@pytest.mark.unchecked
@pytest.mark.parametrize("gate", ["Block", "Off"])
def test_another_serial_number_than_the_packed_one_does_not_leave_in_its_box(switches, serial_world, gate):
	switches(stock_lock=True, fulfilment=True, packing=gate)
	pick_list, box, note = packed_note(serial_world)
	packed, loose = serials_of(pick_list)
	note.items[0].update({"serial_and_batch_bundle": None, "use_serial_batch_fields": 1, "serial_no": loose})
	note.save()
	if gate == "Block":
		with pytest.raises(frappe.ValidationError, match=packed) as refused:
			note.submit()
		assert box in str(refused.value)
		return
	handover = delivery.begin(delivery.make_courier(), serial_world.place)
	delivery.scan(handover, box)
	(row,) = delivery.close(handover)["boxes"]
	assert (row["state"], packed in row["refusal"]) == ("Scanned", True)


def test_the_packed_serial_number_leaves(switches, serial_world):
	switches(stock_lock=True, fulfilment=True, packing="Block")
	_list, box, note = packed_note(serial_world)
	note.submit()
	assert frappe.db.get_value("Order Box", box, "delivery_note") == note.name


def test_a_finding_is_about_the_order_of_its_own_row(switches, serial_world):
	switches(stock_lock=True, fulfilment=True, packing="Shadow")
	boxes, packed = [], []
	for _time in range(2):
		order, pick_list = serial_world.picked_order()
		box = api.open_box(key(), pick_list=pick_list.name)["name"]
		api.put_in(key(), box, serials_of(pick_list)[0], pick_list=pick_list.name)
		api.close_box(key(), box)
		boxes.append(box)
		packed.append((order.name, serials_of(pick_list)))
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), boxes))
	order, (_packed, loose) = packed[1]
	(row,) = (it for it in note.items if it.against_sales_order == order)
	row.update({"serial_and_batch_bundle": None, "use_serial_batch_fields": 1, "serial_no": loose})
	note.save()
	check_packed(note)
	found = frappe.get_all("Gate Finding", {"document": note.name}, ["sales_order", "item_code"])
	assert [tuple(it.values()) for it in found] == [(order, serial_world.items[0])]


def cartons_of_three_batches():
	"""(world of one item, its Pick List): 2 cartons of 12, picked as pieces of three batches."""
	world = World()
	item = factories.make_item(
		has_batch_no=1,
		create_new_batch=1,
		batch_number_series=f"{frappe.generate_hash(length=6).upper()}-.####",
		uoms=[{"uom": "Box", "conversion_factor": 12}],
	)
	for qty in (4, 4, 16):
		factories.receive(item, qty, world.place)
	world.items, world.qtys = [item], (2,)
	_order, pick_list = world.picked_order(row={"uom": "Box", "conversion_factor": 12})
	assert [row.picked_qty for row in pick_list.locations] == [4, 4, 16]
	return world, pick_list


def box_of(pick_list, *scans: tuple[str, float]) -> str:
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for text, qty in scans:
		api.put_in(key(), box, text, pick_list=pick_list.name, qty=qty)
	api.close_box(key(), box)
	return box


def test_cartons_of_several_batches_leave_as_cartons_with_the_batches_of_their_box():
	world, pick_list = cartons_of_three_batches()
	first, second, third = [row.batch_no for row in pick_list.locations]
	boxes = box_of(pick_list, (third, 12)), box_of(pick_list, (first, 4), (second, 4), (third, 4))

	left = []
	for box in boxes:
		handover = delivery.begin(delivery.make_courier(), world.place)
		delivery.scan(handover, box)
		(row,) = delivery.close(handover)["boxes"]
		assert row["state"] == "Handed Over", row["refusal"]
		note = frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", box, "delivery_note"))
		(line,) = note.items
		bundle = frappe.get_doc("Serial and Batch Bundle", line.serial_and_batch_bundle)
		left.append((line.uom, line.qty, {it.batch_no: it.qty for it in bundle.entries}))

	assert left == [("Box", 1, {third: -12}), ("Box", 1, {first: -4, second: -4, third: -4})]


def test_pieces_that_make_no_whole_carton_wait_for_the_rest():
	_world, pick_list = cartons_of_three_batches()
	box = box_of(pick_list, (pick_list.locations[2].batch_no, 15))

	with pytest.raises(frappe.ValidationError, match="make no whole one"):
		api.make_delivery_note(key(), [box])


def test_a_bundle_leaves_with_the_serial_numbers_that_lie_in_its_box(serial_world):
	world = serial_world
	part = world.items[0]
	world.items, world.qtys = [factories.make_bundle({part: 2})], [2]
	_order, pick_list = world.picked_order()
	first, *_others, last = serials_of(pick_list)
	left = []
	for scans in ((last, first), serials_of(pick_list)[1:-1]):
		box = api.open_box(key(), pick_list=pick_list.name)["name"]
		for serial in scans:
			api.put_in(key(), box, serial, pick_list=pick_list.name)
		api.close_box(key(), box)
		note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))
		frappe.get_doc("Delivery Note", note.name).save()  # somebody looks at it and saves it again
		note.reload().submit()
		left.append(sorted(note.packed_items[0].serial_no.split()))
	assert left == [sorted([first, last]), sorted(serials_of(pick_list)[1:-1])]
	assert frappe.db.get_value("Pick List", pick_list.name, "status") == "Completed"
