"""How much working time lies between two moments, on cases computed by hand."""

from datetime import date, datetime, time

import pytest

from sales_wh_flow.base.working_time import Calendar, after, passed

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 3, day) for day in (6, 7, 8, 9))
OFFICE = Calendar(time(9), time(17), frozenset({SATURDAY, SUNDAY}))


def at(day, hour, minute=0):
	return datetime.combine(day, time(hour, minute))


@pytest.mark.parametrize(
	("start", "end", "hours"),
	[
		(at(FRIDAY, 10), at(FRIDAY, 12, 30), 2.5),
		(at(FRIDAY, 16), at(MONDAY, 10), 2),  # one hour on Friday, one on Monday
		(at(FRIDAY, 20), at(MONDAY, 8), 0),  # asked after closing, decided before opening
		(at(SATURDAY, 10), at(SUNDAY, 10), 0),
		(at(FRIDAY, 7), at(FRIDAY, 22), 8),
		(at(MONDAY, 12), at(FRIDAY, 12), 0),  # the end comes first
	],
)
def test_only_office_hours_of_working_days_count(start, end, hours):
	assert passed(start, end, OFFICE) == hours


def test_without_a_calendar_every_hour_counts():
	assert passed(at(SATURDAY, 22), at(SUNDAY, 1), Calendar()) == 3


@pytest.mark.parametrize("hours", [0.5, 8, 9, 30])
def test_the_moment_a_due_time_is_reached_is_that_far_away(hours):
	start = at(FRIDAY, 15)
	assert passed(start, after(start, hours, OFFICE), OFFICE) == hours
