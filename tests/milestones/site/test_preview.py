"""What would be told of an order, and to whom, is shown before it happens."""

import pytest

import frappe

from sales_wh_flow.milestones import api
from tests.factories import unique
from tests.milestones.messages_world import (
	make_message_rule,
	messages,
	reachable_customer,
	shipped_order,
)


@pytest.fixture(autouse=True)
def messages_are_on(switches, in_this_transaction):
	switches(messages="On", stock_lock=True)


def test_the_preview_says_who_would_read_what_and_writes_nothing():
	make_message_rule("Dispatched")
	make_message_rule("Dispatched", audience="Seller", state="Shadow")
	order = shipped_order(customer=reachable_customer())
	shown = {it["audience"]: it for it in api.preview_messages(order.name, "Dispatched")}
	assert shown["Customer"]["subject"] == f"Order {order.name} is on its way"
	assert "JD0146000000000001" in shown["Customer"]["message"]
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
