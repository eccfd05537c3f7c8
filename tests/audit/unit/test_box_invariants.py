"""What must be true of boxes."""

from sales_wh_flow.audit.rules.box_invariants import (
	BoxedSerials,
	BoxesEvidence,
	BoxStateEvidence,
	PackedEvidence,
	judge_boxed_serials,
	judge_boxes,
)


def codes(**evidence):
	return [(it.code, it.found, it.expected) for it in judge_boxes(BoxesEvidence(**evidence))]


def packed(picked=4, in_boxes=3, counted=3):
	return PackedEvidence("SO-1", "ROW", "NAIL", picked, in_boxes, counted)


def test_boxes_that_hold_what_was_picked_are_well():
	assert codes(packed=(packed(), packed(picked=3))) == []


def test_more_in_boxes_than_was_picked_is_found():
	assert codes(packed=(packed(picked=2),)) == [("packed_too_much", 3, 2)]


def test_a_count_that_says_otherwise_is_found():
	assert codes(packed=(packed(counted=2),)) == [("packed_count_differs", 2, 3)]


def test_a_serial_number_in_two_boxes_is_found():
	one, two = (BoxedSerials(box, "SO-1", "SAW", ("A", box)) for box in ("BOX-1", "BOX-2"))
	found = [(it.code, it.found) for it in judge_boxed_serials((one, two))]
	assert found == [("serial_in_two_boxes", "BOX-1, BOX-2")]


def test_a_box_that_is_not_where_its_events_say_is_found():
	assert codes(states=(BoxStateEvidence("BOX-1", "Closed", "Open"),)) == [
		("box_state_differs", "Closed", "Open")
	]
