"""What of an order's fixed charge is on none of its documents yet."""

import pytest

from sales_wh_flow.order.rules.fixed_sums import left_to_bear


@pytest.mark.parametrize(
	("totals", "borne", "left"),
	[
		({"A": 10}, [], {"A": 10}),
		({"A": 10}, [(["A"], 4)], {"A": 6}),
		({"A": 10}, [(["A"], 12)], {"A": 0}),
		({"A": -10}, [(["A"], -4), (["A"], 3)], {"A": -6}),
		({"A": 10, "B": 8}, [(["A", "Z"], 10), (["A", "B"], 8)], {"A": 0, "B": 0}),
		({"A": 10, "B": 8}, [(["A"], 10)], {"A": 0, "B": 8}),
	],
)
def test_a_charge_is_left_as_far_as_no_document_bears_it(totals, borne, left):
	assert left_to_bear(totals, borne) == left
