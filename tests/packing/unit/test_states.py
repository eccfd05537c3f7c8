"""Which state of a box may follow which."""

from itertools import product

import pytest

from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.states import STATES, may_follow


def test_every_state_is_told_twice_without_harm():
	assert all(may_follow(state, state) for state in STATES)


def test_a_cancelled_box_stays_cancelled():
	assert not any(may_follow(states.CANCELLED, state) for state in STATES if state != states.CANCELLED)


@pytest.mark.parametrize("state", sorted(states.ON_ITS_WAY | states.AT_THE_DOOR | {states.LOST}))
def test_nothing_that_has_left_is_open_or_cancelled(state):
	assert not may_follow(state, states.OPEN)
	assert not may_follow(state, states.CANCELLED)


def test_a_box_leaves_closed_alone():
	assert [old for old in STATES if may_follow(old, states.HANDED_OVER)] == [
		*(states.CLOSED, states.HANDED_OVER, states.DELIVERED, states.PARTLY_ACCEPTED, states.REFUSED),
		states.RETURNED,  # the return of one that was handed over is undone
	]


def test_an_open_box_is_delivered_by_no_road():
	assert not any(may_follow(states.OPEN, state) for state in states.ON_ITS_WAY | states.AT_THE_DOOR)


def test_every_state_but_cancelled_leads_on():
	leads_on = {old for old, new in product(STATES, STATES) if old != new and may_follow(old, new)}
	assert leads_on == {*STATES} - {states.CANCELLED}
