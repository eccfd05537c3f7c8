"""What was paid for is on a box, was given back, or is named."""

import pytest

from sales_wh_flow.audit.rules.label_invariants import (
	BoxLabelEvidence,
	FetchedTwice,
	LabelEvidence,
	LeftUnderVoided,
	UnsettledLabel,
	judge_labels,
)


def codes(**evidence):
	return [finding.code for finding in judge_labels(LabelEvidence(**evidence))]


@pytest.mark.parametrize(
	("on_box", "expected"),
	[("ND1", []), ("", ["label_is_not_on_box"]), ("ND2", ["label_is_not_on_box"])],
)
def test_a_label_on_a_box_is_the_one_that_the_box_has(on_box, expected):
	assert codes(on_boxes=(BoxLabelEvidence("BOX-1", "ND1", on_box),)) == expected


def test_a_label_that_nobody_asked_for_is_found():
	assert codes(unwritten=(("BOX-1", "ND1"),)) == ["label_of_no_question"]


def test_a_box_that_left_under_a_number_that_was_given_back_is_found():
	left = (LeftUnderVoided("BOX-1", "In Transit", "ND1"),)
	assert codes(left=left) == ["left_under_voided_label"]


def test_a_question_that_nobody_settles_is_found():
	assert codes(unsettled=(UnsettledLabel("BOX-1", "Asked"),)) == ["label_not_settled"]


def test_a_box_that_was_fetched_and_waits_for_a_courier_is_found():
	assert codes(fetched=(FetchedTwice("BOX-1", "Delivered", "HO-1"),)) == ["gone_and_in_hand_over"]
