"""The link in an e-mail: for one user, one approval, one state of the order, once; opening it is harmless."""

import time as clock
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs, urlparse

import pytest

import frappe

from sales_wh_flow import signed_pages
from sales_wh_flow.approval import api, mail
from sales_wh_flow.www import order_approval
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	request,
	tell,
	user,
)

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def boss():
	return approver()


@pytest.fixture
def case(boss):
	"""(order, approval, the token of the boss's link)"""
	order, name = asked(user(boss))
	return order, name, token_of(request(name), boss)


def token_of(approval, who):
	return parse_qs(urlparse(mail.link_for(approval, who)).query)["token"][0]


def page(token):
	with patch.object(frappe.local, "form_dict", frappe._dict(token=token)):
		return order_approval.get_context(frappe._dict())


def test_the_page_shows_the_order_and_decides_nothing(case, boss):
	order, name, token = case
	with make.acting_as(boss):
		for _time in range(2):  # a mail scanner opens it, then the approver does
			context = page(token)
	assert context.problem == ""
	assert (context.facts["order"].name, context.facts["approval"].name) == (order.name, name)
	assert (request(name).state, docstatus(order)) == ("Open", 0)


@pytest.mark.parametrize("without_login", ["0", "1"])
def test_the_page_says_what_else_is_approved_and_that_the_last_one_submits(boss, switches, without_login):
	switches(approval=True, approval_ask_once="1", approval_link_without_login=without_login)
	order, first = asked(user(boss))
	order, second = asked(user(boss), user(boss, 2), order=order)
	with make.acting_as("Guest" if without_login == "1" else boss):
		form = frappe.form_dict
		context = page(token_of(request(first), boss))
		assert frappe.form_dict is form and frappe.session.user in ("Guest", boss)
		template = frappe.get_jenv().get_template("sales_wh_flow/www/order_approval.html")
		told = "".join(template.blocks["page_content"](template.new_context(context)))
	assert [row["approval"] for row in context.brings["also"]] == [second]
	for text in ("counts for these as well", request(second).rule, "The last approval submits the order"):
		assert text in told
	assert {request(name).state for name in (first, second)} == {"Open"} and docstatus(order) == 0


def test_the_page_sends_strangers_to_the_login(case):
	with make.acting_as("Guest"), pytest.raises(frappe.Redirect):
		page(case[2])
	assert "/login?redirect-to=" in frappe.local.flags.redirect_location


def test_the_page_shows_nothing_to_another_user(case):
	order, _name, token = case
	with make.acting_as(approver()):
		context = page(token)
	assert context.facts is None and "was sent to" in context.problem
	assert order.name not in context.problem and order.customer not in context.problem


def test_the_link_decides_once(case, boss):
	order, name, token = case
	with make.acting_as(boss):
		answer = api.decide_by_link(token, "approve", "fine")
		assert answer["submitted"] and "The order is submitted" in answer["text"]
		with pytest.raises(frappe.ValidationError, match="used before"):
			api.decide_by_link(token, "approve")
		assert "used before" in page(token).problem
	assert docstatus(order) == 1
	assert request(name).decisions[-1].via.startswith("E-mail link")


def test_the_link_refuses_with_a_reason(case, boss):
	_order, name, token = case
	with make.acting_as(boss):
		with pytest.raises(frappe.ValidationError, match="Say why"):
			api.decide_by_link(token, "refuse")
		api.decide_by_link(token, "refuse", "too cheap")
	assert (request(name).state, request(name).decided_by) == ("Rejected", boss)


@pytest.mark.parametrize("who", ["Guest", "Administrator", "other"])
def test_only_the_links_own_user_decides(case, who):
	who = approver() if who == "other" else who
	with make.acting_as(who), pytest.raises(frappe.PermissionError):
		api.decide_by_link(case[2], "approve")
	assert request(case[1]).state == "Open"


def test_without_login_only_where_the_settings_allow_it(case, boss, switches):
	order, name, token = case
	switches(approval=True, approval_link_without_login="1")
	with make.acting_as("Guest"):
		assert page(token).problem == ""
		assert api.decide_by_link(token, "approve")["submitted"]
		assert frappe.session.user == "Guest"
	assert (request(name).decided_by, docstatus(order)) == (boss, 1)


def test_a_link_outlives_neither_its_time_nor_the_order_it_was_about(case, boss):
	order, name, token = case
	then = clock.time() - 73 * 3600
	with patch.object(mail.time, "time", lambda: then):
		late = token_of(request(name), boss)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 50
	changed.save()
	with make.acting_as(boss):
		with pytest.raises(frappe.ValidationError, match="too old"):
			api.decide_by_link(late, "approve")
		with pytest.raises(frappe.ValidationError):
			api.decide_by_link(token, "approve")
	assert docstatus(order) == 0


def test_a_forged_link_opens_nothing(case, boss):
	body, signature = case[2].split(".")
	with make.acting_as(boss):
		for token in (f"{body}.{signature[:-2]}aa", f"{body[:-2]}aa.{signature}", "x.y", ""):
			with pytest.raises(frappe.PermissionError):
				api.decide_by_link(token, "approve")


def test_a_link_gives_no_right_that_its_user_has_lost(case, boss):
	order, name, token = case
	frappe.get_doc("User", boss).remove_roles("Accounts User")
	with make.acting_as(boss):
		with pytest.raises(frappe.PermissionError):
			api.decide_by_link(token, "approve")
		context = page(token)
	assert context.facts is None and order.customer not in context.problem
	assert request(name).state == "Open"


def test_another_action_is_no_action(case, boss):
	with make.acting_as(boss), pytest.raises(frappe.ValidationError, match="approve or refuse"):
		api.decide_by_link(case[2], "delete")


# The mails themselves


def mails_for(name, users):
	with patch.object(frappe, "sendmail") as sent:
		mail.requests(name, users)
	return [call.kwargs for call in sent.call_args_list]


def test_each_gets_a_link_of_its_own_and_nobody_else_a_mail(boss):
	other, blind = approver(), make.make_user("HR User")
	order, name = asked(user(boss), user(other), user(blind))
	sent = mails_for(name, [boss, other, blind, approver()])
	addresses = {frappe.db.get_value("User", who, "email") for who in (boss, other)}
	assert {one["recipients"][0] for one in sent} == addresses
	assert len({one["message"] for one in sent}) == 2
	assert all(order.name in one["subject"] for one in sent)


def test_nobody_is_mailed_about_what_is_decided(case, boss):
	order, name, _token = case
	grant(boss, order, name)
	assert mails_for(name, [boss]) == []


def test_the_mail_is_queued_only_where_the_settings_say_so_and_once(boss, switches):
	for setting in ("0", "1"):
		switches(approval=True, approval_notify_email=setting)
		_order, name = asked(user(boss))
		with patch.object(frappe, "sendmail") as sent:
			tell(name)
			tell(name)
		assert sent.call_count == int(setting)
		frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def test_a_template_of_the_settings_is_used(case, boss, switches):
	template = frappe.get_doc(
		{
			"doctype": "Email Template",
			"name": make.unique("Template"),
			"subject": "Decide {{ order.name }}",
			"use_html": 1,
			"response_html": "<p>{{ reason }} <a href='{{ link }}'>go</a></p>",
		}
	).insert()
	switches(approval=True, approval_email_template=template.name)
	order, name, _token = case
	(one,) = mails_for(name, [boss])
	assert one["subject"] == f"Decide {order.name}"
	assert "order_approval?token=" in one["message"]


def test_the_users_text_is_escaped_in_the_mail(boss):
	order, name = asked(user(boss))
	frappe.db.set_value("Sales Order", order.name, "customer_name", "<b>Bold</b> Ltd")
	(one,) = mails_for(name, [boss])
	assert "<b>Bold" not in one["message"] and "&lt;b&gt;Bold" in one["message"]


@pytest.mark.parametrize("without_login", [0, 1])
@pytest.mark.parametrize("change", ["disabled", "role taken"])
def test_a_link_is_dead_when_its_user_may_not_decide_any_more(case, boss, without_login, change):
	order, name, token = case
	frappe.db.set_single_value("Sales Flow Settings", "approval_link_without_login", without_login)
	if change == "disabled":
		frappe.db.set_value("User", boss, "enabled", 0)
	else:
		frappe.db.delete("Has Role", {"parent": boss})
		frappe.clear_cache(user=boss)
	frappe.local.once = {}
	with make.acting_as("Guest" if without_login else boss):
		assert page(token).facts is None
		with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
			api.decide_by_link(token, "approve")
	assert (request(name).state, docstatus(order)) == ("Open", 0)


@pytest.mark.parametrize("path", ["/order_approval", "/order_approval/", "/order_approval.html"])
def test_the_page_is_shown_in_no_frame(path):
	response, request_ = SimpleNamespace(headers={}), SimpleNamespace(path=path)
	signed_pages.forbid_framing(response, request_)
	assert response.headers["X-Frame-Options"] == "DENY"
	assert response.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_other_pages_keep_their_headers():
	response = SimpleNamespace(headers={})
	signed_pages.forbid_framing(response, SimpleNamespace(path="/orders"))
	assert response.headers == {}
