"""One place writes what becomes of a box, and why."""

import pytest

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store.boxes import hold_boxes


def new_box(state=states.OPEN) -> str:
	box = frappe.get_doc({"doctype": "Order Box", "state": state})
	records.save(box)
	return box.name


def told(box: str) -> list[str]:
	return frappe.get_all("Box Event", {"box": box}, pluck="state")


def test_a_box_gets_its_state_with_an_event():
	box = new_box()
	change_state([*hold_boxes([box]).values()], states.CLOSED, weighed_kg=2.5)
	assert frappe.db.get_value("Order Box", box, ["state", "weighed_kg"]) == (states.CLOSED, 2.5)
	assert told(box) == [states.CLOSED]


def test_one_box_that_may_not_keeps_all_from_changing():
	fit, unfit = new_box(states.CLOSED), new_box(states.OPEN)
	with pytest.raises(frappe.ValidationError, match=unfit):
		change_state([*hold_boxes([fit, unfit]).values()], states.HANDED_OVER)
	assert not (told(fit) or told(unfit))


def test_a_sentence_is_no_note():
	box = new_box()
	with pytest.raises(TypeError):
		change_state([*hold_boxes([box]).values()], states.CLOSED, note="It was closed")


def test_nobody_writes_a_box_by_hand():
	box = frappe.get_doc("Order Box", new_box())
	box.state = states.DELIVERED
	with pytest.raises(frappe.PermissionError, match="part of the record"):
		box.save()
