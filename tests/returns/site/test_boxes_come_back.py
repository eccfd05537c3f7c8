"""The life of a box ends when its goods are back, and what has not left for good can be undone."""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.store.boxes import hold_boxes
from sales_wh_flow.returns import api
from tests import factories as make
from tests.delivery import delivery_world as boxes
from tests.packing.box_world import events_of
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def sent(place):
	"""(note, two boxes of five) that have left."""
	_order, pick = boxes.picked_order(10, warehouse=place)
	made = boxes.boxes_of(pick, {0: 5}, {0: 5})
	boxes.handed_over(*made)
	return note_of(made[0]), made


def note_of(box):
	return frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", box, "delivery_note"))


def case_of(box):
	return frappe.get_doc("Return Case", {"box": box, "state": ("!=", "Cancelled")})


def received(case):
	for row in case.rows:
		row.received_qty = row.expected_qty
	return world.decided(case)


def told(box, state):
	change_state([*hold_boxes([box]).values()], state)


def states(made):
	return [boxes.state_of(box) for box in made]


def is_received(note) -> bool:
	"""Whether the customer has what he will get of it, and its order says so."""
	day = note.reload().swf_delivered_on
	about = {"delivery_note": note.name, "state": ("!=", "Returned")}
	assert not day or day == max(frappe.get_all("Order Box", about, pluck="delivered_on"))
	order = note.items[0].against_sales_order
	is_over = frappe.db.get_value("Sales Order", order, "swf_flow_status") in ("Delivered", "Completed")
	assert is_over == bool(day)
	return bool(day)


def test_a_refused_box_is_returned_when_its_case_is_posted_and_refused_again_when_that_is_undone(sent, place):
	note, (kept, refused) = sent
	boxes.prove(kept)
	boxes.prove(refused, "refuse", reason="Damaged")
	case = received(case_of(refused))
	api.post_return(case.name)
	assert states([kept, refused]) == ["Delivered", "Returned"]
	assert is_received(note), "nothing of it is under way any more"
	back = case.reload().rows[0].return_note
	assert events_of(refused)[-1].note and back in events_of(refused)[-1].note
	frappe.get_doc("Delivery Note", back).cancel()
	assert (states([kept, refused]), is_received(note)) == (["Delivered", "Refused"], False)
	api.post_return(received(case.reload()).name)
	assert states([kept, refused]) == ["Delivered", "Returned"]
	assert not check.look(orders=[case.rows[0].sales_order])


def test_a_note_of_which_a_part_was_refused_is_received_once_that_is_back(sent):
	note, (kept, other) = sent
	boxes.prove(kept)
	part = {"row": boxes.row_of(other), "refused_qty": 1, "reason": "Damaged"}
	boxes.prove(other, "part", rows=[part])
	with pytest.raises(frappe.ValidationError, match=other):
		deliver.confirm_delivery(note)
	case = received(case_of(other))
	api.post_return(case.name)
	assert (states([kept, other]), is_received(note)) == (["Delivered", "Partly Accepted"], True)
	frappe.get_doc("Delivery Note", case.reload().rows[0].return_note).cancel()
	assert (states([kept, other]), is_received(note)) == (["Delivered", "Partly Accepted"], False)


def test_a_case_posted_as_a_draft_leaves_its_box_until_the_return_is_submitted(sent, switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Draft")
	_note, (_kept, refused) = sent
	boxes.prove(refused, "refuse", reason="Damaged")
	case = received(case_of(refused))
	api.post_return(case.name)
	assert boxes.state_of(refused) == "Refused"
	frappe.get_doc("Delivery Note", case.reload().rows[0].return_note).submit()
	assert boxes.state_of(refused) == "Returned"


@pytest.mark.parametrize("state", ["Returning", "Lost"])
def test_a_box_that_nobody_took_is_returned_by_whatever_takes_its_goods_back(sent, state):
	note, (kept, other) = sent
	boxes.prove(kept)
	told(other, state)
	world.returned(note, 5)
	assert states([kept, other]) == ["Delivered", "Returned"]


@pytest.mark.parametrize("state", ["Returning", "Refused"])
def test_the_note_of_a_box_that_comes_back_as_it_left_is_cancelled_and_the_box_stands_here(sent, state):
	note, made = sent
	told(made[0], state)
	note.cancel()
	assert states(made) == ["Closed", "Closed"]
	assert not frappe.db.get_value("Order Box", made[0], "delivery_note")


def test_the_note_of_a_lost_box_is_not_cancelled_and_says_what_to_do_instead(sent):
	note, (lost, _other) = sent
	told(lost, "Lost")
	with pytest.raises(frappe.ValidationError, match="return") as refused:
		note.cancel()
	assert lost in str(refused.value) and "Lost" in str(refused.value)


def test_the_goods_of_a_lost_parcel_are_sent_again_once(sent):
	_note, (lost, _other) = sent
	told(lost, "Lost")
	case = api.send_parcel_again(lost)
	assert api.send_parcel_again(lost) == case
	rows = frappe.get_doc("Return Case", case).rows
	assert [(row.expected_qty, row.received_qty, row.remedy) for row in rows] == [(5, 0, "Replace")]
	with make.acting_as(make.make_user("Accounts User")), pytest.raises(frappe.PermissionError):
		api.send_parcel_again(lost)
