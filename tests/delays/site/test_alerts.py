"""Delay alerts: raised as a forecast slips, owned, passed on, put off, handed over, done by themselves."""

import pytest

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from sales_wh_flow.approval import gate
from sales_wh_flow.delays import api, follow, jobs
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order import promise_anew, refresh_forecast
from sales_wh_flow.order.store import stage_durations
from tests.approval.deciding import new_role
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_order,
	make_rule,
	make_user,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction, monkeypatch):
	switches(stock_lock=True, serving="By Itself", forecast=True, lead_transit_days=2, delay_alerts="On")
	stage_durations.forget_durations()
	for role in ("Purchase User", "Purchase Manager", "Sales Manager"):
		make_user(role, "Sales User")
	# Orders that other tests left are looked past; undone with this one.
	frappe.db.sql("update `tabSales Order` set swf_lateness = null")
	monkeypatch.setattr(jobs, "refresh_forecasts", look_at_own_orders)


def look_at_own_orders():
	own = frappe.get_all("Sales Order", {"swf_lateness": ("is", "set")}, pluck="name")
	return refresh_forecast.refresh_forecasts(own)


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 3, place)
	return item, place


def order_of(goods, qty=40, **values):
	item, place = goods
	return make_order(line(item, qty=qty, warehouse=place), submit=True, **values)


def alert_of(order):
	name = frappe.db.get_value("Delay Alert", {"sales_order": order.name, "state": ("!=", "Done")})
	return frappe.get_doc("Delay Alert", name) if name else None


def happenings(alert):
	rows = frappe.get_all(
		"Delay Alert Event", {"parent": alert.name}, ["happening"], order_by="happened_on, creation"
	)
	return [row.happening for row in rows]


def owners(**row):
	settings = frappe.get_doc("Sales Flow Settings")
	settings.append("delay_owners", {"level": 1, **row})
	settings.save()


def test_an_order_whose_forecast_slips_is_raised_once_for_who_acts(goods):
	order = order_of(goods)
	jobs.follow_delays()
	jobs.follow_delays()
	alert = alert_of(order)
	assert (alert.responsible_role, alert.lateness, alert.stage) == (
		"Purchase User",
		"At Risk",
		"Waiting for Stock",
	)
	assert alert.best_step == "split"
	assert frappe.db.count("Delay Alert", {"sales_order": order.name}) == 1
	assert happenings(alert) == ["Raised"]
	assert alert.due_on > now_datetime()


def test_an_order_on_time_has_no_alert(goods):
	order = order_of(goods, qty=2)
	jobs.follow_delays()
	assert alert_of(order) is None


def test_a_draft_that_waits_for_an_approver_is_never_late_and_an_alert_of_it_ends_by_itself(goods, switches):
	switches(approval=True, stock_lock=True, forecast=True, lead_transit_days=9, delay_alerts="On")
	role = new_role()
	make_rule(threshold=10, approver_role=role)
	order = make_order(line(goods[0], qty=2, rate=80, price_list_rate=100, warehouse=goods[1]))
	gate.ask(order.name)
	refresh_forecast.refresh_forecasts([order.name])
	stored = frappe.db.get_value("Sales Order", order.name, ["swf_stage", "swf_lateness"])
	assert stored == ("Approval", None)
	# As it was kept before drafts had no lateness.
	frappe.db.set_value("Sales Order", order.name, "swf_lateness", "At Risk", update_modified=False)
	store.raise_alerts(
		[{"sales_order": order.name, "open_of_order": order.name, "state": "Open", "level": 1}]
	)
	jobs.follow_delays()
	assert alert_of(order) is None
	assert not frappe.db.get_value("Sales Order", order.name, "swf_lateness")


def test_goods_in_another_warehouse_are_what_helps_most(goods):
	receive(goods[0], 99, make_warehouse())
	order = order_of(goods)
	jobs.follow_delays()
	assert alert_of(order).best_step == "serve_elsewhere"


def test_it_is_done_by_itself_once_the_cause_is_gone(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert = alert_of(order)
	promise_anew.promise(order, add_days(nowdate(), 60), "The supplier is late")
	jobs.follow_delays()
	alert.reload()
	assert (alert.state, alert.open_of_order) == ("Done", None)
	assert happenings(alert)[-1] == "Cause Gone"
	frappe.db.set_value("Sales Order", order.name, "swf_last_promised_on", add_days(nowdate(), 1))
	jobs.follow_delays()
	assert alert_of(order).name != alert.name


def test_the_next_level_is_asked_when_nothing_happens(goods):
	order = order_of(goods)
	jobs.follow_delays()
	for role in ("Purchase Manager", "Sales Manager"):
		store.change_alerts({alert_of(order).name: {"due_on": add_to_date(now_datetime(), hours=-1)}})
		jobs.follow_delays()
		assert alert_of(order).responsible_role == role
	assert (alert_of(order).level, alert_of(order).due_on) == (3, None)
	assert happenings(alert_of(order)) == ["Raised", "Escalated", "Escalated"]


def test_the_settings_say_who_is_responsible_by_stage_and_warehouse(goods):
	person = make_user("Purchase User", "Sales User")
	owners(stage="Waiting for Stock", warehouse=goods[1], responsible_user=person, hours=1)
	order = order_of(goods)
	jobs.follow_delays()
	assert alert_of(order).responsible_user == person
	with acting_as(person):
		(row,) = api.my_delays()
	assert (row["sales_order"], row["lateness"]) == (order.name, "At Risk")
	assert "Waiting for Stock" in row["cause"]
	assert row["step"] == "Send what is there, split off the rest"


def test_each_person_is_told_once_however_many_orders_slip_at_once(goods):
	person = make_user("Sales User")
	owners(warehouse=goods[1], responsible_user=person)
	for _ in range(3):
		order_of(goods)
	told = []
	original = follow.notify
	follow.notify = lambda users, order, subject, *more: told.append((users, subject))
	try:
		jobs.follow_delays()
		jobs.follow_delays()
	finally:
		follow.notify = original
	assert [users for users, _subject in told] == [[person]]
	assert '"raised":3' in told[0][1]


def test_nobody_is_told_of_orders_that_he_may_not_read(goods):
	person = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": person, "allow": "Customer", "for_value": make_customer()}
	).insert(ignore_permissions=True)
	owners(warehouse=goods[1], responsible_user=person)
	order_of(goods)
	told = []
	original = follow.notify
	follow.notify = lambda *args: told.append(args)
	try:
		jobs.follow_delays()
	finally:
		follow.notify = original
	assert told == []
	with acting_as(person):
		assert api.my_delays() == []


def test_a_snooze_needs_a_reason_and_an_end_and_wakes_by_itself(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert = alert_of(order)
	with acting_as(make_user("Purchase User", "Sales User")):
		with pytest.raises(frappe.ValidationError):
			api.snooze(alert.name, str(add_to_date(now_datetime(), hours=5)), " ")
		with pytest.raises(frappe.ValidationError):
			api.snooze(alert.name, str(add_to_date(now_datetime(), hours=-5)), "Called the supplier")
		with pytest.raises(frappe.ValidationError, match="60 days"):
			api.snooze(alert.name, "9999-12-31", "Called the supplier")
		api.snooze(alert.name, str(add_to_date(now_datetime(), hours=5)), "Called the supplier")
	store.change_alerts({alert.name: {"due_on": add_to_date(now_datetime(), hours=-1)}})
	jobs.follow_delays()
	alert.reload()
	assert (alert.state, alert.level, alert.snooze_reason) == ("Snoozed", 1, "Called the supplier")
	store.change_alerts({alert.name: {"snoozed_until": add_to_date(now_datetime(), hours=-1)}})
	jobs.follow_delays()
	alert.reload()
	assert (alert.state, alert.level) == ("Open", 1)
	assert happenings(alert) == ["Raised", "Snoozed", "Snooze Over"]


def test_an_alert_is_handed_over_to_somebody_who_may_read_the_order(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert = alert_of(order)
	to, blind = make_user("Sales User"), make_user("HR User")
	with acting_as(make_user("Purchase User", "Sales User")):
		with pytest.raises(frappe.ValidationError):
			api.hand_over(alert.name, blind, "Yours")
		assert api.hand_over(alert.name, to, "You know the supplier") == to
	with acting_as(to):
		assert [row["name"] for row in api.my_delays()] == [alert.name]
	assert happenings(alert)[-1] == "Handed Over"


def test_what_is_somebody_elses_is_not_changed(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert = alert_of(order)
	until = str(add_to_date(now_datetime(), hours=5))
	with acting_as(make_user("Stock User", "Sales User")), pytest.raises(frappe.PermissionError):
		api.snooze(alert.name, until, "Not mine")
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.snooze(alert.name, until, "Not mine")
	with acting_as(make_user("Sales Manager")):
		api.snooze(alert.name, until, "I look after it")
	alert.reload()
	alert.state = "Done"
	with pytest.raises(frappe.PermissionError):
		alert.save()


def test_in_shadow_alerts_are_kept_and_nobody_is_asked(goods, switches):
	switches(stock_lock=True, forecast=True, delay_alerts="Shadow")
	person = make_user("Purchase User", "Sales User")
	order = order_of(goods)
	jobs.follow_delays()
	assert (alert_of(order).is_shadow, alert_of(order).due_on) == (1, None)
	with acting_as(person):
		assert api.my_delays() == []


def test_switched_off_nothing_is_raised_and_without_a_forecast_it_can_not_be_on(goods, switches):
	switches(stock_lock=True, forecast=True)
	order = order_of(goods)
	jobs.follow_delays()
	assert alert_of(order) is None
	with pytest.raises(frappe.ValidationError, match="Switch Forecast on"):
		switches(stock_lock=True, delay_alerts="On")


def test_a_thousand_at_once_cost_the_statements_of_one(goods):
	first = order_of(goods)
	with counted_statements() as one:
		follow.raise_and_pass_on(delayed.delayed_orders("", 1000))
	for _ in range(4):
		order_of(goods)
	with counted_statements() as many:
		follow.raise_and_pass_on(delayed.delayed_orders("", 1000))
	assert alert_of(first)
	assert len(many) <= len(one) + 1  # the first had no alert to change
	assert len(many) <= 8


def test_a_role_that_nobody_holds_who_may_read_the_order_is_passed_over(goods):
	holders = frappe.get_all("Has Role", {"role": "Purchase User", "parenttype": "User"}, pluck="parent")
	frappe.db.sql("update `tabUser` set enabled = 0 where name in %s", (tuple(holders),))
	make_user("Purchase User")  # who may not read Sales Orders
	order = order_of(goods)
	jobs.follow_delays()
	assert alert_of(order).responsible_role == "Purchase Manager"


def test_who_is_given_an_alert_that_slept_has_time_before_it_goes_up_a_level(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert, to = alert_of(order), make_user("Sales User")
	with acting_as(make_user("Purchase User", "Sales User")):
		api.snooze(alert.name, str(add_to_date(now_datetime(), hours=5)), "Called the supplier")
		store.change_alerts({alert.name: {"due_on": add_to_date(now_datetime(), hours=-1)}})
		api.hand_over(alert.name, to, "You know the supplier")
	jobs.follow_delays()
	alert.reload()
	assert (alert.responsible_user, alert.level, alert.is_handed_over) == (to, 1, 1)
	assert alert.due_on > now_datetime()


def test_what_shadow_kept_is_asked_once_alerts_are_on_and_nobody_once_they_are_not(goods, switches):
	switches(stock_lock=True, forecast=True, delay_alerts="Shadow")
	person = make_user("Purchase User", "Sales User")
	order = order_of(goods)

	def asked(mode):
		switches(stock_lock=True, forecast=True, delay_alerts=mode)
		jobs.follow_delays()
		with acting_as(person):
			return [row["sales_order"] for row in api.my_delays()]

	assert [asked(mode) for mode in ("Shadow", "On", "Shadow", "Off")] == [[], [order.name], [], []]
	assert asked("On") == [order.name]
	assert alert_of(order).due_on > now_datetime()
	assert frappe.db.count("Delay Alert", {"sales_order": order.name}) == 1


def test_an_order_that_a_job_has_not_seen_late_keeps_the_alert_that_another_raised(goods):
	order = order_of(goods)
	jobs.follow_delays()
	alert = store.not_done([order.name])[order.name]
	assert (follow.end_alerts([alert]), alert_of(order).state) == (0, "Open")
	frappe.db.set_value("Sales Order", order.name, "swf_lateness", "On Time")
	assert (follow.end_alerts([alert]), follow.end_alerts([alert])) == (1, 0)
	ended = frappe.get_doc("Delay Alert", alert.name)
	assert happenings(ended) == ["Raised", "Cause Gone"]


def test_what_was_put_off_or_handed_over_stays_so_after_a_look_at_shadow(goods, switches):
	person, to = make_user("Purchase User", "Sales User"), make_user("Sales User")
	snoozed, given = order_of(goods), order_of(goods)
	jobs.follow_delays()
	with acting_as(person):
		until = str(add_to_date(now_datetime(), days=14))
		api.snooze(alert_of(snoozed).name, until, "The customer agreed")
		api.hand_over(alert_of(given).name, to, "You know the supplier")
	for mode in ("Shadow", "On"):
		switches(stock_lock=True, forecast=True, delay_alerts=mode)
		jobs.follow_delays()
	alert = alert_of(given)
	assert (alert_of(snoozed).state, alert_of(snoozed).is_shadow) == ("Snoozed", 0)
	assert (alert.responsible_user, alert.is_handed_over, alert.is_shadow) == (to, 1, 0)
