"""What a rule says of itself: own conditions, contradictions, currencies, versions, shadow."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.subject import Subject
from tests import factories as make
from tests.approval.criteria_world import measured, needs


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def test_a_rule_says_what_it_does_in_the_readers_language(monkeypatch):
	rule = make.make_rule("Discount", 10)
	monkeypatch.setattr(frappe.local, "lang", "de")
	rule.run_method("onload")
	assert rule.explanation.startswith("Alle Aufträge mit Rabatt mehr als 10 %")


# Own conditions


@pytest.mark.parametrize(
	("condition", "is_hit"),
	[
		("total > 50", True),
		("total > 5000", False),
		("any(row.qty > 0 and row.item_group for row in lines)", True),
		("doc.po_no == '' and discount == 0", True),
		("doc.customer == 'Somebody else'", False),
		("today > doc.delivery_date", False),
	],
)
def test_an_own_condition_is_asked_of_the_order(condition, is_hit):
	order = make.make_order()
	assert (measured(order, of.OWN_CONDITION, condition=condition) == 1) is is_hit


@pytest.mark.parametrize(
	("condition", "problem"),
	[
		("", "Write the condition"),
		("total >", "SyntaxError"),
		("total", "not true or false"),
		("frappe.db.sql('select 1')", "NameError"),
		("doc.no_such_field > 1", "no field"),
		("doc.save()", "no field"),
		("doc._doc.save()", "invalid attribute|_doc"),
		("().__class__", "__class__"),
		("__import__('os').system('true')", "__import__"),
		("lines[0].qty > unknown", "unknown"),
	],
)
def test_a_condition_that_cant_work_or_reaches_out_is_refused_when_saved(condition, problem):
	with pytest.raises(frappe.ValidationError, match=problem):
		make.make_rule(of.OWN_CONDITION, condition=condition)


def test_a_condition_that_fails_holds_the_order_and_the_admins_are_told():
	order = make.make_order()
	rule = make.make_rule(of.OWN_CONDITION, condition="100 / (total + 1) > 0")
	rule.db_set("condition", "100 / (total - total) > 0")
	calls = []
	with patch.object(frappe, "enqueue", lambda path, **values: calls.append((path, values))):
		with pytest.raises(ApprovalRequired, match="ZeroDivisionError"):
			order.submit()
	told = [values for path, values in calls if path.endswith("tell_admins_of_broken_rule")]
	assert [(it["rule"], it["order"]) for it in told] == [(rule.name, order.name)]
	assert not any(it.get("enqueue_after_commit") for it in told)


def test_the_admins_read_which_rule_is_broken():
	from sales_wh_flow.approval import tell_admins

	admin = make.make_user("System Manager")
	rule, order = make.make_rule(), make.make_order()
	tell_admins.of_broken_rule(rule.name, Subject("Sales Order", order.name), "it <b>failed</b>")
	log = frappe.get_last_doc("Notification Log", {"document_name": rule.name, "for_user": admin})
	assert order.name in log.subject and "&lt;b&gt;" in log.subject


# Rules that contradict themselves


@pytest.mark.parametrize(
	("values", "problem"),
	[
		({"criterion": of.DISCOUNT, "measure": "Oldest in Days"}, "can't be measured"),
		({"criterion": of.DISCOUNT, "comparison": "less than"}, "more than"),
		({"criterion": of.MARGIN, "comparison": "more than"}, "less than"),
		({"criterion": of.OVERDUE, "measure": "Oldest in Days", "threshold": 2.5}, "number of days"),
		({"criterion": of.BELOW_LIST, "threshold": 101}, "more than 100"),
		({"tolerance": -1}, "between 0"),
		({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "before it begins"),
		({"customer_group": "No such group"}, "No such group"),
		({"criterion": of.ORDER_VALUE, "threshold_currency": "CHF"}, "Enter a threshold in"),
	],
)
def test_a_rule_that_contradicts_itself_is_refused_in_words(values, problem):
	with pytest.raises(frappe.ValidationError, match=problem):
		make.make_rule(**values)


def test_amounts_in_several_currencies():
	other = make.make_company(default_currency="CHF")
	with pytest.raises(frappe.ValidationError, match="CHF"):
		make.make_rule(of.ORDER_VALUE, 50, company=other.name, threshold_currency=make.company().currency)
	rows = [
		{"currency": currency, "amount": 50} for currency in sorted(currencies() - {make.company().currency})
	]
	rule = make.make_rule(of.ORDER_VALUE, 50, threshold_currency=make.company().currency, amounts=rows)
	assert needs(make.make_order())[rule.name].allowed == 50


def currencies():
	return set(frappe.get_all("Company", pluck="default_currency"))


def test_an_amount_without_a_currency_is_in_the_companys():
	rule = make.make_rule(of.ORDER_VALUE, 50, company=make.company().name)
	assert rule.threshold_currency == make.company().currency


def test_an_order_is_held_while_a_rule_has_no_amount_in_its_currency():
	rule = make.make_rule(of.ORDER_VALUE, 50, company=make.company().name)
	rule.db_set("threshold_currency", "CHF")
	with pytest.raises(ApprovalRequired, match="no threshold in the company"):
		make.make_order(make.line(rate=1)).submit()


def test_an_order_is_held_while_the_group_in_a_rules_scope_is_gone():
	group = make.make_customer_group()
	make.make_rule(customer_group=group)
	frappe.db.delete("Customer Group", {"name": group})
	with pytest.raises(ApprovalRequired, match="Customer Group in the rule"):
		make.make_order().submit()


def test_a_rule_counts_its_versions():
	rule = make.make_rule(threshold=10)
	assert rule.version == 1
	rule.save()
	assert rule.version == 1
	rule.threshold = 12
	rule.save()
	assert rule.version == 2
	rule.append("approvers", {"level": 1, "kind": "Role", "role": "Sales Manager"})
	rule.save()
	assert rule.version == 3
	order = make.make_order(make.line(rate=50))
	(name,) = gate.ask(order.name)
	assert frappe.db.get_value("Order Approval", name, ["rule_version", "order_value"]) == (3, 50)


def test_each_measure_is_explained_in_a_sentence():
	for criterion, measures in of.MEASURES.items():
		for measure in measures:
			rule = make.make_rule(criterion, 5, measure=measure.name, condition="total > 1")
			what = "All returns " if criterion == of.RETURN_OUTSIDE_POLICY else "All orders "
			assert rule.explanation.startswith(what) and "{" not in rule.explanation


# Shadow


def test_a_rule_in_shadow_records_what_it_would_have_asked_and_stops_nobody():
	rule = make.make_rule(is_shadow=1)
	order = make.make_order(make.line(rate=50))
	assert gate.ask(order.name) == []
	order.submit()
	rows = frappe.get_all(
		"Order Approval", {"sales_order": order.name}, ["rule", "state", "measured"], ignore_permissions=True
	)
	assert [(row.rule, row.state, row.measured) for row in rows] == [(rule.name, "Shadow", 50)]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") != "Pending Approval"
