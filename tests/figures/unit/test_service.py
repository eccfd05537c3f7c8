"""What the figures count, and when: filled, on time in full, locked at once."""

from datetime import date, timedelta

import pytest

from sales_wh_flow.figures.rules.service import (
	COUNTS,
	FIRST,
	LAST,
	REQUESTED,
	OrderedGoods,
	OrderedLine,
	Sending,
	confirms_deliveries,
	figures,
	judge_service,
	middle,
)

TODAY = date(2026, 11, 20)


def day(number):
	return date(2026, 11, number)


def order(*sendings, requested=10, first=12, last=14, lines=((4, 100.0),)):
	"""One line of 4 over 100; each sending: (line number, quantity, day it left, day it was there)."""
	return OrderedGoods(
		"SO",
		{REQUESTED: requested and day(requested), FIRST: first and day(first), LAST: last and day(last)},
		tuple(OrderedLine(f"L{n}", qty, value) for n, (qty, value) in enumerate(lines)),
		tuple(Sending(f"L{n}", qty, day(left), there and day(there)) for n, qty, left, there in sendings),
	)


def judged(*sendings, today=TODAY, by_delivery=True, most_days_early=None, **values):
	return judge_service(order(*sendings, **values), today, by_delivery, most_days_early)


def test_an_order_is_on_time_by_the_day_its_last_goods_were_there():
	served = judged((0, 3, 8, 9), (0, 1, 11, 13))
	assert served.full_on == day(13)
	assert served.on_time == {REQUESTED: False, FIRST: False, LAST: True}


def test_the_promised_day_itself_is_on_time():
	assert judged((0, 4, 9, 12)).on_time[FIRST] is True
	assert judged((0, 4, 9, 13)).on_time[FIRST] is False


def test_what_nobody_confirmed_is_not_there():
	served = judged((0, 4, 9, None))
	assert served.full_on is None
	assert served.on_time[LAST] is False


def test_where_nobody_confirms_deliveries_the_day_of_sending_counts():
	sent = order((0, 4, 9, None))
	assert not confirms_deliveries([sent])
	assert judge_service(sent, TODAY, by_delivery=False).on_time[REQUESTED] is True
	assert confirms_deliveries([sent, order((0, 4, 9, 11))])


def test_goods_over_the_counter_confirm_no_delivery_of_others():
	counter = OrderedGoods("SO", {}, (), (Sending("L0", 1, day(3), day(3), at_counter=True),))
	assert not confirms_deliveries([counter])


def test_an_order_counts_once_it_is_decided():
	"""All is there, or the day is over; an order whose day is to come and that is open says nothing yet."""
	open_order = judged((0, 3, 8, 9), today=day(11))
	assert open_order.on_time == {REQUESTED: False, FIRST: None, LAST: None}
	assert open_order.lines_filled is None
	assert judged((0, 4, 8, 9), today=day(9)).on_time == {REQUESTED: True, FIRST: True, LAST: True}


def test_without_a_day_nothing_is_on_time_or_late():
	served = judged((0, 4, 8, 9), requested=None, first=None, last=None)
	assert set(served.on_time.values()) == {None}
	assert (served.lines_filled, served.value_filled) == (None, None)


def test_far_too_early_is_not_on_time_where_that_is_minded():
	assert judged((0, 4, 3, 4), most_days_early=5).on_time[REQUESTED] is False
	assert judged((0, 4, 4, 5), most_days_early=5).on_time[REQUESTED] is True
	assert judged((0, 4, 3, 4)).on_time[REQUESTED] is True


def test_filled_is_what_had_left_by_the_first_promise():
	served = judged((0, 4, 12, 15), (1, 1, 12, 15), (1, 3, 13, 15), lines=((4, 100.0), (4, 300.0)))
	assert (served.lines_filled, served.value_filled, served.is_filled) == (1, 175.0, False)


def test_more_than_was_ordered_fills_a_line_once():
	assert judged((0, 5, 9, 9)).value_filled == 100.0


def test_parts_of_a_third_make_a_whole():
	assert judged((0, 0.1, 9, 9), (0, 0.2, 9, 9), lines=((0.3, 9.0),)).on_time[FIRST] is True


def test_an_order_that_was_closed_short_is_not_in_full():
	assert judged((0, 3, 9, 9)).on_time[LAST] is False


def test_figures_are_shares_of_what_is_decided():
	found = figures(
		[judged((0, 4, 8, 9)), judged((0, 4, 13, 13)), judged(today=day(1)), judged((0, 4, 8, 9), first=None)]
	)
	assert found.orders == 4
	assert (found.line_fill, found.order_fill, found.value_fill) == (50.0, 50.0, 50.0)
	assert found.on_time == {REQUESTED: pytest.approx(66.67), FIRST: 50.0, LAST: 100.0}


def test_of_no_order_there_is_no_figure():
	found = figures([])
	assert (found.orders, found.line_fill, found.at_once, middle([])) == (0, None, None, None)
	assert set(found.on_time.values()) == {None}


@pytest.mark.parametrize("figure", COUNTS)
def test_each_figure_leads_to_the_orders_that_it_counts(figure):
	decided, open_order = judged((0, 4, 8, 9)), judged(today=day(1))
	locked = judge_service(
		OrderedGoods("SO", dict.fromkeys((REQUESTED, FIRST, LAST)), (OrderedLine("L", 4, at_once=1.0),)),
		TODAY,
		by_delivery=True,
	)
	counted = [it for it in (decided, open_order, locked) if COUNTS[figure](it)]
	assert counted == ([locked] if figure == "at_once" else [decided])


def test_what_came_back_is_a_share_of_the_orders_of_which_anything_left():
	def came(back, *sendings):
		line = OrderedLine("L0", 4, came_back=back)
		days = dict.fromkeys((REQUESTED, FIRST, LAST))
		return judge_service(OrderedGoods("SO", days, (line,), sendings), TODAY, by_delivery=True)

	left = Sending("L0", 1, day(3))
	services = [came(True, left), came(False, left), came(False)]
	assert [it.came_back for it in services] == [True, False, None]
	assert figures(services).came_back == 50.0


def test_what_was_locked_at_once_is_a_share_of_each_line():
	lines = (OrderedLine("A", 4, at_once=4), OrderedLine("B", 10, at_once=2.5), OrderedLine("bundle", 1))
	served = judge_service(OrderedGoods("SO", {REQUESTED: None, FIRST: None, LAST: None}, lines), TODAY, True)
	assert served.at_once == (1.0, 0.25)
	assert figures([served]).at_once == 62.5


# A month


def _month():
	"""Twelve orders of November, promised first for four days after they were written; worked out by hand.

	(written, lines: (ordered, value, locked at once), sendings: (line, quantity, left, there), days later
	than the first promise: asked for, promised last)
	"""
	return [
		(2, [(10, 100, 10)], [(0, 10, 3, 5)], 0, 0),  # whole, a day early
		(
			2,
			[(5, 50, 5), (5, 150, 0)],
			[(0, 5, 3, 5), (1, 5, 9, 10)],
			0,
			5,
		),  # second line late, promised anew
		(3, [(8, 80, 8)], [(0, 8, 7, 7)], 0, 0),  # whole, on the day
		(4, [(4, 400, 2)], [(0, 2, 5, 6), (0, 2, 9, 11)], -1, 3),  # in parts, the second late
		(5, [(1, 10, 1)], [(0, 1, 9, 10)], 2, 2),  # left in time, there a day late; they asked for later
		(6, [(20, 200, 20)], [(0, 20, 10, 10)], 0, 0),  # whole, on the day
		(9, [(3, 30, 0)], [(0, 3, 20, 21)], 0, 8),  # waited for stock, promised anew
		(10, [(2, 60, 2), (2, 40, 2)], [(0, 2, 11, 12), (1, 2, 11, 12)], 0, 0),  # whole
		(11, [(6, 120, 6)], [(0, 3, 12, 13)], 0, 0),  # closed short
		(12, [(7, 70, 7)], [(0, 7, 13, None)], 0, 0),  # on the way, nobody has confirmed it
		(27, [(9, 90, 9)], [], 0, 0),  # promised for a day to come
		(27, [(9, 90, 9)], [(0, 9, 28, 29)], 0, 0),  # promised for a day to come, and there
	]


def test_a_month_comes_to_the_figures_worked_out_by_hand():
	services = []
	for number, (written, lines, sendings, asked, again) in enumerate(_month()):
		first = day(written) + timedelta(days=4)
		goods = OrderedGoods(
			f"SO-{number}",
			{REQUESTED: first + timedelta(days=asked), FIRST: first, LAST: first + timedelta(days=again)},
			tuple(
				OrderedLine(f"{n}", qty, value, at_once=locked)
				for n, (qty, value, locked) in enumerate(lines)
			),
			tuple(Sending(f"{n}", qty, day(left), there and day(there)) for n, qty, left, there in sendings),
		)
		services.append(judge_service(goods, day(30), by_delivery=True))
	found = figures(services)
	# Decided: eleven orders of thirteen lines. Filled: all lines but the second of 1, 3, 6 and 8.
	assert found.line_fill == round(100 * 9 / 13, 2)
	assert found.order_fill == round(100 * 7 / 11, 2)
	# 100 + 50 + 80 + 200 + 10 + 200 + 0 + 100 + 60 + 70 + 90, of 1,400
	assert found.value_fill == round(100 * 960 / 1400, 2)
	# By the first promise: 0, 2, 5, 7, 11. By request, 4 too. By the last, 1, 3, 4 and 6 beside those five.
	assert found.on_time[FIRST] == round(100 * 5 / 11, 2)
	assert found.on_time[REQUESTED] == round(100 * 6 / 11, 2)
	assert found.on_time[LAST] == round(100 * 9 / 11, 2)
	# Fourteen lines: twelve wholly, but 1's second and 6 not at all, 3 by half: 11.5
	assert found.at_once == round(100 * 11.5 / 14, 2)
