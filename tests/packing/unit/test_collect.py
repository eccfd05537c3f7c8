"""What boxes bear of an order that is paid at the door adds up to the order, whatever is packed when."""

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.packing.rules.collect import BoxToPay, collected_part, shares_of

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


def test_boxes_together_are_not_asked_for_more_than_their_orders_owe():
	"""Order A of 500 in two boxes, B of 100 together with the second of them."""
	one, two = BoxToPay("one", 200, None, ["A"]), BoxToPay("two", 400, None, ["A", "B"])
	assert shares_of([one, two], {"A": 500, "B": 100}) == {"one": 200, "two": 400}
	assert shares_of([one, two], {"A": 250, "B": 100}) == {"one": 200, "two": 150}
	paid_ahead = BoxToPay("one", 200, 450, ["A"])
	assert shares_of([paid_ahead, two], {"A": 500, "B": 100}) == {"one": 200, "two": 150}
	refused = BoxToPay("one", 200, 0, ["A"])
	assert shares_of([refused, two], {"A": 500, "B": 100}) == {"one": 200, "two": 400}
