"""Approvers are told whatever is away at the moment, and nothing that was decided is undone by it."""

import re
from collections import Counter
from unittest.mock import patch

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.store import asked_people
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	request,
	role,
	tell,
	user,
)


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True, approval_notify_todo="1", approval_notify_email="1")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def left_over():
	"""The approvals that the sweep would tell about."""
	return asked_people.untold(add_to_date(now_datetime(), minutes=1))


def errors(who):
	"""What the log says of a user's mails; it is never rolled back."""
	return frappe.get_all("Error Log", {"method": ("like", f"%{who}%")}, pluck="error")


def test_without_redis_approvals_are_asked_and_decided_and_the_sweep_tells():
	boss, other = approver(), approver()
	with make.acting_as(make.make_user("Sales User")):
		order = make.make_order(make.line(rate=80))
	frappe.db.after_commit.reset()
	with patch.object(frappe, "enqueue", make.no_redis):
		_order, name = asked(user(boss), order=order)
		_order, second = asked(user(other), order=order)
		frappe.db.after_commit.run()
		assert {name, second} <= set(left_over())
		grant(boss, order, name)
		frappe.db.after_commit.run()
		with make.acting_as(other):
			decide.refuse_approval(order.name, second, "no")
		frappe.db.after_commit.run()
	assert (request(name).state, request(second).state) == ("Approved", "Rejected")
	assert not {name, second} & set(left_over())


def test_a_refusal_of_the_gate_is_a_refusal_without_redis(monkeypatch):
	monkeypatch.setattr(frappe, "enqueue", make.no_redis)
	make.make_rule("Own Condition", condition="total > 0")
	frappe.db.sql("update `tabOrder Approval Rule` set `condition` = 'total > nothing'")
	order = make.make_order(make.line(rate=80))
	with pytest.raises(frappe.ValidationError, match="can't be submitted yet"):
		order.submit()


def test_a_mail_that_cant_be_queued_keeps_nobody_elses_and_is_tried_again():
	boss, other = approver(), approver()
	order, name = asked(user(boss), user(other))
	unlucky = frappe.db.get_value("User", boss, "email")
	sent = []

	def send(recipients, **values):
		if recipients == [unlucky]:
			raise frappe.OutgoingEmailError("no account")
		sent.append(recipients[0])

	with patch.object(frappe, "sendmail", send):
		tell(name)
	assert sent == [frappe.db.get_value("User", other, "email")]
	assert "no account" in errors(boss)[0]
	assert name in left_over()
	notes = {"document_name": order.name, "for_user": boss}
	with patch.object(frappe, "sendmail", lambda recipients, **values: sent.append(recipients[0])):
		tell(name)
	assert unlucky in sent[1:]
	assert name not in left_over()
	assert frappe.db.count("Notification Log", notes) == 1, "told once on the desk"


def test_mails_are_given_up_after_some_tries_and_stay_in_the_log():
	boss = approver()
	_order, name = asked(user(boss))
	with patch.object(frappe, "sendmail", side_effect=frappe.OutgoingEmailError("no account")):
		for _time in range(asked_people.MOST_TRIES):
			assert name in left_over()
			tell(name)
	assert name not in left_over()
	assert len(errors(boss)) == asked_people.MOST_TRIES


def test_a_decision_counts_while_no_mail_account_is_there():
	boss = approver()
	order, name = asked(user(boss))
	tell(name)  # the site has none
	grant(boss, order, name)
	assert docstatus(order) == 1


FIELDS_CURRENCY = "SELECT `currency` FROM `tabSales Order`"
"""By this later Frappe learns the currency of an amount in a row, anew for each row that it has in hand."""


def shape(statement):
	return re.sub(r"'[^']*'", "?", statement)


@pytest.mark.parametrize("again", [False, True])
def test_asking_for_many_approvals_costs_what_asking_for_one_does(again):
	approver("Order Approver")
	elsewhere = {"allow": "Customer", "for_value": make.make_customer()}  # asked, but may not read the order
	frappe.get_doc({"doctype": "User Permission", "user": approver("Order Approver"), **elsewhere}).insert()
	cost: dict[int, list[list[str]]] = {1: [], 5: []}
	for count in (1, 5, 1, 5):  # the first fills what is cached, and a cache may lose something at any moment
		rules = [make.make_rule(threshold=10 + at, approvers=[role()]) for at in range(count)]
		order = make.make_order(make.line(rate=60))
		if again:
			gate.ask(order.name)
			order.reload().items[0].rate = 50
		with make.counted_statements() as statements:
			order.save() if again else gate.ask(order.name)
		assert frappe.db.count("Order Approval", {"sales_order": order.name, "state": "Open"}) == count
		cost[count].append([text for text in statements if not text.startswith(FIELDS_CURRENCY)])
		for rule in rules:
			frappe.db.set_value("Order Approval Rule", rule.name, "enabled", 0)
	one, many = (min(rounds, key=len) for rounds in cost.values())
	assert len(many) <= len(one), Counter(map(shape, many)) - Counter(map(shape, one))
