"""Managers see the delays of everybody; board and order say with whom a delay lies."""

import json

import pytest

import frappe
from frappe.utils import add_to_date, get_fullname, now_datetime

from sales_wh_flow.base import mail_queue
from sales_wh_flow.delays import act, api, follow, jobs
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order_board import api as board
from sales_wh_flow.shortage import api as shortages
from sales_wh_flow.stock_lock.serving import api as serving
from tests.delays.site.test_alerts import alert_of, owners
from tests.factories import acting_as, line, make_customer, make_item, make_order, make_user, receive

pytestmark = pytest.mark.usefixtures("delays_are_told")


@pytest.fixture
def asked(place):
	user = make_user("Sales User", "Sales Manager")
	owners(warehouse=place, responsible_user=user)
	return user


@pytest.fixture
def order(place, asked):
	made = make_order(line(make_item(), qty=4, warehouse=place), submit=True)
	look()
	return made


def look():
	return follow.raise_and_pass_on(delayed.delayed_orders("", 1000))


def snoozed(order):
	until = str(add_to_date(now_datetime(), days=2))
	act.snooze(alert_of(order), until, "The customer agreed")


def test_a_manager_sees_the_delays_of_everybody_with_whom_and_why_they_sleep(order, asked):
	snoozed(order)
	with acting_as(make_user("Sales Manager", "Sales User")):
		assert [it["sales_order"] for it in api.my_delays() if it["sales_order"] == order.name] == []
		(row,) = [it for it in api.my_delays(of_everybody=1) if it["sales_order"] == order.name]
	assert (row["responsible_user"], row["snooze_reason"]) == (asked, "The customer agreed")
	assert row["responsible_name"] == get_fullname(asked) != asked


@pytest.mark.parametrize("roles", [["Sales User"], ["Purchase User", "Sales User"], ["Stock User"]])
def test_the_delays_of_others_are_for_managers_alone(order, roles):
	with acting_as(make_user(*roles)), pytest.raises(frappe.PermissionError, match="Sales Manager"):
		api.my_delays(of_everybody=1)
	frappe.clear_messages()


def test_a_manager_sees_only_delays_of_orders_that_he_may_read(order):
	manager = make_user("Sales Manager", "Sales User")
	permission = {"doctype": "User Permission", "user": manager, "allow": "Customer"}
	frappe.get_doc({**permission, "for_value": make_customer()}).insert(ignore_permissions=True)
	with acting_as(manager):
		assert api.my_delays(of_everybody=1) == []


def test_board_and_order_say_with_whom_a_delay_lies_and_until_when_it_sleeps(order, asked, place):
	shown = board.order_overview(order.name)["delay"]
	assert (shown["stage"], shown["delay_of"], shown["delay_with"]) == (
		"Waiting for Stock",
		"Supplier",
		get_fullname(asked),
	)
	assert shown["step"] and not shown["snoozed_until"]
	snoozed(order)
	shown = board.order_overview(order.name)["delay"]
	assert shown["snoozed_until"] and shown["snooze_reason"] == "The customer agreed"
	cards = [
		it
		for column in board.board(warehouse=place, only=json.dumps([]))["columns"]
		for it in column["cards"]
	]
	((whose, until),) = [(it["delay_with"], it["snoozed_until"]) for it in cards]
	assert whose == get_fullname(asked) and until


def test_while_what_an_order_waits_for_lies_free_it_is_nobodys_delay_and_nothing_is_missing(order, place):
	item = order.items[0].item_code
	later = make_order(line(item, qty=3, warehouse=place), submit=True)
	receive(item, 5, place)

	shown = board.order_overview(order.name)
	assert (shown["lines"][0]["free"], shown["delay"]) == (4, None)
	assert shortages.missing_lines(order.name)["lines"] == []
	assert board.next_step(order.name)["do"] == "open"
	assert board.order_overview(later.name)["lines"][0]["free"] == 1
	(lacks,) = shortages.missing_lines(later.name)["lines"]
	assert lacks["missing"] == 2 and board.next_step(later.name)["do"] == "what_is_missing"
	assert serving.lock_waiting(order.name) == 4

	frappe.db.set_value("Sales Order Item", later.items[0].name, "reserve_stock", 0)
	assert board.order_overview(later.name)["delay"] is None  # it waits for nothing


def test_switched_off_a_delay_lies_with_nobody(order, asked, place, switches):
	switches(stock_lock=True, forecast=True)
	shown = board.order_overview(order.name)["delay"]
	assert (shown["stage"], shown["delay_with"]) == ("Waiting for Stock", "")
	cards = [it for column in board.board(warehouse=place)["columns"] for it in column["cards"]]
	assert [it["delay_with"] for it in cards] == [""]


def test_an_order_on_time_lies_with_nobody(place):
	order = make_order(line(make_item(is_stock_item=0), warehouse=place))
	assert board.order_overview(order.name)["delay"] is None


def test_an_order_that_was_cancelled_since_it_was_looked_at_raises_nothing(place, asked):
	made = make_order(line(make_item(), qty=4, warehouse=place), submit=True)
	found = delayed.delayed_orders("", 1000)
	made.cancel()
	assert made.name in [it.order for it in found]
	assert follow.raise_and_pass_on(found) == 0
	assert alert_of(made) is None


def end(order):
	frappe.db.set_value("Sales Order", order.name, "swf_lateness", "On Time")
	assert follow.end_alerts([follow.store.hold_alert(alert_of(order).name)]) == 1


def test_nobody_is_told_of_an_alert_that_has_ended_meanwhile(order, asked):
	end(order)
	told = []
	follow.notify, native = lambda users, *_args: told.extend(users), follow.notify
	try:
		follow.tell_people()
	finally:
		follow.notify = native
	assert asked not in told and told == []


def test_a_mail_of_delays_that_could_not_leave_goes_no_more_once_nothing_is_delayed(order, asked):
	jobs.send_digests()
	(mail,) = frappe.get_all("Email Queue Recipient", {"recipient": asked}, pluck="parent")
	frappe.db.set_value("Email Queue", mail, "status", mail_queue.ERROR)
	end(order)
	jobs.send_digests()
	assert frappe.db.get_value("Email Queue", mail, "status") == mail_queue.ERROR


def test_a_mail_of_delays_that_could_not_leave_goes_later_while_they_last(order, asked):
	jobs.send_digests()
	(mail,) = frappe.get_all("Email Queue Recipient", {"recipient": asked}, pluck="parent")
	frappe.db.set_value("Email Queue", mail, "status", mail_queue.ERROR)
	jobs.send_digests()
	assert frappe.db.get_value("Email Queue", mail, "status") == mail_queue.NOT_SENT
