"""Nobody is asked who has left the company, or may read no orders: the alert goes on to the next level."""

import pytest

import frappe

from sales_wh_flow.delays import api, follow, jobs, worklist
from sales_wh_flow.delays.store import delayed
from tests.delays.site.test_alerts import alert_of, happenings, owners
from tests.factories import acting_as, line, make_item, make_order, make_user

pytestmark = pytest.mark.usefixtures("delays_are_told")


def delayed_order(place):
	return make_order(line(make_item(), qty=4, warehouse=place), submit=True)


def look():
	follow.raise_and_pass_on(delayed.delayed_orders("", 1000))


def leave(user):
	frappe.db.set_value("User", user, "enabled", 0)


@pytest.mark.parametrize("why", ["disabled", "reads no orders", "is a customer"])
def test_a_person_who_cant_act_is_passed_over(place, why):
	gone, next_one = make_user("Sales User"), make_user("Sales User")
	if why == "disabled":
		leave(gone)
	elif why == "is a customer":
		frappe.db.set_value("User", gone, "user_type", "Website User")
	else:
		gone = make_user("HR User")
	owners(warehouse=place, responsible_user=gone)
	owners(warehouse=place, responsible_user=next_one, level=2)
	order = delayed_order(place)
	look()
	assert alert_of(order).responsible_user == next_one


def test_an_alert_of_somebody_who_leaves_goes_to_the_next_level_at_the_next_look(place):
	gone, next_one = make_user("Sales User"), make_user("Sales User")
	owners(warehouse=place, responsible_user=gone)
	owners(warehouse=place, responsible_user=next_one, level=2)
	order = delayed_order(place)
	look()
	assert alert_of(order).responsible_user == gone
	leave(gone)
	jobs.send_digests()
	assert not frappe.db.exists("Email Queue Recipient", {"recipient": gone})
	look()
	alert = alert_of(order)
	assert (alert.responsible_user, alert.level) == (next_one, 2)
	assert happenings(alert) == ["Raised", "Escalated"]
	look()
	assert happenings(alert) == ["Raised", "Escalated"]


def test_a_seller_who_has_left_is_not_asked_about_a_draft_of_his(place, switches):
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2, delay_alerts="On")
	seller = make_user("Sales User", "Sales Manager")
	with acting_as(seller):
		order = delayed_order(place)
	leave(seller)
	values = {"swf_stage": "On Hold", "swf_lateness": "Late"}
	frappe.db.set_value("Sales Order", order.name, values)
	make_user("Sales Manager", "Sales User")
	look()
	assert alert_of(order).responsible_user != seller


def test_a_person_with_more_delays_than_the_list_holds_is_told_how_many(place, monkeypatch):
	person = make_user("Sales User")
	owners(warehouse=place, responsible_user=person)
	for _ in range(3):
		delayed_order(place)
	look()
	monkeypatch.setattr(worklist, "MOST", 2)
	with acting_as(person):
		assert len(api.my_delays()) == 2
		assert api.delays_waiting_for_me()["value"] == 3
	with acting_as(make_user("Sales User")):
		assert api.delays_waiting_for_me()["value"] == 0
