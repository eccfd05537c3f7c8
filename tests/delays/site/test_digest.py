"""Whoever has delayed orders to do something about gets one mail a day, however many they are."""

from datetime import datetime

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.delays import digest, follow, jobs
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order.store import stage_durations
from tests.delays.site.test_alerts import owners
from tests.factories import (
	company,
	line,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)
from tests.milestones.messages_world import mail_account


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction, monkeypatch):
	switches(stock_lock=True, forecast=True, lead_transit_days=2, delay_alerts="On", delay_digest="On")
	stage_durations.forget_durations()
	mail_account()
	# What other tests left is looked past; undone with this one.
	frappe.db.sql("update `tabSales Order` set swf_lateness = null")
	frappe.db.sql("update `tabDelay Alert` set state = 'Done'")
	monkeypatch.setattr(digest, "is_time", lambda moment: True)


@pytest.fixture
def place():
	return make_warehouse()


@pytest.fixture
def person(place):
	"""Whoever is asked about orders of the warehouse."""
	user = make_user("Sales User")
	owners(warehouse=place, responsible_user=user)
	return user


def delay(place, count=3, **values):
	item = make_item()
	receive(item, 1, place)
	made = [make_order(line(item, qty=40, warehouse=place), submit=True, **values) for _ in range(count)]
	follow.raise_and_pass_on(delayed.delayed_orders("", 1000))
	return made


def mails_to(user):
	return frappe.get_all(
		"Email Queue",
		{"reference_doctype": "Delay Alert", "name": ("in", _queued(user))},
		["name", "message", "status"],
	)


def _queued(user):
	return frappe.get_all("Email Queue Recipient", {"recipient": user}, pluck="parent") or [""]


def test_many_delays_are_one_mail_a_day(place, person):
	orders = delay(place)
	jobs.send_digests()
	jobs.send_digests()
	(mail,) = mails_to(person)
	words = frappe.utils.cstr(mail.message)
	assert "3 at risk" in words
	assert all(order.name in words for order in orders)


def test_who_sees_none_of_them_or_has_none_gets_no_mail(place, person):
	frappe.get_doc(
		{"doctype": "User Permission", "user": person, "allow": "Customer", "for_value": make_customer()}
	).insert(ignore_permissions=True)
	delay(place)
	jobs.send_digests()
	assert mails_to(person) == []


def test_what_sleeps_is_not_mailed(place, person):
	delay(place)
	frappe.db.sql("update `tabDelay Alert` set state = 'Snoozed' where state = 'Open'")
	jobs.send_digests()
	assert mails_to(person) == []


def test_on_a_day_off_of_the_company_nothing_is_mailed(place, person):
	delay(place)
	days_off = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": frappe.generate_hash(length=8),
			"from_date": add_days(nowdate(), -1),
			"to_date": add_days(nowdate(), 1),
			"holidays": [{"holiday_date": nowdate(), "description": "A day off"}],
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value("Company", company().name, "default_holiday_list", days_off.name)
	frappe.clear_document_cache("Company", company().name)
	jobs.send_digests()
	assert mails_to(person) == []


def test_before_the_office_opens_nothing_is_mailed(monkeypatch):
	monkeypatch.undo()
	assert not digest.is_time(datetime(2026, 11, 27, 8, 59))
	assert digest.is_time(datetime(2026, 11, 27, 9, 0))


def test_switched_off_nobody_is_mailed(place, person, switches):
	delay(place)
	switches(stock_lock=True, forecast=True, lead_transit_days=2, delay_alerts="On")
	jobs.send_digests()
	assert mails_to(person) == []


def test_while_the_mail_server_is_away_the_newest_mail_waits_and_goes_once(place, person):
	delay(place)
	jobs.send_digests()
	(old,) = mails_to(person)
	frappe.db.set_value("Email Queue", old.name, {"status": "Error", "retry": 3})
	jobs.send_digests()
	(mail,) = mails_to(person)
	assert (mail.name, mail.status) == (old.name, "Not Sent")
	frappe.db.sql("delete from `tabDevice Action` where action like 'delay_digest %'")  # the next day
	jobs.send_digests()
	(newer,) = mails_to(person)
	assert newer.name != old.name
	assert frappe.db.get_value("Email Queue", old.name, "status") == "Error"
	jobs.send_digests()
	assert frappe.db.get_value("Email Queue", old.name, "status") == "Error"
