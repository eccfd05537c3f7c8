"""Which orders wait for whom, what lets them through, and what a change does to it."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.approval import decide, gate, tell
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.base import notify
from sales_wh_flow.base.said import worded
from tests import factories as make
from tests.approval.approval_world import discounted, flow_status, is_submitted, states


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	"""Approval on, no rule of the site in the way."""
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


@pytest.fixture
def ask_each_time(switches):
	"""One person's approval does not count for a second rule."""
	switches(approval=True, approval_ask_once="0")


def over_limit(limit=150, outstanding=100, order=100, **values):
	"""A draft that brings its customer above the limit."""
	customer = make.make_customer(credit_limit=limit)
	if outstanding:
		make.make_order(make.line(rate=outstanding), customer=customer, submit=True)
	return make.make_order(make.line(rate=order), customer=customer, **values)


# Asking


def test_an_order_that_hits_no_rule_owes_nothing():
	make.make_rule(threshold=30)
	order = discounted(20)
	assert gate.ask(order.name) == []
	assert states(order) == []
	order.submit()


def test_every_hit_is_asked_at_once_with_its_numbers():
	first = make.make_rule(threshold=10)
	second = make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=50)
	order = make.make_order(make.line(rate=80), customer=customer)
	names = gate.ask(order.name)
	reasons = {
		row.rule: worded(row.reason)
		for row in frappe.get_all("Order Approval", {"name": ("in", names)}, ["rule", "reason"])
	}
	assert set(reasons) == {first.name, second.name}
	assert "20 %" in reasons[first.name] and "10 %" in reasons[first.name]
	assert "80.00" in reasons[second.name] and "50.00" in reasons[second.name]
	assert flow_status(order) == "Pending Approval"


def test_asking_twice_asks_once():
	make.make_rule()
	order = discounted()
	assert len(gate.ask(order.name)) == 1
	assert gate.ask(order.name) == []
	assert len(states(order)) == 1


def test_only_a_draft_can_be_asked_about():
	make.make_rule(threshold=50)
	order = discounted(submit=True)
	with pytest.raises(frappe.ValidationError, match="drafts only"):
		gate.ask(order.name)
	order.reload().cancel()
	with pytest.raises(frappe.ValidationError, match="Cancelled"):
		gate.ask(order.name)


def test_asking_is_refused_while_the_switch_is_off(switches):
	switches(approval=False)
	make.make_rule()
	with pytest.raises(frappe.ValidationError, match="switched off"):
		gate.ask(discounted().name)


# Deciding


def test_the_last_approval_submits_the_order(approver, ask_each_time):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	other = frappe.db.get_value("Order Approval", names[1], "rule")
	with make.acting_as(approver):
		first = decide.grant(order.name, names[0])
		assert not first.is_submitted and first.waits_for == (other,)
		assert decide.grant(order.name, names[1], "fine").is_submitted
	assert is_submitted(order)
	assert [state for _rule, state in states(order)] == ["Approved", "Approved"]
	assert frappe.db.get_value("Order Approval", names[1], "decided_by") == approver


def test_an_approved_order_is_submitted_above_erpnexts_own_limit(approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	order = over_limit()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert decision.is_submitted, decision.why_not
	assert is_submitted(order)


def test_erpnexts_own_limit_stays_where_no_credit_rule_covers_the_order(approver):
	make.make_rule(threshold=10)
	order = over_limit(order=100)
	order.items[0].price_list_rate = 200
	order.save()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert not decision.is_submitted
	assert "Credit limit" in decision.why_not or "credit limit" in decision.why_not
	assert not is_submitted(order)
	assert states(order)[0][1] == "Approved"
	assert flow_status(order) == "Approved"


def test_a_granted_order_can_be_saved_later_but_not_raised(approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	order = over_limit()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
	later = frappe.get_doc("Sales Order", order.name)
	later.po_no = "PO-1"
	later.save()
	raised = frappe.get_doc("Sales Order", order.name)
	raised.base_grand_total += 1
	raised.load_doc_before_save()
	gate.keep_granted_credit(raised)
	with pytest.raises(frappe.ValidationError, match=r"[Cc]redit"):
		raised.check_credit_limit()


def test_a_refused_submit_leaves_the_approval_and_nothing_else(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Customer", order.customer, "disabled", 1)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert not decision.is_submitted and "disabled" in decision.why_not
	assert states(order) == [(frappe.db.get_value("Order Approval", names[0], "rule"), "Approved")]
	assert frappe.local.message_log == []
	frappe.db.set_value("Customer", order.customer, "disabled", 0)
	frappe.get_doc("Sales Order", order.name).submit()


def test_a_deadlock_while_submitting_is_not_taken_for_a_refusal(approver, monkeypatch):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)

	def deadlocked(doc):
		raise frappe.QueryDeadlockError

	monkeypatch.setattr(gate, "require", deadlocked)
	with make.acting_as(approver), pytest.raises(frappe.QueryDeadlockError):
		decide.grant(order.name, names[0])


def test_a_refusal_needs_a_reason(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="Say why"):
		decide.refuse_approval(order.name, names[0], "  ")
	assert states(order)[0][1] == "Open"


def test_a_refused_order_is_rejected_until_it_changes(approver):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.refuse_approval(order.name, names[0], "too cheap")
	assert [state for _rule, state in states(order)] == ["Rejected", "Superseded"]
	assert flow_status(order) == "Rejected"
	with pytest.raises(ApprovalRequired, match="too cheap"):
		frappe.get_doc("Sales Order", order.name).submit()
	with pytest.raises(frappe.ValidationError, match="too cheap"):
		gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 88
	changed.save()
	assert flow_status(order) == "Draft"
	assert len(gate.ask(order.name)) == 1


def test_a_decided_approval_cant_be_decided_again(approver):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
		with pytest.raises(frappe.ValidationError, match="already"):
			decide.grant(order.name, names[0])
		with pytest.raises(frappe.ValidationError, match="already"):
			decide.refuse_approval(order.name, names[0], "changed my mind")


def test_nothing_is_decided_about_an_order_that_is_no_draft_any_more(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Sales Order", order.name, {"docstatus": 2, "status": "Cancelled"})
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="Cancelled"):
		decide.grant(order.name, names[0])
	assert states(order)[0][1] == "Open"


def test_nothing_is_decided_about_an_order_that_changed_unseen(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Sales Order", order.name, "payment_terms_template", "other terms")
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="changed after"):
		decide.grant(order.name, names[0])
	assert states(order)[0][1] == "Open"


def test_the_timeline_says_who_decided_what(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.refuse_approval(order.name, names[0], "<b>too cheap</b>")
	texts = frappe.get_all(
		"Comment",
		{"reference_name": order.name, "comment_type": "Info"},
		["owner", "content"],
		order_by="creation",
	)
	assert [row.owner for row in texts] == ["Administrator", approver]
	assert "&lt;b&gt;too cheap" in worded(texts[1].content)


def test_the_asker_is_told_after_the_commit_only(approver, monkeypatch):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	calls = []
	frappe.db.after_commit.reset()
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: calls.append(values))
	with make.acting_as(approver):
		decide.refuse_approval(order.name, names[0], "too cheap")
	assert calls == []
	frappe.db.after_commit.run()
	assert [call["users"] for call in calls] == [["Administrator"]]
	assert "refused" in worded(calls[0]["log"]["subject"])


def test_the_asker_reads_the_decision(approver):
	make.make_rule()
	order = discounted()
	name = gate.ask(order.name)[0]
	calls = []
	frappe.db.after_commit.reset()
	with (
		make.acting_as(approver),
		patch.object(frappe, "enqueue", lambda _path, **values: calls.append(values)),
	):
		decide.grant(order.name, name)
		frappe.db.after_commit.run()
	(told,) = [call for call in calls if "log" in call]
	notify.write_logs(told["log"], told["users"])
	log = frappe.get_last_doc("Notification Log", {"document_name": order.name})
	assert (log.for_user, log.from_user) == ("Administrator", approver)
	assert "it is submitted" in log.subject


def test_possible_approvers_are_told_what_waits_for_them(approver):
	make.make_rule()
	order = discounted()
	calls = []
	frappe.db.after_commit.reset()
	with patch.object(frappe, "enqueue", lambda path, **values: calls.append((path, values["approvals"]))):
		names = gate.ask(order.name)
		assert calls == []
		frappe.db.after_commit.run()
	assert calls == [("sales_wh_flow.approval.jobs.tell_approvers", names)]
	for _time in range(2):
		tell.whoever_is_asked(names[0])
	(subject,) = frappe.get_all(
		"Notification Log", {"for_user": approver, "document_name": order.name}, pluck="subject"
	)
	assert "asks you to approve" in subject
