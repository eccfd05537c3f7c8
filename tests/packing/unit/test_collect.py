"""What boxes bear of an order that is paid at the door adds up to the order, whatever is packed when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.packing.rules.collect import BoxToPay, borne_by_boxes, collected_part, shares_of

CENTS = st.integers(0, 10**6).map(lambda cents: cents / 100)


@given(CENTS, st.lists(CENTS, min_size=1, max_size=6))
def test_all_boxes_together_collect_the_order_to_the_last_cent(total, worths):
	whole, before, parts = round(sum(worths), 2), 0.0, []
	for worth in worths:
		parts.append(collected_part(total, whole, before, worth))
		before += worth
	assert all(part >= 0 for part in parts)
	assert round(sum(parts), 2) == (round(total, 2) if whole and total else 0)


def test_a_box_bears_its_share_by_value():
	"""119.00 to pay; 3 of 5 units at 20.00 lie in the first box, 2 in the second."""
	assert collected_part(119.0, 100.0, 0.0, 60.0) == 71.4
	assert collected_part(119.0, 100.0, 60.0, 40.0) == 47.6


def test_goods_that_were_packed_before_are_not_paid_for_again():
	assert collected_part(119.0, 100.0, 100.0, 20.0) == 0.0
	assert collected_part(119.0, 0.0, 0.0, 0.0) == 0.0


def asked(boxes, debts):
	return {box: sum(parts.values()) for box, parts in shares_of(boxes, debts).items()}


def test_boxes_together_are_not_asked_for_more_than_their_orders_owe():
	"""Order A of 500 in two boxes, B of 100 together with the second of them."""
	one, two = BoxToPay("one", 200, None, {"A": 200}), BoxToPay("two", 400, None, {"A": 300, "B": 100})
	assert asked([one, two], {"A": 500, "B": 100}) == {"one": 200, "two": 400}
	assert asked([one, two], {"A": 250, "B": 100}) == {"one": 200, "two": 150}
	paid_ahead = BoxToPay("one", 200, 450, {"A": 200})
	assert asked([paid_ahead, two], {"A": 500, "B": 100}) == {"one": 200, "two": 150}
	refused = BoxToPay("one", 200, 0, {"A": 200})
	assert asked([refused, two], {"A": 500, "B": 100}) == {"one": 200, "two": 400}


def test_each_order_in_a_box_is_asked_for_its_own_goods():
	"""100 of order A and 50 of B in a box; A has more in others."""
	both = BoxToPay("both", 150, None, {"A": 100, "B": 50})
	assert shares_of([both], {"A": 500, "B": 0}) == {"both": {"A": 100, "B": 0}}
	assert shares_of([both], {"A": 30, "B": 50}) == {"both": {"A": 30, "B": 50}}
	b_was_paid = BoxToPay("both", 100, None, {"A": 100, "B": 50})
	assert shares_of([b_was_paid], {"A": 500, "B": 0}) == {"both": {"A": 100, "B": 0}}
	taken = BoxToPay("taken", 150, 150, {"A": 100, "B": 50})
	assert shares_of([taken, both], {"A": 150, "B": 50})["both"] == {"A": 50, "B": 0}
	alone = BoxToPay("alone", 20, None, {"B": 20})
	assert shares_of([both, alone], {"B": 60})["alone"] == {"B": 10}


@pytest.mark.parametrize(
	("owed", "delivered", "expected"),
	[(500, 0, 500), (500, 200, 500), (300, 200, 500), (400, 200, 500), (250, 100, 250), (150, 100, 250)],
	ids=["none", "not posted", "posted", "in part", "half ahead, not posted", "half ahead, posted"],
)
def test_boxes_bear_what_is_owed_and_what_was_paid_for_those_at_the_customer(owed, delivered, expected):
	"""An order of 500; 200 of it, or half of that where half was paid ahead, are at the customer."""
	assert borne_by_boxes(500, owed, delivered, 200 if delivered else 0) == expected


def test_a_cent_that_was_rounded_is_nobody_s_advance():
	assert round(borne_by_boxes(100, 66.67, 33.33, 100 / 3), 2) == 100
