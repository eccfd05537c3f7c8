"""Phones at one packing table, as processes of their own: nothing is packed twice, and nothing is lost."""

import pytest

import frappe

from sales_wh_flow.packing import api
from tests import factories
from tests.packing.box_world import World, key, left_of
from tests.packing.race import phones
from tests.racing import world as racing
from tests.racing.harness import call, call_of
from tests.racing.world import all_done


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def world(site):
	return World(6, 1, place=racing.warehouse())


def picked(world, boxes: int = 1):
	"""(Pick List, its open boxes), committed."""
	_order, pick_list = world.picked_order()
	frappe.db.commit()
	found = [api.open_box(key(), pick_list=pick_list.name)["name"] for _ in range(boxes)]
	frappe.db.commit()
	return pick_list, found


def in_boxes(*boxes: str) -> float:
	frappe.db.rollback()
	rows = frappe.get_all("Order Box Item", {"parent": ("in", boxes)}, pluck="qty_stock")
	return sum(rows)


def keys(count: int) -> list[str]:
	return [key() for _ in range(count)]


@pytest.mark.parametrize("boxes", [1, 2], ids=["one box", "two boxes"])
def test_two_phones_pack_no_more_than_was_picked(world, race, round, boxes):
	pick_list, found = picked(world, boxes)
	item = world.items[0]
	outcomes = race(
		*(call_of(phones.put_in, box, pick_list.name, item, keys(4)) for box in (found[0], found[-1]))
	)
	all_done(outcomes)
	assert sum(it.result for it in outcomes) == 6
	assert in_boxes(*found) == 6
	assert left_of(world, pick_list) == [0, 1]


def test_a_scan_that_is_sent_again_meanwhile_counts_once(world, race, round):
	pick_list, (box,) = picked(world)
	same = keys(3)
	outcomes = race(*(call_of(phones.put_in, box, pick_list.name, world.items[0], same) for _ in range(2)))
	all_done(outcomes)
	assert in_boxes(box) == 3


def test_what_is_scanned_while_the_box_closes_is_in_it_or_refused(world, race, round):
	pick_list, (box,) = picked(world)
	api.put_in(key(), box, world.items[1], pick_list=pick_list.name)
	frappe.db.commit()
	put, closed = race(
		call_of(phones.put_in, box, pick_list.name, world.items[0], keys(4), start_within_s=0.05),
		call_of(phones.close, box, key(), start_within_s=0.1),
	)
	all_done([put, closed])
	assert closed.result
	assert in_boxes(box) == 1 + put.result
	assert frappe.db.get_value("Order Box", box, "expected_kg") == pytest.approx(0.5 * (1 + put.result))


def test_what_is_scanned_while_the_box_is_cancelled_is_left_to_pack(world, race, round):
	pick_list, (box,) = picked(world)
	put, cancelled = race(
		call_of(phones.put_in, box, pick_list.name, world.items[0], keys(4), start_within_s=0.05),
		call_of(phones.cancel, box, key(), start_within_s=0.1),
	)
	all_done([put, cancelled])
	frappe.db.rollback()
	assert left_of(world, pick_list) == [6, 1]


def test_a_note_that_leaves_while_somebody_packs_takes_nothing_twice(world, race, round):
	from sales_wh_flow.dispatch import deliver

	pick_list, (box,) = picked(world)
	note = deliver.make_delivery_note(frappe.get_doc("Pick List", pick_list.name))
	frappe.db.commit()
	put, gone = race(
		call_of(phones.put_in, box, pick_list.name, world.items[0], keys(3), start_within_s=0.2),
		call_of(phones.submit_note, note, start_within_s=0.05),
	)
	all_done([put])
	frappe.db.rollback()
	left = 0 if gone.is_done else 6 - put.result
	assert left_of(world, pick_list)[0] == left
	assert gone.is_done or box in gone.text


def test_no_two_boxes_get_one_sscc(world, race, round):
	settings = frappe.get_doc("Sales Flow Settings")
	company = frappe.get_cached_value("Warehouse", world.place, "company")
	settings.set("packing_companies", [{"company": company, "gate": "Off", "gs1_prefix": "4012345"}])
	settings.save()
	pick_list, _boxes = picked(world)
	outcomes = race(
		*(call_of(phones.open_and_close, pick_list.name, world.items[0], keys(3)) for _ in range(3))
	)
	all_done(outcomes)
	assert len({it.result for it in outcomes}) == 3 and all(it.result for it in outcomes)


def test_a_list_of_which_several_make_the_note_at_once_has_one_draft(world, race):
	pick_list, _boxes = picked(world)
	outcomes = race(*(call_of(phones.make_note, pick_list.name) for _ in range(3)))
	all_done(outcomes)
	assert len({it.result for it in outcomes}) == 1


def test_two_phones_that_pack_all_in_one_box_make_one_box(world, race, round):
	order, pick_list = world.picked_order()
	frappe.db.commit()
	outcomes = race(*(call_of(phones.pack_all, pick_list.name, order.name, key(), 7) for _ in range(2)))
	all_done(outcomes)
	(box,) = [it.result for it in outcomes if it.result]
	assert in_boxes(box) == 7
	assert left_of(world, pick_list) == [0, 0]


def test_two_boxes_of_one_orders_bundles_leave_at_once_with_their_own_numbers(race, round):
	part = racing.stocked_serial_item(4)
	world = World(place=racing.warehouse())
	world.items, world.qtys = [factories.make_bundle({part: 2})], [2]
	pick_list, found = picked(world, boxes=2)
	numbers = pick_list.locations[0].serial_no.split()
	notes = []
	for box, mine in zip(found, (numbers[2:], numbers[:2]), strict=True):
		for serial in mine:
			api.put_in(key(), box, serial, pick_list=pick_list.name)
		api.close_box(key(), box)
		notes.append(api.make_delivery_note(key(), [box]))
		frappe.db.commit()

	all_done(race(*(call("submit_in_form", "Delivery Note", note, start_within_s=0.05) for note in notes)))

	frappe.db.rollback()
	left = {
		frozenset(frappe.db.get_value("Packed Item", {"parent": note}, "serial_no").split()) for note in notes
	}
	assert left == {frozenset(numbers[2:]), frozenset(numbers[:2])}
	assert frappe.db.get_value("Pick List", pick_list.name, "status") == "Completed"
