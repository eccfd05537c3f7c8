"""Asking has words: a note, a reminder, a question and its answer, taking it back, and why it was refused."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.approval import api, escalate, gate
from sales_wh_flow.approval import tell as telling
from sales_wh_flow.approval.desk import api as desk
from sales_wh_flow.approval.desk import inbox
from sales_wh_flow.base import background, notify
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	history,
	request,
	role,
	tell,
	user,
)

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True, approval_notify_email=0, approval_notify_todo=1)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
	"""What is written after the commit is written at once: the test ends without one."""
	monkeypatch.setattr(background, "run", _run_here)
	monkeypatch.setattr(background, "owe", _run_here)


def _run_here(job, **given):
	if job == telling._TELLER:
		tell(*given["approvals"])
	elif job == notify._WRITER:
		frappe.get_attr(job)(**given)


def heard(who) -> str:
	"""What somebody's desk says, newest first."""
	rows = frappe.get_all("Notification Log", {"for_user": who}, ["subject"], order_by="creation desc")
	return " | ".join(frappe.utils.strip_html(row.subject) for row in rows)


def timeline(order) -> str:
	return str(frappe.get_all("Comment", {"reference_name": order.name}, pluck="content"))


def draft(boss, **values):
	"""(draft that owes the boss's approval, its author); nobody was asked."""
	make.make_rule(threshold=10, approvers=[user(boss)], company=make.company().name, **values)
	with make.acting_as(make.make_user("Sales User")):
		order = make.make_order(make.line(rate=80), customer=make.make_customer())
	return order


def as_author(order, verb, **given):
	with make.acting_as(order.owner):
		return verb(**given)


# A note


def test_the_note_reaches_whoever_decides():
	boss = approver()
	order = draft(boss)
	(name,) = as_author(order, api.ask_for_approval, sales_order=order.name, note="Their largest order yet")[
		"asked"
	]
	assert "Their largest order yet" in heard(boss)
	assert "Their largest order yet" in timeline(order)
	with make.acting_as(boss):
		(shown,) = [
			one
			for row in inbox.page(True, "due", 0, 20)["orders"]
			for one in row["approvals"]
			if row["sales_order"] == order.name
		]
	assert shown["note"] == "Their largest order yet"
	assert request(name).decisions[0].comment == "Their largest order yet"


def test_without_a_note_it_is_asked_as_ever():
	order = draft(approver())
	assert as_author(order, api.ask_for_approval, sales_order=order.name)["asked"]


# Why it was refused


def test_the_notification_of_a_refusal_says_why():
	boss = approver()
	order, approval = asked(user(boss))
	with make.acting_as(boss):
		api.refuse(approval=approval, comment="Below our cost")
	assert "Below our cost" in heard(order.owner)


def test_a_reason_runs_nowhere_in_a_notification():
	boss = approver()
	order, approval = asked(user(boss))
	frappe.db.set_value("Order Approval", approval, "comment", "x")
	with make.acting_as(boss):
		api.refuse(approval=approval, comment="see <img src=x onerror=1>")
	subject = frappe.get_all("Notification Log", {"for_user": order.owner}, pluck="subject")
	assert "<img" not in str(subject)


# Remind


def test_whoever_writes_the_order_reminds_once_an_hour():
	boss = approver()
	order, approval = asked(user(boss))
	assert as_author(order, desk.remind, approval=approval)["reminded"] == [frappe.utils.get_fullname(boss)]
	assert "Please decide" in heard(boss)
	with pytest.raises(frappe.ValidationError, match="remind again from"):
		as_author(order, desk.remind, approval=approval)
	(shown,) = as_author(order, api.approvals_of, sales_order=order.name)["approvals"]
	assert not shown["may_i_remind"] and shown["remind_again_on"]
	assert shown["decisions"][-1]["user"] == frappe.utils.get_fullname(order.owner)
	row = request(approval).decisions[-1]
	frappe.db.set_value(row.doctype, row.name, "decided_on", add_to_date(now_datetime(), minutes=-61))
	(shown,) = as_author(order, api.approvals_of, sales_order=order.name)["approvals"]
	assert shown["may_i_remind"] and not shown["remind_again_on"]
	as_author(order, desk.remind, approval=approval)
	assert [action for _level, action, _user in history(approval)].count("Reminded") == 2


def test_nobody_is_reminded_of_what_is_decided():
	boss = approver()
	order, approval = asked(user(boss), role("Order Approver", 2))
	grant(boss, order, approval)
	frappe.db.set_value("Order Approval", approval, "state", "Approved")
	with pytest.raises(frappe.ValidationError, match="already"):
		as_author(order, desk.remind, approval=approval)


# Withdraw


def test_a_withdrawn_request_asks_nobody_and_the_draft_can_be_asked_about_again():
	boss = approver()
	order, approval = asked(user(boss))
	tell(approval)
	assert as_author(order, desk.withdraw, sales_order=order.name, comment="Wrong price")["withdrawn"]
	assert request(approval).state == "Superseded"
	assert history(approval)[-1] == (1, "Withdrawn", order.owner)
	assert "Wrong price" in heard(boss)
	assert "Wrong price" in timeline(order)
	assert not frappe.get_all("ToDo", {"reference_name": approval, "status": "Open"})
	with pytest.raises(frappe.ValidationError):
		grant(boss, order, approval)
	(again,) = as_author(order, api.ask_for_approval, sales_order=order.name)["asked"]
	grant(boss, order, again)
	assert docstatus(order) == 1


def test_a_withdrawn_request_is_not_asked_again_by_a_save_and_lets_nothing_through():
	boss = approver()
	order, _approval = asked(user(boss))
	as_author(order, desk.withdraw, sales_order=order.name)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.items[0].rate = 70
	doc.save()
	assert not frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"})
	with pytest.raises(frappe.ValidationError):
		doc.submit()


def test_what_was_approved_counts_on_after_the_rest_is_withdrawn():
	boss, other = approver(), approver()
	order, first = asked(user(boss))
	make.make_rule(threshold=15, approvers=[user(other)])
	gate.ask(order.name)
	grant(boss, order, first)
	as_author(order, desk.withdraw, sales_order=order.name)
	assert request(first).state == "Approved"
	assert len(as_author(order, api.ask_for_approval, sales_order=order.name)["asked"]) == 1


def test_what_waits_of_a_submitted_order_is_not_withdrawn():
	from tests.approval.site.test_changed_orders import update

	make.make_rule(threshold=10)
	order = make.make_order(submit=True)
	update(order, {"rate": 50})
	with pytest.raises(frappe.ValidationError, match="is submitted"):
		desk.withdraw(sales_order=order.name)


# Ask back


def test_a_question_goes_to_whoever_asked_and_its_answer_to_the_approver():
	boss = approver()
	order, approval = asked(user(boss))
	with make.acting_as(boss):
		desk.ask_back(approval=approval, comment="Which competitor?")
	assert "Which competitor?" in heard(order.owner)
	row = as_author(order, api.approvals_of, sales_order=order.name)["approvals"][0]
	assert (row["question"], row["may_i_answer"]) == ("Which competitor?", True)
	as_author(order, desk.answer, approval=approval, comment="The one next door")
	assert "The one next door" in heard(boss)
	assert request(approval).question == ""
	assert [action for _level, action, _user in history(approval)] == ["Asked", "Asked Back", "Answered"]


def test_a_question_stops_the_clock_and_the_answer_starts_it_anew():
	boss = approver()
	levels = [{"level": 1, "approvals_needed": 1, "due_hours": 4, "when_due": "Remind"}]
	order, approval = asked(user(boss), levels=levels)
	first = request(approval).due_on
	with make.acting_as(boss):
		desk.ask_back(approval=approval, comment="Why?")
	assert request(approval).due_on is None
	assert escalate.escalate_one(order.name, approval, add_to_date(first, days=30)) == escalate.NOTHING
	as_author(order, desk.answer, approval=approval, comment="Because")
	assert request(approval).due_on >= first


def test_an_open_question_keeps_nobody_from_deciding():
	boss = approver()
	order, approval = asked(user(boss))
	with make.acting_as(boss):
		desk.ask_back(approval=approval, comment="Why?")
	grant(boss, order, approval)
	assert (docstatus(order), request(approval).question) == (1, "")


@pytest.mark.parametrize(
	("verb", "who"), [("ask_back", "author"), ("answer", "stranger"), ("remind", "stranger")]
)
def test_only_who_decides_asks_back_and_only_who_writes_the_order_answers_and_reminds(verb, who):
	boss = approver()
	order, approval = asked(user(boss))
	given = {} if verb == "remind" else {"comment": "Why?"}
	actor = order.owner if who == "author" else make.make_user("Stock User")
	with make.acting_as(actor), pytest.raises(frappe.PermissionError):
		getattr(desk, verb)(approval=approval, **given)


@pytest.mark.parametrize("verb", ["ask_back", "answer"])
def test_words_are_not_empty(verb):
	boss = approver()
	order, approval = asked(user(boss))
	with make.acting_as(boss if verb == "ask_back" else order.owner), pytest.raises(frappe.ValidationError):
		getattr(desk, verb)(approval=approval, comment=" ")


def test_an_answer_needs_a_question():
	order, approval = asked(user(approver()))
	with pytest.raises(frappe.ValidationError, match="no question"):
		as_author(order, desk.answer, approval=approval, comment="Because")


# A change while the order waits


def test_a_change_takes_a_given_approval_back_and_asks_it_again_while_another_one_waits():
	boss, other = approver(), approver()
	order, first = asked(user(boss))
	make.make_rule("Order Value", 1, approvers=[user(other)], company=order.company)
	gate.ask(order.name)
	grant(boss, order, first)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.items[0].rate = 60
	doc.save()
	again = frappe.get_value(
		"Order Approval", {"sales_order": order.name, "rule": request(first).rule, "state": "Open"}
	)
	assert (request(first).state, bool(again)) == ("Superseded", True)


def test_a_change_after_the_only_approval_waits_for_whoever_asks_again(monkeypatch):
	from sales_wh_flow.approval import finish

	boss = approver()
	order, first = asked(user(boss))
	monkeypatch.setattr(finish, "approved", lambda doc: (False, "stock is counted"))
	grant(boss, order, first)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.items[0].rate = 60
	doc.save()
	assert not frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"})
	assert as_author(order, api.approvals_of, sales_order=order.name)["may_ask"]
