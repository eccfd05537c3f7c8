"""What was split over warehouses is one line to the customer, at one price, with the days of its parts."""

from datetime import date

from sales_wh_flow.order_board.rules.confirmation import OrderedPart, join_parts

EARLY, LATE = date(2026, 12, 3), date(2026, 12, 10)


def part(row, qty, day=EARLY, item="LAMP", rate=9.5, sort=""):
	return OrderedPart(row, item, "Nos", rate, sort, qty, qty * rate, day)


def test_parts_of_one_line_are_joined_where_the_first_of_them_stands():
	lamp, shade = join_parts([part(1, 4, LATE), part(2, 1, item="SHADE"), part(3, 6), part(4, 2)])

	assert (lamp.first_row, lamp.qty, lamp.amount) == (1, 12, 114.0)
	assert lamp.days == ((EARLY, 8), (LATE, 4))
	assert (shade.item_code, shade.qty) == ("SHADE", 1)


def test_another_price_or_text_is_another_line():
	assert len(join_parts([part(1, 1), part(2, 1, rate=9), part(3, 1, sort="engraved")])) == 3


def test_a_part_without_a_day_comes_last():
	(line,) = join_parts([part(1, 1, None), part(2, 1)])

	assert line.days == ((EARLY, 1), (None, 1))
