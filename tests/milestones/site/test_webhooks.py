"""Webhooks of Message Rules: called at least once, under one id, at an address that nobody reads."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.base import call_out, said
from sales_wh_flow.milestones import api, jobs
from sales_wh_flow.milestones.store import rules
from sales_wh_flow.patches.v0_4 import webhook_addresses
from tests.milestones.messages_world import make_message_rule, messages, reachable_customer, shipped_order


@pytest.fixture(autouse=True)
def messages_are_on(switches, in_this_transaction):
	switches(messages="On", stock_lock=True)


def webhook_rule(**values):
	return make_message_rule(
		"Confirmed", channel="Webhook", webhook_url="https://hooks.example.com/in", **values
	)


def test_a_webhook_is_claimed_sent_under_its_id_and_tried_again_when_refused(monkeypatch):
	webhook_rule()
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	calls, bodies, answers = [], set(), [500, 200]

	def post(url, body, headers, may_be_private):
		calls.append((url, headers["webhook-id"]))
		bodies.add(body)
		return answers.pop(0)

	monkeypatch.setattr(call_out, "post_webhook", post)
	jobs._call_others(it.name)
	(after,) = messages(order.name)
	assert (after.state, after.attempts) == ("Waiting", 1)
	jobs._call_others(it.name)
	assert len(calls) == 1, "its next try is later"
	frappe.db.set_value("Order Message", it.name, "next_try", add_to_date(now_datetime(), minutes=-1))
	jobs._call_others(it.name)
	assert [row.state for row in messages(order.name)] == ["Sent"]
	assert calls == [("https://hooks.example.com/in", it.name)] * 2
	(said_on,) = (datetime.fromisoformat(json.loads(body)["timestamp"]) for body in bodies)
	here = ZoneInfo(frappe.utils.get_system_timezone())
	assert said_on.astimezone(here).replace(tzinfo=None) == it.happened_on
	assert said_on.tzinfo, "a receiver elsewhere reads the same moment"


def test_a_webhooks_address_is_shown_to_nobody_and_called_all_the_same(monkeypatch):
	"""Path and query often are all that a receiver asks for."""
	url, other = "https://hooks.example.com/T0/secret?token=s3", "https://hooks.example.com/T0/else"
	rule = make_message_rule("Confirmed", channel="Webhook", webhook_url=url)
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	rule.reload()
	rule.update({"webhook_url": other}).save()
	rule.update({"webhook_url": url}).save()
	rule.save()
	kept = [
		*(rule.as_dict(), frappe.get_all("Message Rule", {"name": rule.name}, ["*"])),
		*(it, api.messages_of_order(order.name), api.preview_messages(order.name, "Confirmed")),
		*(frappe.get_all("Version", {"docname": rule.name}, ["data"]), frappe.cache.get_value(rules._KEY)),
	]
	assert not [text for text in map(str, kept) if "s3" in text or "/T0" in text]
	assert it.receiver == rule.webhook_shown and it.receiver.startswith("https://hooks.example.com/… (")
	called = []
	monkeypatch.setattr(call_out, "post_webhook", lambda url, *_, **__: called.append(url) or 200)
	jobs._call_others(it.name)
	assert called == [url]


def test_a_message_goes_where_its_rule_says_by_now(monkeypatch):
	rule = webhook_rule()
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	rule.update({"webhook_url": "https://new.example.com/in"}).save()
	called = []
	monkeypatch.setattr(call_out, "post_webhook", lambda url, *_, **__: called.append(url) or 200)
	jobs._call_others(it.name)
	(after,) = messages(order.name)
	assert called == ["https://new.example.com/in"] and after.receiver == rule.webhook_shown != it.receiver


def test_addresses_from_before_are_hidden_by_the_patch():
	url = "https://old.example.com/in?token=s3"
	rule = webhook_rule()
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	frappe.db.set_value("Message Rule", rule.name, {"webhook_url": url, "webhook_shown": None})
	frappe.db.set_value("Order Message", it.name, "receiver", url)
	change = frappe.as_json({"changed": [["webhook_url", "", url], ["digest", 0, 1]]})
	version = {"ref_doctype": "Message Rule", "docname": rule.name, "data": change}
	frappe.get_doc({"doctype": "Version", **version}).insert()
	for _turn in range(2):
		webhook_addresses.execute()
	rule.reload()
	(after,) = messages(order.name)
	versions = frappe.get_all("Version", {"docname": rule.name}, pluck="data")
	assert rule.get_password("webhook_url") == url
	assert after.receiver == rule.webhook_shown and "s3" not in str([rule.as_dict(), after, *versions])
	assert "digest" in str(versions)


def test_a_webhook_that_is_never_taken_fails_in_the_end(monkeypatch):
	webhook_rule()
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	monkeypatch.setattr(call_out, "post_webhook", lambda *_args, **_values: 503)
	for _attempt in range(8):
		frappe.db.set_value("Order Message", it.name, "next_try", add_to_date(now_datetime(), minutes=-1))
		jobs._call_others(it.name)
	(after,) = messages(order.name)
	assert (after.state, after.attempts) == ("Failed", 9) or after.state == "Failed"
	assert "HTTP 503" in said.worded(after.why)


def test_a_webhook_for_customers_says_nothing_internal(monkeypatch):
	webhook_rule()
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	bodies = []
	monkeypatch.setattr(
		call_out, "post_webhook", lambda url, body, headers, may_be_private: bodies.append(body) or 200
	)
	frappe.db.set_value("Order Message", it.name, "facts", '{"margin": 3, "tracking_no": "T1"}')
	jobs._call_others(it.name)
	assert b"T1" in bodies[0] and b"margin" not in bodies[0] and b"Locked" not in bodies[0]


def test_a_webhook_without_a_secret_gets_one():
	rule = webhook_rule()
	assert rule.get_password("webhook_secret").startswith("whsec_")


@pytest.mark.parametrize("address", ["127.1", "[::1]", "2130706433", "desk.localhost"])
def test_no_rule_is_kept_that_calls_into_our_own_network(address):
	with pytest.raises(frappe.ValidationError, match="can't be called"):
		make_message_rule("Confirmed", channel="Webhook", webhook_url=f"https://{address}/x")


def test_a_milestone_that_does_not_exist_is_refused_by_name():
	order = shipped_order(customer=reachable_customer())
	with pytest.raises(frappe.ValidationError, match="no milestone"):
		api.preview_messages(order.name, "Nope")


def test_a_receiver_that_answers_slowly_holds_up_neither_mails_nor_other_receivers(monkeypatch):
	"""Twenty calls of ten seconds each would keep every mail that is noted meanwhile for minutes."""
	frappe.db.sql("update `tabOrder Message` set state = 'Failed' where state = 'Waiting'")
	clock, calls = [0.0], []
	monkeypatch.setattr(jobs.time, "monotonic", lambda: clock[0])

	def post(url, *_args, **_values):
		calls.append(url)
		clock[0] += 10 if "slow" in url else 0.1
		return 503 if "slow" in url else 200

	monkeypatch.setattr(call_out, "post_webhook", post)
	make_message_rule("Confirmed", channel="Webhook", webhook_url="https://slow.example.com/in")
	make_message_rule("Confirmed", channel="Webhook", webhook_url="https://quick.example.com/in")
	orders = [shipped_order(customer=reachable_customer()) for _ in range(2)]
	jobs.send_messages()
	assert [url.split("//")[1].split(".")[0] for url in calls].count("slow") == 1
	states = {
		(it.receiver.split("//")[1].split(".")[0], it.state)
		for order in orders
		for it in messages(order.name)
	}
	assert states == {("slow", "Waiting"), ("quick", "Sent")}
	attempts = [it.attempts for order in orders for it in messages(order.name) if "slow" in it.receiver]
	assert sorted(attempts) == [0, 1], "what was not called keeps its turn"
