"""Two phones on one box, Close pressed twice, a worker that dies in the middle: nothing lost or doubled."""

import random

import pytest

import frappe

from sales_wh_flow.delivery import api, jobs
from tests.delivery import delivery_world as made
from tests.delivery.race import acting
from tests.racing import world
from tests.racing.harness import Call, call_of


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture(scope="module")
def courier(site):
	name = made.make_courier()
	frappe.db.commit()
	return name


def packed(*counts: int):
	"""([order], [box]): an order for each count, so many boxes of each."""
	orders, boxes = [], []
	for count in counts:
		order, pick = made.picked_order(count, warehouse=world.warehouse())
		orders.append(order.name)
		boxes += made.boxes_of(pick, *({0: 1} for _ in range(count)))
	frappe.db.commit()
	return orders, boxes


def handover(courier: str, *boxes: str) -> str:
	"""An open hand-over of its own, with a driver that no other one has."""
	name = made.begun(courier, world.warehouse(), driver=made.make_driver())
	for box in boxes:
		made.scan(name, box)
	frappe.db.commit()
	return name


def notes_of(orders):
	frappe.db.rollback()
	rows = frappe.get_all(
		"Delivery Note Item",
		{"against_sales_order": ("in", orders), "docstatus": ("<", 2)},
		["against_sales_order", "parent", "docstatus", "qty"],
	)
	return sorted((row.against_sales_order, row.docstatus, row.qty) for row in rows)


def states(boxes):
	frappe.db.rollback()
	return {made.state_of(box) for box in boxes}


def test_two_phones_scan_one_box_into_two_hand_overs_and_one_gets_it(race, round, courier):
	_orders, (box,) = packed(1)
	first, second = handover(courier), handover(courier)

	outcomes = race(call_of(acting.scan, first, box), call_of(acting.scan, second, box))

	assert sorted(it.is_done for it in outcomes) == [False, True]
	assert all(it.is_done or "Take it out there first" in it.text for it in outcomes), outcomes
	frappe.db.rollback()
	rows = frappe.get_all("Courier Handover Box", {"box": box}, ["parent", "state"])
	assert [(row.parent, row.state) for row in rows] == [
		(frappe.db.get_value("Order Box", box, "handover"), "Scanned")
	]


def test_one_box_scanned_by_two_phones_into_one_hand_over_lies_there_once(race, round, courier):
	_orders, (box,) = packed(1)
	name, key = handover(courier), made.key()

	outcomes = race(
		call_of(acting.scan, name, box),
		call_of(acting.scan_with_key, name, box, key),
		call_of(acting.scan_with_key, name, box, key),
	)

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.count("Courier Handover Box", {"box": box}) == 1


def test_many_phones_lose_and_double_no_scan(race, courier):
	_orders, boxes = packed(12)
	name = handover(courier)
	shares = [boxes[:8], boxes[4:], random.sample(boxes, len(boxes))]

	outcomes = race(*(call_of(acting.scan_all, name, share) for share in shares))

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	assert sorted(row["box"] for row in api.handover_boxes(name)["boxes"]) == sorted(boxes)


def test_a_hand_over_is_begun_once_by_two(race, round):
	own = made.make_courier()
	frappe.db.commit()

	outcomes = race(*(call_of(acting.begin, own, world.warehouse()) for _ in range(3)))

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert len({it.result for it in outcomes}) == 1


def test_close_pressed_twice_and_done_by_two_workers_makes_each_note_once(race, round, courier):
	orders, boxes = packed(2, 1, 1)
	name = handover(courier, *boxes)

	presses = race(call_of(acting.press_close, name), call_of(acting.press_close, name))
	workers = race(call_of(acting.close, name), call_of(acting.close, name))

	assert [it.result for it in presses] == ["Closing", "Closing"], [it.text for it in presses]
	assert all(it.is_done for it in workers), [it.text for it in workers]
	jobs.close_handover(name)
	assert notes_of(orders) == sorted([(orders[0], 1, 2), (orders[1], 1, 1), (orders[2], 1, 1)])
	assert states(boxes) == {"Handed Over"}
	assert frappe.db.get_value("Courier Handover", name, "state") == "Closed"


def test_a_worker_that_is_killed_in_the_middle_of_closing_leaves_nothing_half_done(race, round, courier):
	orders, boxes = packed(1, 2, 1, 1)
	name = handover(courier, *boxes)
	made.api.close_handover(name, made.key())
	frappe.db.commit()

	race(Call(f"{acting.__name__}:close", (name,), killed_within_s=2.5))

	for order in orders:
		rows = {"parent": ("in", boxes), "sales_order": order}
		mine = frappe.get_all("Order Box Item", rows, pluck="parent")
		assert len(states(mine)) == 1, "an order left in part"
		assert bool(notes_of([order])) == (states(mine) == {"Handed Over"})
	owed = frappe.db.get_value("Owed Work", f"handover-{name}", "method")
	assert owed == "sales_wh_flow.delivery.jobs.close_handover", "nobody would go on"
	jobs.close_handover(name)
	assert [(order, docstatus) for order, docstatus, _qty in notes_of(orders)] == [
		(order, 1) for order in sorted(orders)
	]
	assert states(boxes) == {"Handed Over"}
	assert frappe.db.get_value("Courier Handover", name, "state") == "Closed"


def test_a_box_is_taken_out_or_leaves_but_not_both(race, round, courier):
	orders, boxes = packed(2)
	name = handover(courier, *boxes)
	made.api.close_handover(name, made.key())
	frappe.db.commit()

	outcomes = race(call_of(acting.take_out, name, boxes[0]), call_of(acting.close, name))

	assert not outcomes[0].is_done and "boxes go into an open one" in outcomes[0].text
	assert outcomes[1].is_done, outcomes[1].text
	assert states(boxes) == {"Handed Over"}
	assert notes_of(orders) == [(orders[0], 1, 2)]


def test_two_drivers_answer_one_box_and_one_proof_holds(race, round, courier):
	_orders, (box,) = packed(1)
	made.close(handover(courier, box))
	frappe.db.commit()

	outcomes = race(call_of(acting.prove, box), call_of(acting.refuse, box))

	assert sorted(it.is_done for it in outcomes) == [False, True], [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.count("Delivery Proof", {"box": box, "replaced_by": ("is", "not set")}) == 1


def test_all_boxes_of_a_note_accepted_at_once_deliver_it(race, round, courier):
	(order,), boxes = packed(3)
	made.close(handover(courier, *boxes))
	frappe.db.commit()

	outcomes = race(*(call_of(acting.prove, box) for box in boxes))

	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "swf_flow_status") == "Delivered"


def test_one_proof_is_corrected_once_by_two(race, round, courier):
	_orders, (box,) = packed(1)
	made.close(handover(courier, box))
	proof = made.prove(box)["proof"]
	frappe.db.commit()

	outcomes = race(call_of(acting.correct, proof), call_of(acting.correct, proof))

	assert sorted(it.is_done for it in outcomes) == [False, True], [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.count("Delivery Proof", {"box": box}) == 2
