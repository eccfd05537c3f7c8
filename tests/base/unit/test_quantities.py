"""Rounding and comparing quantities."""

from math import copysign

import pytest

from sales_wh_flow.base.quantities import PRECISION, is_less, is_positive, open_qty, rounded, whole_part


def test_precision_is_the_one_erpnext_stores():
	assert PRECISION == 9


@pytest.mark.parametrize(
	("qty", "expected"),
	[
		(0.1 + 0.2, 0.3),
		(1.0000000004, 1.0),
		(1.0000000006, 1.000000001),
		(7, 7.0),
		(-2.5, -2.5),
	],
)
def test_float_noise_is_cut_at_the_ninth_decimal(qty, expected):
	assert rounded(qty) == expected


@pytest.mark.parametrize("qty", [-0.0, -1e-12, 0.3 - (0.1 + 0.2)])
def test_nothing_is_never_shown_as_minus_zero(qty):
	assert copysign(1, rounded(qty)) == 1


@pytest.mark.parametrize(
	("qty", "expected"),
	[
		(1, True),
		(1e-9, True),
		(4e-10, False),
		(0, False),
		(-0.0, False),
		(-1, False),
		(0.1 + 0.2 - 0.3, False),
	],
)
def test_a_quantity_counts_only_from_the_ninth_decimal_on(qty, expected):
	assert is_positive(qty) is expected


@pytest.mark.parametrize(
	("left", "right", "expected"),
	[(1, 2, True), (2, 1, False), (0.3, 0.1 + 0.2, False), (0.1 + 0.2, 0.3, False), (1, 1.000000001, True)],
)
def test_less_means_less_beyond_float_noise(left, right, expected):
	assert is_less(left, right) is expected


@pytest.mark.parametrize(
	("qty", "expected"),
	[
		(2.9, 2),
		(3, 3),
		(0.99, 0),
		(2.9999999999, 3),  # 3 with noise below it
		(0.1 * 3 / 0.1, 3),
		(1000 * 0.29 - 289, 1),
	],
)
def test_whole_drops_the_fraction_but_not_a_unit_lost_to_noise(qty, expected):
	assert whole_part(qty) == expected


@pytest.mark.parametrize(
	("ordered", "delivered", "locked", "expected"),
	[
		(10, 0, 0, 10),
		(10, 4, 0, 6),
		(10, 4, 6, 0),
		(10, 4, 2.5, 3.5),
		(10, 12, 0, 0),  # delivered more than ordered
		(5, 0, 8, 0),  # the order was cut below its lock
		(0.3, 0.1, 0.2, 0),
	],
)
def test_open_quantity_is_ordered_less_delivered_less_locked_and_never_negative(
	ordered, delivered, locked, expected
):
	assert open_qty(ordered, delivered, locked) == expected


def test_an_order_line_of_negative_quantity_asks_for_nothing():
	assert open_qty(-5, 0) == 0
