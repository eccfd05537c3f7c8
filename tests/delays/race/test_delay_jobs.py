"""However many jobs look after delays, and wherever they die: one alert an order, one mail a person."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from tests.delays import killed
from tests.factories import make_user
from tests.milestones.messages_world import mail_account
from tests.racing import world
from tests.racing.harness import Call, call_of

FOLLOW, SEND = "tests.delays.killed:follow_delays", "tests.delays.killed:send_digests"


@pytest.fixture(autouse=True, scope="module")
def delays_are_followed(switches):
	switches(stock_lock=True, forecast=True, delay_alerts="On", delay_digest="On")
	mail_account()
	frappe.db.commit()


@pytest.fixture
def orders():
	"""Three that are late since yesterday; committed."""
	(item,) = world.stocked_items(1, 100)
	made = [world.draft_order({item: 1}) for _number in range(3)]
	for name in made:
		world.submit(name)
	for name in made:
		days = {"swf_last_promised_on": add_days(nowdate(), -1), "swf_lateness": "Late"}
		frappe.db.set_value("Sales Order", name, days)
	frappe.db.commit()
	return made


def alerts_of(orders):
	frappe.db.rollback()
	return frappe.get_all(
		"Delay Alert",
		{"sales_order": ("in", orders)},
		["name", "sales_order", "state"],
		order_by="sales_order",
	)


def test_jobs_at_once_raise_one_alert_an_order(race, round, orders):
	outcomes = race(*(call_of(killed.follow_delays) for _ in range(3)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	found = alerts_of(orders)
	assert sorted(it.sales_order for it in found) == sorted(orders)
	raised = frappe.get_all(
		"Delay Alert Event", {"parent": ("in", [it.name for it in found]), "happening": "Raised"}
	)
	assert len(raised) == len(orders)


def told(user):
	"""How many notifications of delays were written for somebody, or are owed to him."""
	frappe.db.rollback()
	owed = frappe.db.count("Owed Work", {"arguments": ("like", f"%{user}%")})
	return owed + frappe.db.count("Notification Log", {"for_user": user, "type": "Alert"})


def test_who_was_not_told_as_the_job_was_killed_is_told_by_the_next_one_and_once(race, orders):
	asked = make_user("Stock User")
	frappe.db.commit()
	(died,) = race(call_of(killed.die_before_telling))
	assert died.error == "ProcessDied"
	assert sorted(it.sales_order for it in alerts_of(orders)) == sorted(orders)
	assert told(asked) == 0
	race(call_of(killed.follow_delays), call_of(killed.follow_delays))
	assert told(asked) == 1


def test_a_job_killed_anywhere_loses_nothing_and_mails_go_once(race, round, orders):
	race(Call(FOLLOW, killed_within_s=0.6), Call(FOLLOW))
	race(Call(FOLLOW))
	assert sorted(it.sales_order for it in alerts_of(orders)) == sorted(orders)
	asked = make_user("Stock User")
	frappe.db.commit()
	race(Call(SEND, killed_within_s=0.4), Call(SEND), Call(SEND))
	race(Call(SEND))
	frappe.db.rollback()
	assert frappe.db.count("Email Queue Recipient", {"recipient": asked}) == 1
