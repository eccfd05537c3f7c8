"""Orders without dates, calendars without a working day, changes of the clock, stages left backwards."""

from datetime import date, datetime, time, timedelta

import pytest

from sales_wh_flow.base.working_time import Calendar, after, passed
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.forecast import (
	Forecast,
	Group,
	LeadTimes,
	LineAhead,
	Ways,
	WhereItIs,
	expect_line,
)
from sales_wh_flow.order.rules.lateness import Promised, judge_lateness, judge_promise, since
from sales_wh_flow.stage_clock.rules.durations import Life, Passage, milestones, times_of
from sales_wh_flow.stage_clock.rules.times import Stay, hours

NOON = datetime(2026, 11, 20, 12)
DAYS_OFF = frozenset(date(2026, 1, 1) + timedelta(days=number) for number in range(8000))
EVERY_DAY_OFF = Calendar(time(9), time(17), DAYS_OFF)
OFFICE = Calendar(time(9), time(17))
GROUP, ALL_DAY = Group(), Calendar()


# No dates


def test_an_order_without_a_date_is_neither_late_nor_on_time():
	nothing = judge_promise(Promised(), True, None, None)
	assert nothing == Promised()
	assert judge_lateness(stages.TO_PICK.name, nothing, Forecast(), NOON.date()) == ""
	assert since("", ("", None), nothing, NOON.date()) is None


def test_a_date_that_is_entered_later_is_the_promise_from_then_on():
	day = date(2026, 11, 30)
	assert judge_promise(judge_promise(Promised(), True, None, None), True, day, None).measured_by == day


def test_an_order_without_a_forecast_is_late_by_its_promise_alone():
	promised = Promised(last=date(2026, 11, 19))
	assert judge_lateness(stages.TO_PICK.name, promised, Forecast(), NOON.date()) == "Late"
	assert judge_lateness(stages.TO_PICK.name, promised, Forecast(), date(2026, 11, 19)) == "On Time"


# No working day


@pytest.mark.parametrize("stage", ["Approval", "Waiting for Stock", "To Pick", "In Transit"])
def test_a_calendar_without_a_working_day_still_gives_a_day(stage):
	by = Ways({}, LeadTimes(transit=2.0), EVERY_DAY_OFF, NOON)
	found = expect_line(WhereItIs(stage, NOON, "DHL"), LineAhead("row"), by)
	assert found.day and found.day >= NOON.date()


def test_without_a_working_day_the_plain_clock_counts_and_no_time_of_ours_passes():
	assert after(NOON, 8, EVERY_DAY_OFF) == NOON + timedelta(hours=8)
	assert passed(NOON, NOON + timedelta(days=30), EVERY_DAY_OFF) == 0


# More days than there are


@pytest.mark.parametrize("days", [5e6, 1e12])
@pytest.mark.parametrize("calendar", [ALL_DAY, EVERY_DAY_OFF], ids=["open", "never"])
def test_a_lead_time_of_a_slip_of_the_hand_still_gives_a_day(days, calendar):
	by = Ways({}, LeadTimes(warehouse=days, transit=days), calendar, NOON)
	found = expect_line(WhereItIs(stages.TO_PICK.name, NOON, "DHL"), LineAhead("row"), by)
	assert found.day == date.max


# The clock is changed


@pytest.mark.parametrize("night", [datetime(2026, 10, 25), datetime(2026, 3, 29)], ids=["autumn", "spring"])
def test_a_night_in_which_clocks_are_changed_adds_no_working_time(night):
	"""From the evening before until an hour after opening: one hour, whatever happened at three."""
	stay = Stay("SO", "To Pick", night - timedelta(hours=6), night + timedelta(hours=10))
	assert hours(stay, NOON, OFFICE) == 1


def test_an_hour_that_comes_twice_is_no_negative_time():
	twice = datetime(2026, 10, 25, 2)
	stay = Stay("SO", "In Transit", twice + timedelta(minutes=50), twice + timedelta(minutes=10), "Courier")
	assert hours(stay, NOON, OFFICE) == 0


# Backwards


def at(day, stage, left=None, status=""):
	return Passage(stage, datetime(2026, 11, day), datetime(2026, 11, left) if left else None, status)


def test_an_order_that_is_opened_again_was_not_sent_until_it_is_sent_again():
	opened = (at(2, "To Pick", 3), at(3, "In Transit", 5), at(5, "To Invoice", 9), at(9, "To Pick"))
	assert milestones(opened) == (None, None)
	again = (*opened[:3], at(9, "To Pick", 10), at(10, "In Transit", 12), at(12, "To Invoice"))
	assert milestones(again) == (datetime(2026, 11, 10), datetime(2026, 11, 12))


def test_a_stage_that_is_entered_twice_teaches_its_last_stay_alone():
	passages = (at(2, "To Pick", 3), at(3, "Picking", 5), at(5, "To Pick", 9), at(9, "In Transit"))
	assert times_of([Life(passages, GROUP, ALL_DAY)], 1)["To Pick", GROUP].until_sent.p50 == 4


def test_a_stage_that_ends_before_it_begins_teaches_nothing():
	life = Life((at(9, "To Pick", 5), at(5, "In Transit")), GROUP, ALL_DAY)
	assert ("To Pick", GROUP) not in times_of([life], 1)
