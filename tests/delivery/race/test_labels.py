"""A label is paid for once and leaves with its box; the counter and a hand-over never both have a box."""

import time

import pytest

import frappe

from sales_wh_flow.couriers import jobs, settle_labels
from tests.couriers import couriers_world
from tests.couriers.asked_labels import bridge, label_answer
from tests.delivery import delivery_world as made
from tests.delivery.race import acting
from tests.racing import world
from tests.racing.harness import Call, call_of

SLOW_S = 0.3
"""What the courier takes to answer."""


@pytest.fixture(scope="module")
def maker(site, switches):
	"""The program that makes labels, and the courier that it is of: (server, courier)."""
	switches(stock_lock=True, fulfilment=True, private_webhooks=1)
	gate = {"address_title": "Gate", "address_type": "Warehouse", "address_line1": "Gate 1", "city": "B"}
	links = [{"link_doctype": "Warehouse", "link_name": world.warehouse()}]
	frappe.get_doc({"doctype": "Address", **gate, "country": "Germany", "links": links}).insert()
	with bridge() as server:
		courier = couriers_world.make_courier(label_url=server.url, label_kind="ZPL")
		frappe.db.commit()
		yield server, courier


@pytest.fixture
def asked(maker):
	"""(what the courier is asked, its name); each label has a number of its own."""
	server, courier = maker
	server.asked.clear()

	def answer(body):
		time.sleep(SLOW_S)
		number = f"ND{frappe.generate_hash(length=10)}".upper()
		numbers = server.__dict__.setdefault("numbers", {})
		number = numbers.setdefault(body["data"].get("key"), number)
		server.answers["label.create"] = (200, label_answer(number))

	server.answers["label.cancel"] = (200, b'{"cancelled": true}')
	server.before = answer
	return server, courier


def waiting_box(courier):
	_order, pick = made.picked_order(1, warehouse=world.warehouse(), ship_to=True)
	(box,) = made.boxes_of(pick, courier=courier)
	frappe.db.commit()
	return box


def on_box(box):
	frappe.db.rollback()
	fields = ["state", "handover", "label_ref", "label_made_on"]
	return frappe.db.get_value("Order Box", box, fields, as_dict=True)


def labels_of(box):
	return frappe.get_all("Courier Label", {"box": box}, pluck="state")


def test_get_label_pressed_twice_at_once_buys_one(race, round, asked):
	server, courier = asked
	box = waiting_box(courier)

	outcomes = race(*(call_of(acting.get_label, box) for _press in range(2)))

	assert any(it.is_done for it in outcomes), outcomes
	assert all(it.is_done or "being asked for" in it.text for it in outcomes), outcomes
	assert len({headers["webhook-id"] for headers, _body, _raw in server.asked}) == 1
	assert (bool(on_box(box).label_made_on), labels_of(box)) == (True, ["On Box"])


def test_a_worker_that_dies_while_the_courier_answers_loses_no_label(race, round, asked, monkeypatch):
	server, courier = asked
	box = waiting_box(courier)

	race(Call(f"{acting.__name__}:get_label", (box,), killed_within_s=2 * SLOW_S))

	monkeypatch.setattr(settle_labels, "WAITS", -settle_labels.WAITS)
	frappe.db.rollback()
	jobs.settle_labels()
	if server.asked:
		assert len({headers["webhook-id"] for headers, _body, _raw in server.asked}) == 1
		assert (bool(on_box(box).label_made_on), labels_of(box)) == (True, ["On Box"])


def test_a_box_leaves_under_no_label_that_is_given_back_meanwhile(race, round, asked):
	_server, courier = asked
	box = waiting_box(courier)
	couriers_label = acting.couriers.make_courier_label(box)["label_ref"]
	handover = made.begun(courier, world.warehouse(), driver=made.make_driver())
	frappe.db.commit()

	_scanned, voided = race(
		call_of(acting.scan, handover, box, start_within_s=SLOW_S), call_of(acting.void_label, box)
	)

	there = on_box(box)
	if there.label_made_on:
		assert (there.label_ref, labels_of(box)) == (couriers_label, ["On Box"])
	else:
		assert (voided.is_done, labels_of(box)) == (True, ["Given Back"])


def test_the_counter_and_a_hand_over_never_both_have_a_box(race, round, maker):
	counter = made.make_courier(is_collection=1)
	box = waiting_box(counter)
	handover = made.begun(counter, world.warehouse(), driver=made.make_driver())
	frappe.db.commit()

	outcomes = race(call_of(acting.fetch, box), call_of(acting.scan, handover, box))

	assert sorted(it.is_done for it in outcomes) == [False, True], [it.text for it in outcomes]
	there = on_box(box)
	assert (there.state == "Delivered") != bool(there.handover)
