"""Payment terms are what they come to: days of credit, share and discount."""

from datetime import date

import pytest

from sales_wh_flow.approval.rules.payment_terms import (
	AFTER_MONTH,
	AT_ONCE,
	MONTHS_AFTER,
	Instalment,
	Term,
	instalments,
	is_special,
	joined,
)

DAY = date(2026, 1, 20)


@pytest.mark.parametrize(
	("term", "days"),
	[
		(Term(100, days=30), 30),
		(Term(100, AFTER_MONTH, days=10), 21),  # 10 February
		(Term(100, MONTHS_AFTER, months=1), 39),  # 28 February
		(Term(100, MONTHS_AFTER, months=12), 376),  # 31 January 2027
		(Term(100, days=-5), 0),
	],
)
def test_a_template_comes_to_days_of_credit(term, days):
	assert instalments([term], DAY) == (Instalment(days, 100),)


def test_the_days_of_a_discount_count_and_only_where_there_is_one():
	with_discount = Term(100, days=30, discount=2, early=10)
	assert instalments([with_discount], DAY) == (Instalment(30, 100, 2, False, 10),)
	assert instalments([Term(100, days=30, early=10)], DAY) == (Instalment(30, 100),)


def test_rows_that_differ_by_their_share_alone_are_one_in_whatever_order():
	parts = [Instalment(30, 33.34), Instalment(0, 33.33), Instalment(30, 33.33)]
	assert joined(parts) == (Instalment(0, 33.33), Instalment(30, 66.67))


USUAL = (Instalment(30, 100.0, 2.0, False, 10),)


@pytest.mark.parametrize(
	("written", "expected"),
	[
		(USUAL, False),
		((), False),
		(AT_ONCE, False),
		((Instalment(31, 100.0, 2.0, False, 10),), True),
		((Instalment(30, 100.0, 3.0, False, 10),), True),
		((Instalment(30, 100.0, 2.0, False, 14),), True),
		((Instalment(24, 100.0, 2.0, False, 4),), False),
		((Instalment(0, 50.0), Instalment(30, 50.0)), True),
	],
)
def test_special_is_what_differs_and_not_what_is_paid_earlier(written, expected):
	assert is_special(written, USUAL) is expected
