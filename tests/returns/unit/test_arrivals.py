"""Goods that came are those of the case that expects them, and counted once."""

from dataclasses import replace

import pytest

from sales_wh_flow.returns.rules import arrivals
from sales_wh_flow.returns.rules.arrivals import Arrival, ArrivedPart, AwaitedRow, RowFill

BOX = Arrival("B1", (ArrivedPart("row", 5.0),))
SERIAL = Arrival("", (ArrivedPart("row", 1.0, serials=("S1",)),))
AWAITED = AwaitedRow("R1", "a", "row", 5.0, 0.0)


@pytest.mark.parametrize(
	"arrival, row, found",
	[
		(BOX, replace(AWAITED, boxes=("B1",), received_qty=5.0), "R1"),
		(BOX, AWAITED, "R1"),
		(BOX, replace(AWAITED, expected_qty=6.0), "R1"),
		(BOX, replace(AWAITED, expected_qty=4.0), None),
		(BOX, replace(AWAITED, received_qty=1.0), None),
		(BOX, replace(AWAITED, source="other"), None),
		(BOX, replace(AWAITED, batch="X"), None),
		(SERIAL, replace(AWAITED, serials=("S1", "S2"), received_qty=2.0), "R1"),
		(SERIAL, replace(AWAITED, serials=("S2",), received_qty=1.0), "R1"),
		(SERIAL, replace(AWAITED, serials=("S2",), expected_qty=1.0, received_qty=1.0), None),
		(SERIAL, AWAITED, "R1"),
	],
)
def test_a_case_awaits_what_it_names_or_expects_and_has_not_got(arrival, row, found):
	assert arrivals.case_that_awaits(arrival, [row]) == found


def test_a_case_that_names_the_box_comes_before_one_that_expects_as_much():
	rows = [AWAITED, replace(AWAITED, case="R2", name="b", boxes=("B1",))]
	assert arrivals.case_that_awaits(BOX, rows) == "R2"
	assert arrivals.case_that_awaits(replace(BOX, box="B2"), rows) == "R1"


def test_what_is_scanned_twice_is_counted_once():
	assert arrivals.is_in_already(BOX, [replace(AWAITED, boxes=("B1",), received_qty=5.0)])
	assert not arrivals.is_in_already(BOX, [replace(AWAITED, boxes=("B1",))])
	assert arrivals.is_in_already(SERIAL, [replace(AWAITED, serials=("S1", "S2"), received_qty=2.0)])
	assert not arrivals.is_in_already(SERIAL, [replace(AWAITED, received_qty=2.0)])


def test_rows_that_expect_it_are_filled_and_the_rest_is_a_row_of_its_own():
	rows = [replace(AWAITED, expected_qty=3.0), replace(AWAITED, name="b", expected_qty=1.0)]
	fills, rest = arrivals.fill_rows(BOX, rows)
	assert fills == (RowFill("a", 3.0), RowFill("b", 1.0))
	assert rest == (ArrivedPart("row", 1.0),)


def test_serial_numbers_are_written_on_the_row_that_expects_them():
	came = Arrival("B1", (ArrivedPart("row", 3.0, serials=("S1", "S2", "S3")),))
	fills, rest = arrivals.fill_rows(came, [replace(AWAITED, expected_qty=2.0)])
	assert fills == (RowFill("a", 2.0, ("S1", "S2")),)
	assert rest == (ArrivedPart("row", 1.0, serials=("S3",)),)
