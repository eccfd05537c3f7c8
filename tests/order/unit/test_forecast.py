"""An order is expected by how long its company took, or by fixed lead times until there is history."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.order.rules import lateness
from sales_wh_flow.order.rules.forecast import (
	BEFORE_SENDING,
	Forecast,
	Group,
	LeadTimes,
	LineAhead,
	Spread,
	StageTimes,
	Ways,
	WhereItIs,
	expect_line,
	expect_order,
)
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE, ON_TIME, Promised

MONDAY = datetime(2026, 11, 30, 10)
WEEKENDS = frozenset(
	date(2026, 11, 1) + timedelta(days=ahead)
	for ahead in range(400)
	if (date(2026, 11, 1) + timedelta(days=ahead)).weekday() > 4
)
OFFICE = Calendar(holidays=WEEKENDS)
PICK, WAIT, ROAD = "To Pick", "Waiting for Stock", "In Transit"


def day(ahead):
	return MONDAY.date() + timedelta(days=ahead)


def told(stage=PICK, entered=MONDAY, moment=MONDAY, table=None, leads=None, courier="", **line):
	by = Ways(table or {}, leads or LeadTimes(), OFFICE, moment)
	return expect_line(WhereItIs(stage, entered, courier), LineAhead("1", **line), by)


def test_without_history_the_fixed_lead_times_count_and_an_unknown_transit_stays_unknown():
	found = told(leads=LeadTimes(warehouse=2))
	assert (found.ships, found.there, found.orders) == (day(2), None, 0)


def test_without_history_goods_that_only_have_to_be_sent_are_expected_as_routing_planned_them():
	slow = LeadTimes(warehouse=2, transit=3)
	planned = told(leads=slow, ships_on=day(0), arrives_on=day(1))
	assert (planned.ships, planned.there, planned.latest, planned.orders) == (day(0), day(1), day(1), 0)
	assert told(leads=slow, ships_on=day(0)).there == day(3), "an unknown way takes its fixed time"


def test_a_planned_day_that_is_over_or_that_history_contradicts_counts_no_more():
	slow = LeadTimes(warehouse=2, transit=1)
	assert told(leads=slow, ships_on=day(-1), arrives_on=day(0)).there == day(3)
	table = {(PICK, Group()): StageTimes(until_sent=Spread(4, 4, 20))}
	assert told(table=table, leads=slow, ships_on=day(0), arrives_on=day(1)).ships == day(4)
	assert told("Approval", leads=slow, ships_on=day(0), arrives_on=day(1)).there == day(4)


def test_an_order_is_not_born_at_risk_of_a_day_that_was_just_promised():
	found = told(leads=LeadTimes(warehouse=2, transit=2), ships_on=day(0), arrives_on=day(1))
	assert lateness.judge_lateness(PICK, Promised(last=day(1)), found, MONDAY.date()) == ON_TIME


def test_a_fixed_transit_gives_a_day_of_arrival_in_working_days():
	found = told(
		entered=MONDAY + timedelta(days=3), moment=MONDAY + timedelta(days=3), leads=LeadTimes(transit=2)
	)
	assert (found.ships, found.there) == (day(4), day(8))  # Thursday, sent on Friday, there on Tuesday


def test_the_narrowest_group_that_enough_orders_tell_of_counts():
	table = {
		(PICK, Group("A", "DHL")): StageTimes(until_there=Spread(1, 2, 12)),
		(PICK, Group("A")): StageTimes(until_there=Spread(3, 4, 40), until_sent=Spread(1, 1, 40)),
		(PICK, Group()): StageTimes(until_there=Spread(9, 9, 90)),
	}
	narrow = told(table=table, warehouse="A", courier="DHL", item_group="Pumps")
	wider = told(table=table, warehouse="A", courier="GLS", item_group="Pumps")
	other = told(table=table, warehouse="B")
	assert [(it.there, it.orders) for it in (narrow, wider, other)] == [
		(day(1), 12),
		(day(3), 40),
		(day(11), 90),
	]
	assert narrow.group == Group("A", "DHL")


def test_a_stage_that_lasts_longer_than_ever_is_taken_to_end_today():
	table = {(PICK, Group()): StageTimes(Spread(1, 2, 20), Spread(2, 3, 20), Spread(4, 6, 20))}
	found = told(entered=MONDAY - timedelta(days=30), table=table)
	assert (found.there, found.latest) == (day(3), day(4))


def test_missing_goods_wait_for_the_day_they_are_due_whatever_others_took():
	table = {(ROAD, Group()): StageTimes(Spread(2, 4, 30))}
	found = told(WAIT, table=table, is_missing=True, ships_on=day(9))
	assert (found.ships, found.there, found.latest) == (day(9), day(11), day(15))


def test_goods_that_are_there_do_not_wait_with_those_that_are_missing():
	leads = LeadTimes(supply=10, warehouse=1, transit=1)
	there = told(WAIT, entered=MONDAY - timedelta(days=7), leads=leads)
	missing = told(WAIT, entered=MONDAY, leads=leads, is_missing=True)
	assert there.ships < missing.ships
	assert expect_order([there, missing]).there == missing.there


def test_an_order_with_a_line_of_unknown_arrival_has_none():
	assert expect_order([Forecast(day(1), day(2), day(3), 9), Forecast(day(1))]).there is None


def test_what_is_on_its_way_is_expected_by_its_courier():
	table = {
		(ROAD, Group("", "Slow")): StageTimes(Spread(5, 7, 11)),
		(ROAD, Group()): StageTimes(Spread(1, 2, 50)),
	}
	assert told(ROAD, table=table, courier="Slow").there == day(7)
	assert told(ROAD, table=table, courier="Fast").there == day(1)


@pytest.mark.parametrize("stage", ["To Invoice", "Ended", "On Hold", "Service"])
def test_nothing_is_expected_where_nobody_works_towards_a_delivery(stage):
	assert told(stage) == Forecast()


DAYS = st.floats(0, 60, allow_nan=False)
SPREADS = st.one_of(
	st.none(), st.builds(lambda a, b, n: Spread(min(a, b), max(a, b), n), DAYS, DAYS, st.integers(1, 99))
)
TABLES = st.dictionaries(
	st.tuples(
		st.sampled_from([*BEFORE_SENDING, ROAD]),
		st.builds(
			Group, st.sampled_from(["", "A"]), st.sampled_from(["", "DHL"]), st.sampled_from(["", "P"])
		),
	),
	st.builds(StageTimes, SPREADS, SPREADS, SPREADS),
)


@given(
	stage=st.sampled_from([*BEFORE_SENDING, ROAD]),
	table=TABLES,
	ago=st.integers(0, 90),
	is_missing=st.booleans(),
	planned=st.one_of(st.none(), st.integers(-20, 60)),
	transit=st.one_of(st.none(), DAYS),
)
def test_whatever_the_history_days_come_in_order_on_working_days_and_not_before_today(
	stage, table, ago, is_missing, planned, transit
):
	found = told(
		stage,
		MONDAY - timedelta(days=ago),
		table=table,
		leads=LeadTimes(transit=transit),
		courier="DHL",
		warehouse="A",
		item_group="P",
		is_missing=is_missing,
		ships_on=None if planned is None else day(planned),
	)
	assert found.ships is not None
	assert (found.there is None) == (found.latest is None)
	if found.there:
		assert found.ships <= found.there <= found.latest
		assert found.there >= MONDAY.date()
		assert found.there not in WEEKENDS
	if stage != ROAD:
		assert found.ships >= MONDAY.date()


# The promise


def test_a_draft_promises_nothing():
	assert lateness.judge_promise(Promised(), False, day(3), day(9)) == Promised(day(3))


def test_what_was_asked_for_is_promised_or_the_first_day_on_which_it_can_be_there():
	assert lateness.judge_promise(Promised(), True, day(3), day(1)).last == day(3)
	assert lateness.judge_promise(Promised(), True, day(3), day(9)).last == day(9)
	assert lateness.judge_promise(Promised(), True, day(3), None).last == day(3)


def test_a_changed_delivery_date_is_a_new_promise_and_the_first_one_stays():
	first = lateness.judge_promise(Promised(), True, day(3), day(9))
	again = lateness.judge_promise(first, True, day(20), day(9))
	assert (again.requested, again.first, again.last) == (day(3), day(9), day(20))
	assert lateness.judge_promise(again, True, day(20), day(1)) == again


@given(days=st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=1, max_size=8))
def test_however_often_it_is_promised_anew_request_and_first_promise_stay(days):
	kept = lateness.judge_promise(Promised(), True, day(5), None)
	for ahead in days:
		kept = lateness.judge_promise(kept, True, None if ahead is None else day(ahead), None)
	assert (kept.requested, kept.first) == (day(5), day(5))
	known = [ahead for ahead in days if ahead is not None]
	assert kept.last == day(known[-1] if known else 5)


# Late and at risk


@pytest.mark.parametrize(
	("stage", "promise", "expected", "state"),
	[
		(PICK, 3, 3, ON_TIME),
		(PICK, 3, 4, AT_RISK),
		(PICK, -1, -1, LATE),
		(PICK, 0, 0, ON_TIME),
		(PICK, None, 4, ""),
		("To Invoice", -9, None, ""),
		("Ended", -9, None, ""),
		("Entry", -9, None, ""),
		("On Hold", -1, None, LATE),
		("On Hold", 3, None, ON_TIME),
	],
)
def test_late_is_what_is_not_there_after_its_day_and_at_risk_what_is_expected_later(
	stage, promise, expected, state
):
	promised = Promised(None, *(None if promise is None else day(promise),) * 2)
	forecast = Forecast(there=None if expected is None else day(expected))
	assert lateness.judge_lateness(stage, promised, forecast, MONDAY.date()) == state


def test_where_nobody_confirms_deliveries_what_has_left_is_not_late_for_ever():
	assert (
		lateness.judge_lateness(ROAD, Promised(None, day(-5), day(-5)), Forecast(day(-6)), MONDAY.date())
		== ""
	)


def test_a_state_knows_since_when():
	late = Promised(None, day(-3), day(-3))
	assert lateness.since(LATE, ("", None), late, MONDAY.date()) == day(-2)
	assert lateness.since(AT_RISK, (ON_TIME, day(-4)), late, MONDAY.date()) == day(0)
	assert lateness.since(AT_RISK, (AT_RISK, day(-4)), late, MONDAY.date()) == day(-4)
	assert lateness.since("", (AT_RISK, day(-4)), late, MONDAY.date()) is None
