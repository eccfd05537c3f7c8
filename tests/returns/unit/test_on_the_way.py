"""Nobody sends back what has not reached him; nor do couriers that never say so keep goods from it."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.returns.rules.on_the_way import BoxedGoods, away_of_rows, is_away
from tests.returns.unit.test_judging import SHIPPED

LAMPS = replace(SHIPPED, item_code="LAMP", order_row="SO-ROW", returned_qty=0.0)
"""Five times twelve."""
TODAY, TOMORROW, YESTERDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 29)


def boxed(qty, state, item="LAMP", **values):
	return BoxedGoods("DN-1", "SO-ROW", item, qty, state, **values)


@pytest.mark.parametrize(
	("state", "left_on", "expected_on", "away"),
	[
		("Out for Delivery", YESTERDAY, YESTERDAY, True),
		("Ready for Pickup", YESTERDAY, None, True),
		("Delivery Failed", YESTERDAY, None, True),
		("Handed Over", TODAY, None, True),
		("Handed Over", YESTERDAY, None, False),
		("In Transit", YESTERDAY, TOMORROW, True),
		("In Transit", YESTERDAY, TODAY, False),
		("Delivered", TODAY, TOMORROW, False),
		("Refused", TODAY, None, False),
	],
)
def test_a_box_is_on_its_way_until_somebody_or_its_day_says_otherwise(state, left_on, expected_on, away):
	assert is_away(boxed(1, state, left_on=left_on, expected_on=expected_on), TODAY) is away


def test_what_lies_in_boxes_on_their_way_is_away_in_the_unit_it_was_sent_in():
	boxes = [boxed(24, "Out for Delivery"), boxed(36, "Delivered"), boxed(9, "Out for Delivery", "OTHER")]

	assert away_of_rows([LAMPS], boxes, TODAY) == {"row": 2}


def test_two_rows_of_one_order_line_share_what_is_away():
	rows = [replace(LAMPS, name=name, shipped_qty=1.0) for name in ("a", "b", "c")]

	assert away_of_rows(rows, [boxed(18, "Out for Delivery")], TODAY) == {"a": 1, "b": 0.5, "c": 0}


def test_a_batch_that_is_there_comes_back_though_another_of_its_line_is_away():
	there, away = (
		replace(LAMPS, name=batch, shipped_qty=1.0, batches={batch: 12.0}) for batch in ("there", "away")
	)
	boxes = [
		boxed(12, "Delivered", batch_no="there"),
		boxed(12, "Out for Delivery", batch_no="away"),
	]

	assert away_of_rows([there, away], boxes, TODAY) == {"there": 0, "away": 1}


def test_a_bundle_of_which_a_component_is_away_is_away():
	kits = replace(LAMPS, item_code="KIT", is_bundle=True, shipped_qty=2.0)
	screws = [boxed(4, "Out for Delivery", "SCREW"), boxed(4, "Delivered", "SCREW")]

	assert away_of_rows([kits], [*screws, boxed(2, "Delivered", "PLATE")], TODAY) == {"row": 1}


def test_what_left_without_a_box_is_there():
	assert away_of_rows([LAMPS], [], TODAY) == {"row": 0}
