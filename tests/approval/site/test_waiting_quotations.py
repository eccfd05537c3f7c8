"""A request about a Quotation is waited for like one about an order: inbox, mails, reminders, substitutes."""

from types import SimpleNamespace
from urllib.parse import unquote

import pytest

import frappe

from sales_wh_flow.approval import api as approvals
from sales_wh_flow.approval import asking, jobs, mail, subject, tell, under_condition
from sales_wh_flow.approval import quotation as flow
from sales_wh_flow.approval.desk import api
from sales_wh_flow.base import retry
from tests import factories as make
from tests.approval import deciding
from tests.approval.site.test_quotations import approval_on, decided, gated, lead, quotation

__all__ = ["approval_on", "gated"]


@pytest.fixture
def waiting(gated, monkeypatch):
	"""(Quotation, approval) that waits since long ago for somebody with a role of its own; (role, boss)."""
	monkeypatch.setattr(retry, "from_a_fresh_transaction", lambda work: work())
	frappe.db.sql("update `tabOrder Approval` set state = 'Superseded' where state = 'Open'")
	frappe.db.set_single_value("Sales Flow Settings", "approval_notify_todo", 1)
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	role, boss = deciding.new_role(), make.make_user("Sales Manager")
	frappe.get_doc("User", boss).add_roles(role)
	rule = make.make_rule(
		"Discount",
		15,
		approvers=[{"level": 1, "kind": "Role", "role": role}],
		levels=[{"level": 1, "approvals_needed": 1, "due_hours": 8, "when_due": "Remind"}],
	)
	quote = quotation(author=make.make_user("Sales User"))
	(name,) = flow.ask_for_quotation(quote.name, "a good customer")
	tell.whoever_is_asked(name)
	return SimpleNamespace(quote=quote, name=name, role=role, boss=boss, rule=rule)


def inbox(user, **filters):
	with make.acting_as(user):
		return api.approval_inbox(**filters)


def told(user, quote):
	return frappe.get_all(
		"Notification Log",
		{"for_user": user, "document_type": "Quotation", "document_name": quote.name},
		pluck="subject",
	)


def test_a_quotation_waits_in_its_approvers_inbox_beside_orders(waiting):
	answer = inbox(waiting.boss)
	(row,) = answer["orders"]
	assert (answer["mine"], answer["all"], row["sales_order"], row["quotation"]) == (
		1,
		1,
		"",
		waiting.quote.name,
	)
	assert (row["value"], row["customer"]) == (waiting.quote.base_grand_total, waiting.quote.party_name)
	(approval,) = row["approvals"]
	assert "28 %" in approval["reason"] and approval["note"] == "a good customer" and row["due"]
	assert inbox(make.make_user("Stock User"), mine=False)["orders"] == []


def test_many_are_decided_from_the_inbox_quotations_among_them(waiting):
	with make.acting_as(waiting.boss):
		(row,) = approvals.decide_many([waiting.name], "approve", "fine")
	assert (row["ok"], row["state"], row["message"]) == (
		True,
		"Approved",
		"You approved. Nothing is left to decide.",
	)
	assert inbox(waiting.boss)["orders"] == []
	frappe.get_doc("Quotation", waiting.quote.name).submit()


def test_approvers_of_a_quotation_are_told_by_note_todo_and_mail(waiting):
	(line,) = told(waiting.boss, waiting.quote)
	assert "Quotation" in line and waiting.quote.name in line and "a good customer" in line
	assert frappe.db.exists(
		"ToDo", {"reference_name": waiting.name, "allocated_to": waiting.boss, "status": "Open"}
	)
	request = frappe.get_doc("Order Approval", waiting.name)
	_title, text = mail._text(mail_facts(request, waiting))
	assert f"Quotation {waiting.quote.name}" in text
	token = mail.link_for(request, waiting.boss).split("token=")[1]
	with make.acting_as(waiting.boss):
		shown = mail.facts(mail.read_link(unquote(token)))
	assert shown["url"] == waiting.quote.get_url()


def mail_facts(request, waiting):
	order = subject.stored_order(subject.subject_of(request))
	return {
		"order": order,
		"kind": "Quotation",
		"approval": request,
		"reason": "",
		"value": "",
		"link": "",
		"user": "",
		"note": "",
		"has_link": False,
	}


def test_a_quotation_that_is_due_is_reminded_of(waiting):
	frappe.db.set_value("Order Approval", waiting.name, "due_on", "2020-01-01 10:00:00")
	assert jobs.press_for_decisions()[waiting.name] == "Reminded"
	with make.acting_as(waiting.quote.owner), pytest.raises(frappe.ValidationError, match="remind"):
		asking.remind(subject.subject_of_approval(waiting.name), waiting.name)


def test_what_nobody_is_left_to_decide_about_a_quotation_asks_the_fallback(waiting):
	frappe.get_doc("User", waiting.boss).remove_roles(waiting.role)
	frappe.local.request_cache.clear()
	assert waiting.name in jobs.follow_people()
	with make.acting_as(waiting.boss):  # a Sales Manager
		assert decided(waiting.name, "approve") == "Approved"


def test_a_substitute_decides_about_a_quotation(waiting):
	substitute = make.make_user("Sales Manager")
	deciding.delegate(waiting.boss, substitute)
	assert [row["quotation"] for row in inbox(substitute)["orders"]] == [waiting.quote.name]
	with make.acting_as(substitute):
		assert decided(waiting.name, "approve") == "Approved"
	votes = frappe.get_doc("Order Approval", waiting.name).decisions
	assert (votes[-1].user, votes[-1].on_behalf_of) == (substitute, waiting.boss)


def test_an_open_request_about_a_quotation_follows_its_rule(waiting):
	waiting.rule.reload()
	waiting.rule.threshold = 90
	waiting.rule.save()
	jobs.follow_rules(waiting.rule.name)
	assert frappe.db.get_value("Order Approval", waiting.name, "state") == "Superseded"
	assert frappe.db.get_value("ToDo", {"reference_name": waiting.name}, "status") == "Closed"


def test_who_asks_about_a_quotation_is_asked_back_and_may_take_it_back(waiting):
	about = subject.subject_of_approval(waiting.name)
	with make.acting_as(waiting.boss):
		asking.ask_back(about, waiting.name, "why?")
	with make.acting_as(waiting.quote.owner):
		asking.answer_question(about, waiting.name, "a fair")
		assert api.withdraw_from_quotation(waiting.quote.name, "wrong price") == {
			"withdrawn": [waiting.rule.name]
		}
	assert inbox(waiting.boss)["orders"] == []
	assert frappe.get_doc("Quotation", waiting.quote.name).docstatus == 0


def test_nobody_else_takes_back_what_is_asked_about_a_quotation(waiting):
	stranger = make.make_user("Stock User")
	with make.acting_as(stranger), pytest.raises(frappe.PermissionError):
		api.withdraw_from_quotation(waiting.quote.name, "not mine")
	assert inbox(waiting.boss)["orders"]


def test_a_quotation_is_not_approved_under_a_condition(waiting):
	with make.acting_as(waiting.boss), pytest.raises(frappe.ValidationError, match="not under a condition"):
		under_condition.offer(subject.subject_of_approval(waiting.name), waiting.name, "Prepayment", 30, None)


def test_a_condition_of_a_quotation_is_neither_accepted_nor_declined(waiting):
	for answer in (approvals.accept_condition, approvals.decline_condition):
		with pytest.raises(frappe.ValidationError, match="not under a condition"):
			answer(waiting.name)


def test_the_admins_read_that_a_quotation_waits_for_a_broken_rule(waiting, monkeypatch):
	admin, queued = make.make_user("System Manager"), []
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	rule = make.make_rule("Own Condition", condition="100 / (total + 1) > 0")
	rule.db_set("condition", "100 / (total - total) > 0")
	quote = quotation()
	monkeypatch.setattr(frappe, "enqueue", lambda path, **values: queued.append((path, values)))
	flow.ask_for_quotation(quote.name)
	(values,) = (it for path, it in queued if path.endswith("tell_admins_of_broken_rule"))
	jobs.tell_admins_of_broken_rule(**{name: values[name] for name in ("rule", "order", "reason", "doctype")})
	told = frappe.get_last_doc("Notification Log", {"document_name": rule.name, "for_user": admin})
	assert told.subject.startswith(f"Quotation <strong>{quote.name}</strong> waits")


def test_a_quotation_saved_worse_while_it_waits_is_asked_about_at_once(waiting):
	doc = frappe.get_doc("Quotation", waiting.quote.name)
	doc.items[0].rate = 10
	doc.save()
	states = frappe.get_all("Order Approval", {"quotation": doc.name}, pluck="state", order_by="name")
	assert states == ["Superseded", "Open"]


def test_a_request_about_a_quotation_can_be_decided_after_a_rename(waiting):
	item = waiting.quote.items[0].item_code
	frappe.rename_doc("Item", item, make.unique("Renamed"), force=True, rebuild_search=False)
	with make.acting_as(waiting.boss):
		assert decided(waiting.name, "approve") == "Approved"
	frappe.get_doc("Quotation", waiting.quote.name).submit()


def test_a_request_about_a_leads_quotation_can_be_decided_after_the_customer_is_renamed(waiting):
	party = lead()
	customer = make.make_customer(lead_name=party)
	quote = quotation(to="Lead", party=party)
	(name,) = flow.ask_for_quotation(quote.name)
	frappe.rename_doc("Customer", customer, make.unique("Renamed"), force=True, rebuild_search=False)
	with make.acting_as(waiting.boss):
		assert decided(name, "approve") == "Approved"
	frappe.get_doc("Quotation", quote.name).submit()


def test_lists_show_requests_about_quotations_to_who_reads_those_alone(waiting):
	reader = make.make_user("Order Approver", "Accounts User")  # reads orders, no Quotations
	for who, sees in ((waiting.boss, True), (reader, False)):
		with make.acting_as(who):
			listed = frappe.get_list("Order Approval", {"name": waiting.name}, pluck="name")
			assert (bool(listed), frappe.get_doc("Order Approval", waiting.name).has_permission()) == (
				sees,
				sees,
			)
