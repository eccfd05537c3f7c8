"""Dispatched is what was handed over."""

import pytest

from sales_wh_flow.audit.rules.handover_invariants import (
	HandedOverGoods,
	HandoverEvidence,
	LeftBox,
	ManifestRow,
	judge_handovers,
)


def codes(**evidence):
	return [finding.code for finding in judge_handovers(HandoverEvidence(**evidence))]


@pytest.mark.parametrize(
	("docstatus", "expected"), [(1, []), (0, ["left_without_note"]), (2, ["left_without_note"])]
)
def test_a_box_that_has_left_is_on_a_submitted_note(docstatus, expected):
	assert codes(left=(LeftBox("BOX-1", "Handed Over", docstatus),)) == expected


def test_a_box_that_has_left_without_any_note_is_found():
	assert codes(left=(LeftBox("BOX-1", "Delivered", None),)) == ["left_without_note"]


@pytest.mark.parametrize(
	("state", "handover", "expected"),
	[
		("Delivered", "HO-1", []),
		("Closed", "HO-1", ["handed_over_but_here"]),
		("Delivered", "HO-2", ["handed_over_but_here"]),
	],
)
def test_a_manifest_names_no_box_that_is_still_here(state, handover, expected):
	assert codes(manifest=(ManifestRow("HO-1", "BOX-1", state, handover),)) == expected


@pytest.mark.parametrize(
	("boxed", "expected"), [(3.0, []), (2.0, ["dispatched_differs"]), (0.0, ["dispatched_differs"])]
)
def test_a_note_of_a_hand_over_says_what_its_boxes_hold(boxed, expected):
	assert codes(goods=(HandedOverGoods("DN-1", "SO-1", "row", "ITEM", 3.0, boxed),)) == expected
