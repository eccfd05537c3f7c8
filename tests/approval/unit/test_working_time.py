"""Due times by the working calendar, each counted on the fingers."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.working_time import Calendar, after

WEEKEND = frozenset(date(2026, 5, day) for day in (2, 3, 9, 10, 16, 17))
OFFICE = Calendar(time(9), time(17), WEEKEND)  # 1 May 2026 is a Friday


def at(day, hour, minute=0):
	return datetime(2026, 5, day, hour, minute)


@pytest.mark.parametrize(
	("start", "hours", "expected"),
	[
		(at(4, 10), 2, at(4, 12)),
		(at(4, 10), 0, at(4, 10)),
		(at(4, 16), 2, at(5, 10)),  # one hour today, one tomorrow
		(at(4, 9), 8, at(4, 17)),  # the whole day
		(at(4, 20), 1, at(5, 10)),  # after hours
		(at(4, 6), 1, at(4, 10)),  # before hours
		(at(1, 16), 2, at(4, 10)),  # over the weekend
		(at(2, 12), 1, at(4, 10)),  # asked on a Saturday
		(at(4, 9), 40, at(8, 17)),  # a working week
		(at(4, 16, 30), 0.75, at(5, 9, 15)),
	],
)
def test_only_office_hours_of_working_days_count(start, hours, expected):
	assert after(start, hours, OFFICE) == expected


def test_without_office_hours_the_whole_day_counts():
	assert after(at(1, 20), 6, Calendar(holidays=WEEKEND)) == at(4, 2)
	assert after(at(4, 20), 6, Calendar()) == at(5, 2)


def test_hours_that_were_turned_around_count_as_the_whole_day():
	assert after(at(4, 20), 2, Calendar(time(17), time(9))) == at(4, 22)


def test_a_calendar_without_a_working_day_falls_back_on_the_clock():
	days = frozenset(date.fromordinal(date(2026, 5, 1).toordinal() + day) for day in range(4000))
	assert after(at(4, 9), 5, Calendar(time(9), time(17), days)) == at(4, 14)


hours = st.floats(0, 200, allow_nan=False)
starts = st.datetimes(datetime(2026, 5, 1), datetime(2026, 5, 17))


@given(starts, hours, hours)
def test_more_hours_never_end_earlier(start, some, more):
	assert after(start, some, OFFICE) <= after(start, some + more, OFFICE)


@given(starts, hours)
def test_the_due_time_lies_in_office_hours(start, some):
	due = after(start, some, OFFICE)
	if some:
		assert due.date() not in WEEKEND
		assert time(9) <= due.time() <= time(17)
	assert due >= start
