"""What a receiver does with a box, as the rules read it."""

from datetime import datetime, timedelta

import pytest

from sales_wh_flow.delivery.rules import reasons, receipt
from sales_wh_flow.delivery.rules.receipt import PackedRow, RowAnswer

ROWS = (PackedRow("a", "Nails", 10), PackedRow("b", "Saw", 2, ("S1", "S2")))
NOW = datetime(2026, 11, 28, 12, 0)


def taken(answer, *answers, reason=""):
	found, problems = receipt.receipt_of(answer, ROWS, answers, reason)
	assert not problems, problems
	return found


def refused(answer, *answers, reason=""):
	found, problems = receipt.receipt_of(answer, ROWS, answers, reason)
	assert found is None
	return [problem.code for problem in problems]


def test_all_is_accepted_with_one_tap():
	found = taken("accept")

	assert found.outcome == "Accepted"
	assert [(row.accepted_qty, row.refused_qty) for row in found.rows] == [(10, 0), (2, 0)]


def test_part_of_a_box_is_refused_row_by_row():
	found = taken("part", RowAnswer("a", 3, "Damaged"), RowAnswer("b", 1, "Wrong Item", ("S2",)))

	assert found.outcome == "Partly Accepted"
	assert [(row.accepted_qty, row.refused_qty, row.reason) for row in found.rows] == [
		(7, 3, "Damaged"),
		(1, 1, "Wrong Item"),
	]
	assert [row.row for row in found.refused] == ["a", "b"]


def test_a_part_of_everything_is_a_refusal_and_of_nothing_says_nothing():
	all_of_it = (RowAnswer("a", 10, "Damaged"), RowAnswer("b", 2, "Damaged", ("S1", "S2")))

	assert taken("part", *all_of_it).outcome == "Refused"
	assert refused("part") == refused("part", RowAnswer("a", 0, "Damaged")) == ["nothing_refused"]


def test_a_refused_box_refuses_all_rows_for_its_reason():
	found = taken("refuse", reason="Too Late")

	assert found.outcome == "Refused"
	assert [(row.refused_qty, row.reason) for row in found.rows] == [(10, "Too Late"), (2, "Too Late")]
	assert found.rows[1].refused_serials == ("S1", "S2")


def test_a_failed_attempt_takes_and_refuses_nothing():
	found = taken("fail", reason="Nobody There")

	assert found.outcome == "Failed Attempt"
	assert not found.refused
	assert {(row.accepted_qty, row.refused_qty) for row in found.rows} == {(0, 0)}


@pytest.mark.parametrize("answer", ["refuse", "fail"])
def test_no_box_is_refused_or_missed_without_a_reason(answer):
	assert refused(answer) == ["reason_for_box_missing"]


@pytest.mark.parametrize(
	("answers", "expected"),
	[
		([RowAnswer("a", 11, "Damaged")], ["refused_more_than_packed"]),
		([RowAnswer("a", -1, "Damaged")], ["refused_more_than_packed"]),
		([RowAnswer("a", 1)], ["reason_for_row_missing"]),
		([RowAnswer("x", 1, "Damaged")], ["row_not_in_box"]),
		([RowAnswer("b", 1, "Damaged")], ["say_which_serials"]),
		([RowAnswer("b", 2, "Damaged", ("S1", "S1"))], ["say_which_serials"]),
		([RowAnswer("b", 1, "Damaged", ("S9",))], ["serials_not_in_box"]),
		(
			[RowAnswer("a", 11, "Damaged"), RowAnswer("b", 1)],
			["refused_more_than_packed", "reason_for_row_missing"],
		),
	],
)
def test_what_does_not_fit_the_box_is_named_row_by_row(answers, expected):
	assert refused("part", *answers) == expected


def test_nobody_taps_anything_else():
	assert refused("keep") == ["unknown_answer"]


def test_a_proof_has_a_name_and_a_signature_or_a_photo():
	picture = "data:image/png;base64,x"
	assert receipt.missing_of_proof("B", "Anna", picture, "") is None
	assert receipt.missing_of_proof("B", "Anna", "", "/private/files/x.jpg") is None
	assert receipt.missing_of_proof("B", "Anna", "", "").code == "picture_missing"
	assert receipt.missing_of_proof("B", "  ", picture, "").code == "receiver_missing"
	assert receipt.missing_of_proof("B", "", "", "").code == "proof_missing"


@pytest.mark.parametrize(
	("said", "expected"),
	[
		(None, NOW),
		(NOW - timedelta(hours=3), NOW - timedelta(hours=3)),
		(NOW + timedelta(minutes=5), NOW),
		(NOW + timedelta(hours=1), NOW),
		(NOW - timedelta(days=8), NOW),
	],
)
def test_a_phone_without_a_network_says_when_it_happened_unless_its_clock_is_wrong(said, expected):
	assert receipt.happened_on(said, NOW) == expected


@pytest.mark.parametrize(
	("states", "expected"),
	[
		(["Delivered", "Delivered"], True),
		(["Delivered", "Handed Over"], False),
		(["Delivered", "Partly Accepted"], False),
		(["Delivered", "Refused"], False),
		(["Delivered", "Returned"], True),
		(["Returned"], False),
		([], False),
	],
)
def test_a_note_is_delivered_when_every_box_of_it_is(states, expected):
	assert receipt.note_is_received(states) is expected


def test_every_reason_says_whose_it_is():
	assert (reasons.reason_group("Damaged"), reasons.delay_of_reason("Carrier")) == ("Carrier", "Courier")
	assert reasons.delay_of_reason(reasons.reason_group("Nobody There")) == "Customer"
	assert reasons.delay_of_reason(reasons.reason_group("Wrong Item")) == "Us"
	assert (reasons.reason_group("the dog bit me"), reasons.reason_group("")) == ("Other", "")
	assert reasons.delay_of_reason("Other") == "Nobody"


def test_a_row_is_answered_once():
	twice = (RowAnswer("a", 2, "Damaged"), RowAnswer("a", 3, "Damaged"))

	assert refused("part", *twice) == ["row_twice"]
