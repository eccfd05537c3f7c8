"""The lives of orders tell how long each stage took, and from there until sent and delivered."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.order.rules.forecast import Group, Spread
from sales_wh_flow.stage_clock.rules.durations import Life, Passage, milestones, times_of

MONDAY = datetime(2026, 11, 30)
EVERY_DAY = Calendar()
LIKE = Group("A", "DHL", "Pumps")


def life(*stages, ended=""):
	"""(stage, days) one after the other; the last one lasts."""
	passages, at = [], MONDAY
	for number, (stage, days) in enumerate(stages):
		left = None if number == len(stages) - 1 else at + timedelta(days=days)
		passages.append(Passage(stage, at, left, ended if stage == "Ended" else ""))
		at += timedelta(days=days)
	return Life(tuple(passages), LIKE, EVERY_DAY)


def plain(pick=1, road=2):
	return life(("Entry", 1), ("To Pick", pick), ("Ready", 1), ("In Transit", road), ("To Invoice", 9))


def test_a_stage_tells_of_itself_and_of_all_that_follows():
	times = times_of([plain()], 1)["To Pick", Group()]
	assert (times.stay, times.until_sent, times.until_there) == (
		Spread(1, 1, 1),
		Spread(2, 2, 1),
		Spread(4, 4, 1),
	)


def test_every_wider_group_counts_the_order_too():
	table = times_of([plain()], 1)
	assert {group for stage, group in table if stage == "Ready"} == set(LIKE.wider())


def test_too_few_orders_tell_nothing():
	assert times_of([plain()] * 9, 10) == {}
	assert times_of([plain()] * 10, 10)["Ready", Group("A")].stay.orders == 10


def test_days_on_hold_are_nobodys():
	held = life(("To Pick", 1), ("On Hold", 30), ("To Pick", 1), ("In Transit", 1), ("To Invoice", 1))
	assert times_of([held], 1)["To Pick", Group()].until_there == Spread(2, 2, 1)


def test_an_order_that_was_cancelled_or_closed_was_never_delivered():
	for how in ("Cancelled", "Closed"):
		given_up = life(("To Pick", 5), ("Ended", 1), ended=how)
		assert milestones(given_up.passages) == (None, None)
	paid = life(("To Pick", 5), ("Ended", 1), ended="Completed")
	assert milestones(paid.passages)[1] == MONDAY + timedelta(days=5)


def test_an_order_that_leaves_in_parts_is_sent_with_the_last_of_them():
	parts = life(
		("To Pick", 1),
		("In Transit", 1),
		("Waiting for Stock", 3),
		("To Pick", 1),
		("In Transit", 2),
		("To Collect", 1),
	)
	assert milestones(parts.passages) == (MONDAY + timedelta(days=6), MONDAY + timedelta(days=8))


@given(picks=st.lists(st.integers(0, 40), min_size=10, max_size=40))
def test_half_and_nine_of_ten_lie_between_the_shortest_and_the_longest(picks):
	spread = times_of([plain(pick) for pick in picks], 10)["To Pick", Group("A")].stay
	assert min(picks) <= spread.p50 <= spread.p90 <= max(picks)
	assert sum(pick <= spread.p90 for pick in picks) >= 0.85 * len(picks) - 1
