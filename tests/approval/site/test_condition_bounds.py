"""A condition that somebody wrote into a rule ends in time, whatever it says."""

from time import monotonic

import pytest

from sales_wh_flow.approval import own_condition

TEN = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
NESTED = " ".join(f"for it{depth} in {TEN}" for depth in range(10))

pytestmark = pytest.mark.usefixtures("site", "rolled_back")


@pytest.mark.parametrize(
	"endless",
	[
		f"len([1 {NESTED}]) > 0",
		f"all(it0 >= 0 {NESTED})",
		"9 ** 9 ** 9 ** 9 > 0",
		"1 << 99999999999 > 0",
		"len('x' * 10000000000) > 0",
		"len([0] * 10000000000) > 0",
		"len('%9999999999d' % 1) > 0",
		"len(f'{1:9999999999}') > 0",
		"1" + " + 1" * 5000 + " > 0",
	],
)
def test_a_condition_that_would_not_end_is_stopped_and_says_so(endless):
	began = monotonic()
	with pytest.raises(own_condition.NoAnswer, match="TooMuch"):
		own_condition.try_condition(endless)
	assert monotonic() - began < 5


@pytest.mark.parametrize("usual", ["total > 1000", "any(row.qty > 5 for row in lines)", "len(lines) * 2 > 3"])
def test_usual_conditions_are_taken(usual):
	own_condition.try_condition(usual)  # does not raise
