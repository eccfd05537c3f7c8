"""What of a line that is invoiced by its order is invoiced beyond what is to be paid of it."""

from datetime import datetime

import pytest

from sales_wh_flow.returns.rules.credit import LineBilledByOrder, PaperOfLine, came_back_first


@pytest.mark.parametrize(
	"ordered, delivered, back, billed, invoiced, back_first, over",
	[
		(10, 10, 1, 10, 10, 0, 1),  # all invoiced, one came back
		(10, 6, 1, 10, 10, 0, 1),  # invoiced before all of it has left
		(10, 6, 2, 9, 10, 0, 1),  # one of two is credited already
		(6, 6, 1, 5, 5, 1, 0),  # it came back before it was invoiced
		(10, 6, 1, 9, 9, 1, 0),  # the same, and all the rest is invoiced
		(10, 6, 1, 6, 6, 0, 1),  # what was delivered was invoiced, and paid
		(10, 6, 1, 5, 6, 0, 0),
		(6, 6, 0, 6, 6, 0, 0),  # nothing is to be refunded
		(6, 6, 1, 0, 0, 0, 0),  # nothing is invoiced
		(10, 6, 4, 6, 6, 0, 4),  # as much as is still to be sent came back of what was paid
		(10, 6, 5, 6, 6, 0, 5),
		(10, 6, 5, 2, 6, 0, 1),
		(10, 4, 4, 6, 6, 0, 6),  # two were paid in advance
		(10, 6, 4, 6, 6, 4, 0),  # it came back first, and the whole rest of the order is invoiced
		(10, 6, 5, 5, 5, 1, 4),  # one came back first, four after they were paid
		(11, 10, 1, 10, 10, 0, 1),
	],
)
def test_a_line_is_over_billed_by_what_nobody_has_to_pay(
	ordered, delivered, back, billed, invoiced, back_first, over
):
	assert LineBilledByOrder(ordered, delivered, back, billed, invoiced, back_first).over_billed == over


def paper(day, qty, first_day=None, first_qty=None):
	def at(number):
		return datetime(2026, 11, number)

	return PaperOfLine(at(day), qty, at(first_day or day), qty if first_qty is None else first_qty)


@pytest.mark.parametrize(
	"invoices, returns, first",
	[
		([paper(5, 6)], [], 0),
		([paper(5, 6)], [paper(4, 4)], 4),
		([paper(5, 6)], [paper(6, 4)], 0),
		([paper(1, 2), paper(5, 6)], [paper(4, 4), paper(6, 1)], 4),
		([paper(5, 6, 1, 6)], [paper(4, 4)], 0),  # written anew with as much as before
		([paper(5, 2, 1, 6)], [paper(4, 4)], 4),  # and without what came back meanwhile
		([paper(5, 5, 1, 6)], [paper(4, 4)], 1),
		([paper(5, 1, 1, 6)], [paper(4, 4)], 4),
		([paper(5, 8, 1, 6)], [paper(4, 4)], 0),
		([paper(5, 6, 2, 6)], [paper(1, 3), paper(4, 4)], 3),
		([paper(5, 6, 1, 6), paper(3, 2)], [paper(2, 1), paper(4, 4)], 1),
		([paper(3, 6)], [paper(5, 4, 2, 4)], 4),  # the return was written anew
	],
)
def test_an_invoice_left_out_what_came_back_before_it_was_first_made(invoices, returns, first):
	assert came_back_first(invoices, returns) == first
