"""What would be told of an order, and to whom, is shown before it happens."""

import pytest

import frappe

from sales_wh_flow.milestones import api, send
from tests.factories import unique
from tests.milestones.messages_world import (
	mails,
	make_message_rule,
	messages,
	reachable_customer,
	ship,
	shipped_order,
)

pytestmark = pytest.mark.usefixtures("messages_are_on")


def test_the_preview_says_who_would_read_what_and_writes_nothing():
	make_message_rule("Dispatched")
	make_message_rule("Dispatched", audience="Seller", state="Shadow")
	order = shipped_order(customer=reachable_customer())
	shown = {it["audience"]: it for it in api.preview_messages(order.name, "Dispatched")}
	assert shown["Customer"]["subject"] == f"Order {order.name} is on its way"
	assert "JD0146000000000001 (example)" in shown["Customer"]["message"]
	assert "New date" not in shown["Customer"]["message"]
	assert shown["Seller"]["state"] == "Would Have Gone Out"
	assert messages(order.name) == []


@pytest.mark.parametrize(
	("response", "problem"),
	[
		("{{ order.name", "TemplateSyntaxError"),
		("{{ nobody.knows }}", "UndefinedError: 'nobody' is undefined"),
		("{{ 1 / 0 }}", "ZeroDivisionError"),
	],
)
def test_the_preview_names_a_template_that_is_broken_and_shows_the_others(response, problem):
	values = {"doctype": "Email Template", "name": unique("Template"), "subject": "Sent"}
	template = frappe.get_doc({**values, "response": "fine"}).insert()
	template.db_set("response", response)
	make_message_rule("Dispatched", templates=[{"language": "", "email_template": template.name}])
	make_message_rule("Dispatched", audience="Seller")
	order = shipped_order(customer=reachable_customer())
	frappe.clear_messages()
	shown = {it["audience"]: it for it in api.preview_messages(order.name, "Dispatched")}
	assert shown["Customer"]["why"].startswith(f"The Email Template {template.name} can't be filled in: ")
	assert problem in shown["Customer"]["why"]
	assert shown["Seller"]["message"]
	assert frappe.local.message_log == []


@pytest.mark.parametrize(("expected", "said"), [(5, ""), (None, " (example)")])
def test_the_preview_of_a_delay_names_the_day_that_is_expected_or_says_that_it_is_made_up(expected, said):
	make_message_rule("Delayed")
	order = shipped_order(customer=reachable_customer())
	day = frappe.utils.add_days(frappe.utils.nowdate(), expected or 7)
	frappe.db.set_value("Sales Order", order.name, "swf_forecast_on", day if expected else None)
	(shown,) = api.preview_messages(order.name, "Delayed")
	assert f"{frappe.utils.format_date(day)}{said}</td>" in shown["message"]


def test_the_preview_of_what_left_names_the_note_and_how_much_is_on_it():
	make_message_rule("Dispatched")
	order = shipped_order(4, customer=reachable_customer())
	note = ship(order, 3)
	frappe.db.set_value("Delivery Note", note.name, "swf_tracking_no", "T-17")
	(shown,) = api.preview_messages(order.name, "Dispatched")
	assert "T-17" in shown["message"] and "(example)" not in shown["message"]
	assert note.name in shown["message"]
	assert "<li>3 " in shown["message"]


def test_a_mail_lists_what_is_in_its_parcel_and_a_confirmation_all_that_was_ordered():
	for milestone in ("Confirmed", "Dispatched"):
		make_message_rule(milestone)
	order = shipped_order(4, customer=reachable_customer())
	ship(order, 1)
	told = {}
	for it in messages(order.name):
		send.send_message(it.name)
	for mail in mails(order.name):
		told["Dispatched" if "left our warehouse" in mail.message else "Confirmed"] = mail.message
	assert "<li>1 " in told["Dispatched"] and "<li>4 " in told["Confirmed"]
