"""What approving an order takes from others, on cases computed by hand."""

from datetime import date, datetime

from sales_wh_flow.approval.rules.what_if import if_submitted_now
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.stock_lock.rules.allocation import FULL_ORDER, WHAT_IS_THERE
from sales_wh_flow.stock_lock.rules.expectation import Incoming
from sales_wh_flow.stock_lock.rules.facts import WaitingLine

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
HERE = ("A", "W")


def line(qty, *, idx=1, item="A", **values):
	return LineFacts(f"row-{idx}", idx, item, qty, values.pop("warehouse", "W"), **values)


def rival(order, qty, *, due=9, item="A", warehouse="W"):
	return WaitingLine(order, f"{order}-row", item, warehouse, qty, due=datetime(2026, 3, due))


def what_if(*lines, free=None, rivals=(), incoming=(), policy=WHAT_IS_THERE, due=5):
	place = WaitingLine("SO-OWN", "", "", "", 0.0, due=datetime(2026, 3, due))
	return if_submitted_now(lines, {HERE: 10.0} if free is None else free, place, rivals, incoming, policy)


def losses(found):
	return {loss.order: (loss.before_stock, loss.after_stock) for loss in found.losses}


def test_each_line_says_what_it_would_hold_and_what_it_would_miss():
	found = what_if(line(7), line(5, idx=2))
	assert [(it.idx, it.locked_stock, it.missing_stock) for it in found.lines] == [(1, 7, 0), (2, 3, 2)]


def test_an_order_nobody_competes_with_takes_from_nobody():
	assert not what_if(line(10), rivals=[rival("SO-B", 4, item="B")]).losses


def test_the_order_is_served_first_and_the_rest_share_what_is_left():
	"""10 free, this order 8: the first rival (6) had 6 and keeps 2, the second (4) had 4 and keeps 0."""
	found = what_if(line(8), rivals=[rival("SO-B", 6, due=7), rival("SO-C", 4, due=8)])
	assert losses(found) == {"SO-B": (6, 2), "SO-C": (4, 0)}


def test_a_rival_that_still_gets_all_is_not_named():
	assert losses(what_if(line(6), rivals=[rival("SO-B", 4)])) == {}


def test_the_own_order_is_never_its_own_rival():
	assert losses(what_if(line(8), rivals=[rival("SO-OWN", 8)])) == {}


def test_an_order_that_would_lock_nothing_under_the_sites_policy_takes_nothing():
	found = what_if(line(12), rivals=[rival("SO-B", 4)], policy=FULL_ORDER)
	assert [it.locked_stock for it in found.lines] == [0]
	assert losses(found) == {}


def test_what_is_on_its_way_is_promised_to_the_earlier_due_date():
	"""Nothing is there. 5 come on Monday, 5 on Friday; this order is due before SO-B and takes Monday's."""
	coming = [Incoming("A", "W", 5, MONDAY, "PO-1"), Incoming("A", "W", 5, FRIDAY, "PO-2")]
	found = what_if(line(5), free={}, rivals=[rival("SO-B", 5, due=9)], incoming=coming)
	assert found.lines[0].expected == MONDAY
	(loss,) = found.losses
	assert (loss.order, loss.lost_stock, loss.day_before, loss.day_after) == ("SO-B", 0, MONDAY, FRIDAY)


def test_an_order_that_is_due_later_queues_behind():
	coming = [Incoming("A", "W", 5, MONDAY, "PO-1")]
	found = what_if(line(5), free={}, rivals=[rival("SO-B", 5, due=4)], incoming=coming)
	assert found.lines[0].expected is None
	assert not found.losses


def test_a_rival_whose_delivery_is_taken_away_altogether_is_named_without_a_day():
	coming = [Incoming("A", "W", 5, MONDAY, "PO-1")]
	(loss,) = what_if(line(5), free={}, rivals=[rival("SO-B", 5, due=9)], incoming=coming).losses
	assert (loss.day_before, loss.day_after) == (MONDAY, None)


def test_services_and_lines_without_a_lock_are_left_out():
	found = what_if(line(3, is_stock_item=False), line(3, idx=2, is_lockable=False), line(3, idx=3))
	assert [it.idx for it in found.lines] == [3]


def test_what_is_locked_or_delivered_already_is_not_asked_again():
	(found,) = what_if(line(9, locked_stock=4, delivered_stock=2)).lines
	assert (found.needed_stock, found.locked_stock) == (3, 3)
