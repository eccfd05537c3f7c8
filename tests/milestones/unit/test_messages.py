"""Messages, their signatures and the links of customers' pages, in plain Python."""

import base64
import hashlib
import hmac
import json

import pytest

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.milestones.rules.customer_states import customer_state, qty_left
from sales_wh_flow.milestones.rules.delivery import MOST_ATTEMPTS, delay_min, message_key
from sales_wh_flow.milestones.rules.message_rules import MessageRuleFacts, rules_for, template_in
from sales_wh_flow.milestones.rules.milestones import MILESTONES, milestone_named
from sales_wh_flow.milestones.rules.page_token import PageToken, page_token, read_page_token
from sales_wh_flow.milestones.rules.webhook import body_of, new_secret, secret_bytes, signed_headers

KEY = b"k" * 32


def rule(name="R", **values):
	given = {
		**{"name": name, "state": "On", "milestone": "Ready", "audience": "Customer", "channel": "Mail"},
		**dict.fromkeys(("company", "customer_group", "receiver_role", "webhook_shown", "notification"), ""),
		"digest": False,
	}
	return MessageRuleFacts(**{**given, **values})


@pytest.mark.parametrize("name", MILESTONES)
def test_a_milestone_is_known_by_its_words_and_by_their_code(name):
	assert milestone_named(name) == milestone_named(name.lower().replace(" ", "_")) == name


def test_what_is_no_milestone_is_an_error():
	with pytest.raises(LookupError):
		milestone_named("teleported")


def test_a_message_is_the_same_whoever_writes_the_address_how():
	same = message_key("SO-1", "Ready", "", "Kim@Example.com", "Mail", "")
	assert same == message_key("SO-1", "Ready", "", "kim@example.com", "Mail", "")
	others = {
		message_key("SO-2", "Ready", "", "kim@example.com", "Mail", ""),
		message_key("SO-1", "Delayed", "", "kim@example.com", "Mail", ""),
		message_key("SO-1", "Ready", "BOX-1", "kim@example.com", "Mail", ""),
		message_key("SO-1", "Ready", "", "kim@example.com", "Desk", ""),
		message_key("SO-1", "Ready", "", "kim@example.com", "Mail", "2026-12-01"),
	}
	assert len(others) == 5 and same not in others


def test_attempts_come_later_and_later_and_end_after_about_a_day():
	waits = [delay_min(attempt) for attempt in range(1, MOST_ATTEMPTS)]
	assert waits == sorted(waits) and waits[0] >= 1
	assert 12 * 60 <= sum(waits) <= 30 * 60
	assert delay_min(50) == waits[-1]


def test_rules_speak_of_their_milestone_company_and_customer_group():
	rules = [
		rule("all"),
		rule("other milestone", milestone="Short"),
		rule("other company", company="Other"),
		rule("group", customer_group="Retail"),
		rule("other group", customer_group="Export"),
	]
	found = rules_for(rules, "Ready", "Acme", ("Retail", "All"))
	assert [it.name for it in found] == ["all", "group"]


@pytest.mark.parametrize(
	("language", "template"), [("de", "DE"), ("de-AT", "DE"), ("fr", "Any"), ("", "Any")]
)
def test_a_reader_gets_the_template_of_the_language(language, template):
	assert template_in((("de", "DE"), ("", "Any")), language) == template
	assert template_in((("de", "DE"),), "fr") == ""


def test_a_webhook_is_signed_as_the_scheme_says():
	secret = new_secret(b"\x07" * 32)
	body = body_of("Return Received", "2026-11-28 10:00:00", {"order": "SO-1"})
	assert json.loads(body)["type"] == "order.return_received"
	headers = signed_headers(secret, "msg1", 1700000000, body)
	wanted = hmac.new(b"\x07" * 32, b"msg1.1700000000." + body, hashlib.sha256).digest()
	assert headers["webhook-id"] == "msg1"
	assert headers["webhook-signature"] == "v1," + base64.b64encode(wanted).decode()


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "whsec_not base64"])
def test_what_is_no_secret_is_refused(secret):
	with pytest.raises(ValueError):
		secret_bytes(secret)


def test_a_token_shows_its_link_until_it_is_over():
	text = page_token(PageToken("abc", 1000), KEY)
	assert read_page_token(text, KEY, 999).link == "abc"
	with pytest.raises(RuleViolation, match="page_link_is_over"):
		read_page_token(text, KEY, 1001)


@pytest.mark.parametrize("broken", ["", "x", "a.b", "…", "{0}x", "x{0}"])
def test_a_forged_token_shows_nothing(broken):
	text = page_token(PageToken("abc", 1000), KEY)
	with pytest.raises(RuleViolation, match="page_link_is_not_ours"):
		read_page_token(broken.format(text), KEY, 0)
	with pytest.raises(RuleViolation, match="page_link_is_not_ours"):
		read_page_token(text, b"other key", 0)


@pytest.mark.parametrize(
	("docstatus", "status", "flow_status", "told"),
	[
		(0, "Draft", "Pending Approval", "Not Confirmed Yet"),
		(1, "To Deliver and Bill", "Pending Approval", "Order Received"),
		(1, "To Deliver and Bill", "Backordered", "Order Received"),
		(1, "To Deliver and Bill", "Locked", "Order Received"),
		(1, "To Deliver and Bill", "Picking", "Being Prepared"),
		(1, "To Bill", "Dispatched", "On Its Way"),
		(1, "On Hold", "On Hold", "Order Received"),
		(1, "Closed", "Closed", "Closed"),
		(1, "Completed", "", "Delivered"),
		(2, "Cancelled", "Cancelled", "Cancelled"),
	],
)
def test_customers_learn_nothing_of_approvals_locks_and_holds(docstatus, status, flow_status, told):
	assert customer_state(docstatus, status, flow_status) == told


def test_a_line_whose_parts_all_left_has_left():
	row = {"qty": 0.8, "delivered_qty": 0.1, "returned_qty": 0.7, "replaced_qty": 0.0}

	assert qty_left(row) == 0.8
