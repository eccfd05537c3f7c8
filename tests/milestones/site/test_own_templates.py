"""The app's own words as Email Templates, one a language, to be changed by who wants to."""

import pytest

import frappe

from sales_wh_flow.milestones import api
from tests.factories import acting_as, make_user
from tests.milestones.messages_world import make_message_rule, reachable_customer, shipped_order


@pytest.fixture(autouse=True)
def messages_are_on(switches):
	switches(messages="On", stock_lock=True)


def shown(order):
	(told,) = api.preview_messages(order.name, "Dispatched")
	return told["subject"], told["message"]


def test_made_templates_say_what_the_app_says_in_each_language():
	order = shipped_order(customer=reachable_customer())
	rule = make_message_rule("Dispatched")
	subject, message = shown(order)

	names = api.make_templates(rule.name)

	rule.reload()
	assert {row.language for row in rule.templates} == {"", "ar", "de", "es", "fr"}
	assert [row.email_template for row in rule.templates] == names
	again, html = shown(order)
	assert again == subject
	for words in ("It has left our warehouse.", "JD0146000000000001", "Tracking number"):
		assert words in message and words in html
	arabic = frappe.get_doc("Email Template", f"{rule.title} (ar)")
	assert arabic.response_html.startswith('<div dir="rtl">') and 'dir="ltr"' in message
	german = frappe.get_doc("Email Template", f"{rule.title} (de)")
	assert "Auftrag" in german.subject or "Bestellung" in german.subject
	with pytest.raises(frappe.ValidationError, match="a template for each language"):
		api.make_templates(rule.name)


def test_a_rule_without_our_words_gets_no_templates():
	rule = make_message_rule("Dispatched", channel="Webhook", webhook_url="https://93.184.216.34/hook")
	with pytest.raises(frappe.ValidationError, match="Choose Mail or Desk"):
		api.make_templates(rule.name)


def test_who_may_not_change_the_rule_makes_none():
	rule = make_message_rule("Dispatched")
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		api.make_templates(rule.name)
	assert not frappe.get_doc("Message Rule", rule.name).templates
