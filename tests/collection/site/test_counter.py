"""Customers fetch their boxes at the counter: one call, and they have left and are proved."""

import pytest

import frappe

from sales_wh_flow.collection import api, waiting
from sales_wh_flow.milestones import customer_page
from sales_wh_flow.packing import api as packing
from tests import factories
from tests.delivery import delivery_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def counter():
	return world.make_courier(is_collection=1, collection_proof="Code or Signature")


@pytest.fixture
def waits(place, counter):
	"""Makes an order whose goods wait in boxes: (order, boxes)."""

	def make(count=1, **values):
		order, pick = world.picked_order(count, warehouse=place)
		parts = [{0: 1} for _ in range(count)]
		return order, world.boxes_of(pick, *parts, **{"courier": counter, **values})

	return make


def fetch(boxes, **values):
	return api.hand_out(world.key(), boxes, **{"receiver": "Ada", "signature": world.PNG, **values})


def test_boxes_that_are_fetched_leave_with_a_note_and_are_proved(waits):
	order, boxes = waits(2)
	done = fetch(boxes)
	note = frappe.get_doc("Delivery Note", done["document"])
	assert note.docstatus == 1 and note.swf_received_by == "Ada" and note.swf_delivered_on
	assert [world.state_of(box) for box in boxes] == ["Delivered"] * 2
	assert world.flow_status(order) == "Delivered"
	proof = frappe.get_doc("Delivery Proof", {"box": boxes[0]})
	assert (proof.receiver, proof.signature) == ("Ada", world.PNG)


def test_one_of_two_boxes_can_be_fetched_and_the_other_later(waits):
	order, (first, second) = waits(2)
	fetch([first])
	assert (world.state_of(second), world.flow_status(order)) == ("Closed", "Ready for Dispatch")
	fetch([second], receiver="Bea")
	assert world.flow_status(order) == "Delivered"


def test_a_second_tap_changes_nothing(waits):
	_order, boxes = waits()
	key = world.key()
	told = {"boxes": boxes, "receiver": "Ada", "signature": world.PNG}
	assert api.hand_out(key, **told) == api.hand_out(key, **told)
	assert frappe.db.count("Delivery Proof", {"box": boxes[0]}) == 1


def test_the_code_on_the_orders_page_is_enough(waits):
	order, boxes = waits()
	code = customer_page.order_for_customer(frappe.get_doc("Sales Order", order.name))["fetch_code"]
	assert code == waiting.customers_code(order.name) and len(code) == 6
	found = api.waiting_boxes(f"{code[:3]} {code[3:]}")
	assert [box["name"] for box in found[0]["boxes"]] == boxes
	fetch(boxes, code=code, signature="")
	assert customer_page.order_for_customer(order)["fetch_code"] == ""


@pytest.mark.parametrize(
	("told", "word"),
	[
		({"receiver": "  "}, "name of who fetches"),
		({"signature": "", "code": ""}, "six digits"),
		({"code": "000000"}, "not that of these orders"),
	],
)
def test_who_shows_nothing_gets_nothing(waits, told, word):
	order, boxes = waits()
	assert waiting.customers_code(order.name) != "000000"
	with pytest.raises(frappe.ValidationError, match=word):
		fetch(boxes, **told)
	assert world.state_of(boxes[0]) == "Closed"


def test_boxes_are_found_by_box_order_and_customer_and_what_is_missing_is_said(waits, place):
	order, boxes = waits(2)
	frappe.db.set_value("Order Box", boxes[1], "courier", None)
	for text in (boxes[0].lower(), order.name, order.customer_name[:8]):
		found = [it for it in api.waiting_boxes(text) if order.name in it["orders"]]
		assert [box["name"] for box in found[0]["boxes"]] == boxes[:1]
		assert found[0]["missing"] == [(boxes[1], "Closed")]
	assert api.waiting_boxes("nobody knows that") == []


def test_a_box_that_is_sent_on_hold_or_of_somebody_else_stays(waits):
	_order, sent = waits(courier=world.make_courier())
	with pytest.raises(frappe.ValidationError, match="is not fetched"):
		fetch(sent)
	order, held = waits()
	world.set_status(order, "On Hold")
	with pytest.raises(frappe.ValidationError, match="on hold"):
		fetch(held)
	_one, first = waits()
	_two, second = waits()
	with pytest.raises(frappe.ValidationError):
		fetch([*first, *second])
	with pytest.raises(frappe.ValidationError, match="no box"):
		fetch(["BOX-none"])
	with pytest.raises(frappe.ValidationError, match="Choose"):
		fetch([])
	assert world.state_of(first[0]) == world.state_of(held[0]) == "Closed"


def test_the_boxes_on_a_pallet_are_fetched_and_the_pallet_is_none_of_them(waits):
	order, boxes = waits(2)
	pallet = packing.stack_boxes(world.key(), boxes)["name"]
	packing.close_box(world.key(), pallet)
	(customer,) = api.waiting_boxes(order.name)
	assert sorted(row["name"] for row in customer["boxes"]) == sorted(boxes)
	fetch(boxes)


def test_what_was_fetched_is_not_fetched_again(waits):
	_order, boxes = waits()
	fetch(boxes)
	with pytest.raises(frappe.ValidationError, match="Delivered"):
		fetch(boxes)


def test_only_the_people_of_the_warehouse_see_and_hand_out(waits, place):
	_order, boxes = waits()
	for role in ("Sales User", "Delivery User", "Accounts User"):
		with factories.acting_as(factories.make_user(role)), pytest.raises(frappe.PermissionError):
			api.waiting_boxes()
	user = factories.make_user("Stock User")
	with factories.acting_as(user):
		assert any(it["warehouse"] == place for it in api.waiting_boxes(boxes[0]))
	limit = {"user": user, "allow": "Warehouse", "for_value": factories.make_warehouse()}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with factories.acting_as(user):
		assert not api.waiting_boxes(boxes[0])
		with pytest.raises(frappe.PermissionError):
			fetch(boxes)


def test_a_stock_user_alone_hands_out(waits):
	_order, boxes = waits()
	with factories.acting_as(factories.make_user("Stock User")):
		fetch(boxes)
	assert world.state_of(boxes[0]) == "Delivered"


def test_what_is_paid_at_the_counter_is_on_record_with_each_box(waits):
	order, boxes = waits(2, cod_amount=100)
	frappe.db.set_value("Sales Order", order.name, "swf_cod", 1)
	mode = api.modes_of_payment()[0]
	fetch(boxes, money={"amount": 150, "mode_of_payment": mode, "reason": "Pays the rest tomorrow"})
	taken = {box: frappe.db.get_value("Delivery Proof", {"box": box}, "money_taken") for box in boxes}
	assert taken == dict(zip(boxes, (100, 50), strict=True))
