"""Time in a stage is working time where we have to act, and time of the clock where others have."""

from datetime import date, datetime, time

import pytest

from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.stage_clock.rules.times import Stay, hours, percentile, stay_figures

OFFICE = Calendar(time(9), time(17), frozenset({date(2026, 11, 7), date(2026, 11, 8)}))
"""Nine to five, the weekend of 7 November off."""

FRIDAY_3PM = datetime(2026, 11, 6, 15)
MONDAY_10AM = datetime(2026, 11, 9, 10)


def test_our_own_stage_counts_the_hours_of_the_office():
	assert hours(Stay("SO-1", "To Pick", FRIDAY_3PM, MONDAY_10AM), MONDAY_10AM, OFFICE) == 3


def test_a_courier_is_measured_by_the_clock():
	assert hours(Stay("SO-1", "In Transit", FRIDAY_3PM, MONDAY_10AM, "Courier"), MONDAY_10AM, OFFICE) == 67


def test_a_stage_that_lasts_counts_until_now():
	assert hours(Stay("SO-1", "To Pick", FRIDAY_3PM, None), MONDAY_10AM, OFFICE) == 3


def test_a_clock_that_was_turned_back_makes_no_negative_time():
	assert hours(Stay("SO-1", "In Transit", MONDAY_10AM, FRIDAY_3PM, "Courier"), MONDAY_10AM, OFFICE) == 0


def test_figures_are_of_what_has_ended_and_name_what_lasts():
	stays = [(Stay("SO", "Ready", FRIDAY_3PM, MONDAY_10AM), taken) for taken in (1, 2, 3, 4, 5)]
	found = stay_figures([*stays, (Stay("SO", "Ready", FRIDAY_3PM, None), 90)])
	assert (found.stays, found.lasting, found.p50_h, found.longest_h) == (6, 1, 3, 90)
	assert found.p90_h == pytest.approx(4.6)


def test_nothing_that_ended_has_no_middle():
	assert percentile([], 0.5) is None
	assert stay_figures([]).longest_h is None
