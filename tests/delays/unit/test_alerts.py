"""A delayed order is the matter of one person or role, of the next level in time, until its cause is gone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.delays.rules import alerts
from sales_wh_flow.delays.rules.alerts import (
	AlertAsIs,
	DelayedOrder,
	OwnerRule,
	best_step,
	owner_of,
	what_happens,
)

NOW = datetime(2026, 11, 30, 10)
ORDER = DelayedOrder("SO-1", "Co", "To Pick", "Warehouse", NOW, "Late", warehouse="A", seller="sam@x.com")
ALERT = AlertAsIs("AL-1", "SO-1", "To Pick", 1, alerts.OPEN)
HOUR = timedelta(hours=1)


def test_without_settings_the_roles_of_the_stage_are_responsible_then_their_managers():
	levels = [owner_of(ORDER, level, (), 8) for level in (1, 2, 3)]
	assert [it.role for it in levels] == ["Stock User", "Stock Manager", "Sales Manager"]
	assert [it.hours for it in levels] == [8, 8, 0]


def test_a_sellers_stage_is_the_matter_of_whoever_wrote_the_order():
	held = replace(ORDER, stage="On Hold", stage_owner="Seller")
	assert owner_of(held, 1, (), 8).user == "sam@x.com"
	assert owner_of(held, 2, (), 8).role == "Sales Manager"


def test_the_narrowest_row_of_the_settings_counts_a_stage_before_a_warehouse():
	rules = (
		OwnerRule(1, role="Anyone"),
		OwnerRule(1, warehouse="A", role="Of A"),
		OwnerRule(1, stage="To Pick", role="Pickers"),
		OwnerRule(1, stage="To Pick", warehouse="A", user="ann@x.com", role="ignored", hours=2),
		OwnerRule(2, role="Boss"),
	)
	assert owner_of(ORDER, 1, rules, 8) == alerts.Owner("ann@x.com", "", 2)
	assert owner_of(replace(ORDER, warehouse="B"), 1, rules, 8).role == "Pickers"
	assert owner_of(replace(ORDER, stage="Ready"), 1, rules, 8).role == "Of A"
	assert owner_of(ORDER, 2, rules, 8) == alerts.Owner("", "Boss", 8)


@pytest.mark.parametrize(
	("facts", "step"),
	[
		({"elsewhere": True, "part_there": True, "due": date(2026, 12, 9)}, alerts.SERVE_ELSEWHERE),
		({"part_there": True, "due": date(2026, 12, 9)}, alerts.CHASE_SUPPLIER),
		({"part_there": True}, alerts.SPLIT),
		({}, alerts.SUBSTITUTE),
	],
)
def test_missing_goods_come_from_elsewhere_first(facts, step):
	assert best_step(replace(ORDER, stage="Waiting for Stock", **facts)) == step


@given(
	st.sampled_from(["Approval", "To Pick", "Ready", "In Transit", "On Hold", "Service", "Waiting for Stock"])
)
def test_there_is_always_something_that_helps(stage):
	assert best_step(replace(ORDER, stage=stage))


@pytest.mark.parametrize(
	("alert", "order", "what"),
	[
		({}, None, alerts.ENDED),
		({"state": alerts.SNOOZED, "asleep_until": NOW + HOUR}, None, alerts.ENDED),
		({}, {}, ""),
		({"due": NOW + HOUR}, {}, ""),
		({"due": NOW}, {}, alerts.ESCALATED),
		({"due": NOW - HOUR, "state": alerts.SNOOZED, "asleep_until": NOW + HOUR}, {}, ""),
		({"state": alerts.SNOOZED, "asleep_until": NOW}, {}, alerts.WOKE),
		({"due": NOW}, {"stage": "Ready"}, alerts.MOVED),
		({"is_handed_over": True}, {"stage": "Ready"}, ""),
		({"is_handed_over": True, "due": NOW}, {"stage": "Ready"}, alerts.ESCALATED),
	],
)
def test_an_alert_sleeps_moves_goes_up_and_ends(alert, order, what):
	now = None if order is None else replace(ORDER, **order)
	assert what_happens(replace(ALERT, **alert), now, NOW) == what
