"""What of a line that is invoiced by its order is invoiced beyond what is to be paid of it."""

import pytest

from sales_wh_flow.returns.rules.credit import LineBilledByOrder


@pytest.mark.parametrize(
	"ordered, delivered, back, billed, over",
	[
		(10, 10, 1, 10, 1),  # all invoiced, one came back
		(10, 6, 1, 10, 1),  # invoiced before all of it has left
		(10, 6, 2, 9, 1),  # one of two is credited already
		(6, 6, 1, 5, 0),  # it came back before it was invoiced
		(10, 6, 1, 9, 0),  # the same, and all the rest is invoiced
		(10, 6, 1, 6, 1),  # what was delivered was invoiced, and paid
		(10, 6, 1, 5, 0),
		(6, 6, 0, 6, 0),  # nothing is to be refunded
		(6, 6, 1, 0, 0),  # nothing is invoiced
	],
)
def test_a_line_is_over_billed_by_what_nobody_has_to_pay(ordered, delivered, back, billed, over):
	assert LineBilledByOrder(ordered, delivered, back, billed).over_billed == over
