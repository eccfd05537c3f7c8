"""What a condition makes of an order's lines: cases on the fingers, and what holds for any lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.approval.rules.conditions import (
	AVAILABLE_QUANTITY,
	PREPAYMENT,
	SMALLER_DISCOUNT,
	PriceLine,
	QuantityLine,
	available,
	capped_rates,
	check_condition,
)
from sales_wh_flow.base.problems import RuleViolation


@pytest.mark.parametrize(
	("rate", "listed", "cap", "kept", "expected"),
	[
		(80, 100, 10, 1, 90),  # 20 % off, at most 10 % off
		(95, 100, 10, 1, 95),  # less than the cap stays
		(120, 100, 10, 1, 120),  # above list price stays
		(90, 100, 10, 0.9, 90),  # 10 % on the line and 10 % on the order make 19 %
		(100, 100, 10, 0.95, 95),  # the order's 5 % moves into the line
		(50, 0, 10, 0.9, 45),  # nothing to measure against
		(1, 3, 33.3, 1, 2.01),  # 2.001 is rounded up, never below the cap
		(80, 100, 0, 1, 100),
	],
)
def test_a_capped_line(rate, listed, cap, kept, expected):
	assert capped_rates([PriceLine("r", rate, listed)], cap, kept, 2) == {"r": expected}


prices = st.floats(0.01, 10_000).map(lambda price: round(price, 2))


@given(prices, prices, st.floats(0, 99), st.floats(0.1, 1))
def test_a_capped_line_is_never_cheaper_nor_below_the_cap(rate, listed, cap, kept):
	(made,) = capped_rates([PriceLine("r", rate, listed)], cap, kept, 2).values()
	assert made >= rate * kept - 0.0051
	assert made >= listed * (1 - cap / 100) - 1e-9


A, B = ("ITEM", "A"), ("ITEM", "B")


@pytest.mark.parametrize(
	("lines", "free", "expected"),
	[
		([QuantityLine("1", A, 10)], {A: 4}, {"1": 4}),
		([QuantityLine("1", A, 10)], {A: 20}, {"1": 10}),
		([QuantityLine("1", A, 10)], {}, {"1": 0}),
		([QuantityLine("1", A, 10)], {A: -3}, {"1": 0}),  # more is locked than there is
		([QuantityLine("1", A, 24, 12)], {A: 20}, {"1": 12}),  # boxes of 12
		([QuantityLine("1", A, 6), QuantityLine("2", A, 6)], {A: 8}, {"1": 6, "2": 2}),
		([QuantityLine("1", A, 6), QuantityLine("2", B, 6)], {A: 8, B: 1}, {"1": 6, "2": 1}),
		([QuantityLine("1", A, 3, 0, False)], {}, {"1": 3}),  # a service is always there
	],
)
def test_what_is_available(lines, free, expected):
	assert available(lines, free) == expected


@given(st.lists(st.floats(0.5, 50), min_size=1, max_size=6), st.floats(-5, 100))
def test_no_more_is_given_than_is_free(quantities, free):
	lines = [QuantityLine(str(row), A, qty) for row, qty in enumerate(quantities)]
	given_away = available(lines, {A: free})
	assert sum(given_away.values()) <= max(free, 0) + 1e-6
	assert all(given_away[line.row] <= line.qty_stock for line in lines)


@pytest.mark.parametrize(
	("kind", "value"),
	[(SMALLER_DISCOUNT, 0), (SMALLER_DISCOUNT, 99), (PREPAYMENT, 100), (AVAILABLE_QUANTITY, 0)],
)
def test_conditions_that_make_sense(kind, value):
	assert check_condition(kind, value) is None


@pytest.mark.parametrize(
	("kind", "value", "code"),
	[
		("Nicer Weather", 1, "unknown_condition"),
		(SMALLER_DISCOUNT, 100, "condition_percent"),
		(SMALLER_DISCOUNT, -1, "condition_percent"),
		(PREPAYMENT, 0, "condition_percent"),
		(PREPAYMENT, 101, "condition_percent"),
	],
)
def test_conditions_that_make_no_sense(kind, value, code):
	with pytest.raises(RuleViolation) as refused:
		check_condition(kind, value)
	assert refused.value.code == code
