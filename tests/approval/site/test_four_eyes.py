"""Whoever makes an order worse decides about it no more than its author and whoever asked."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.selling.doctype.quotation.quotation import make_sales_order

from sales_wh_flow.approval import decide, hands
from sales_wh_flow.approval import gate as approve
from sales_wh_flow.approval.store import gate
from sales_wh_flow.base.said import worded
from sales_wh_flow.order_changes import api
from tests import factories as make
from tests.approval import deciding

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def a_rule(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


@pytest.fixture
def people():
	"""A seller, an approver who may change orders, and one who may not."""
	return make.make_user("Sales User"), make.make_user("Sales User", "Order Approver"), approver()


def approver():
	return deciding.approver("Order Approver")


def ordered(seller, rate=85, **values):
	row, customer = make.line(rate=rate, warehouse=make.make_warehouse()), make.make_customer()
	with make.acting_as(seller):
		return make.make_order(row, customer=customer, **values)


def asked(order):
	with make.acting_as(order.owner):
		return approve.ask(order.name)


def changed(who, order, **values):
	with make.acting_as(who):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].update(values)
		doc.save()


def open_ones(order):
	return frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"}, pluck="name")


def refused(who, order, approval):
	with make.acting_as(who), pytest.raises(frappe.PermissionError, match="own order"):
		decide.grant(order.name, approval)


def test_an_approver_who_raised_the_discount_does_not_approve_it(people):
	seller, boss, other = people
	order = ordered(seller)
	asked(order)
	changed(boss, order, rate=10)
	(approval,) = open_ones(order)
	refused(boss, order, approval)
	assert approval not in deciding.waiting_for(boss)
	assert approval in deciding.waiting_for(other)
	assert deciding.grant(other, order, approval).is_submitted


def test_the_renewed_request_names_who_changed_what_and_who_asked(people):
	seller, boss, _other = people
	order = ordered(seller)
	asked(order)
	changed(boss, order, rate=10)
	request = deciding.request(open_ones(order)[0])
	assert request.requested_by == boss
	rows = {(row.action, row.user): worded(row.comment) for row in request.decisions}
	assert {("Asked", boss), ("Asked", seller), ("Changed", boss)} <= rows.keys()
	assert "90 %" in rows["Changed", boss] and "15 %" in rows["Changed", boss]


def test_a_change_before_anybody_asked_counts_as_well(people):
	seller, boss, _other = people
	order = ordered(seller)
	changed(boss, order, rate=10)
	(approval,) = asked(order)
	refused(boss, order, approval)
	assert ("Changed", boss) in {(row.action, row.user) for row in deciding.request(approval).decisions}


def test_whoever_made_the_order_better_may_decide(people):
	seller, boss, _other = people
	order = ordered(seller, rate=50)
	asked(order)
	changed(boss, order, rate=85)
	(approval,) = open_ones(order)
	assert deciding.grant(boss, order, approval).is_submitted


def test_a_change_that_the_tolerance_lets_stand_excludes_too(a_rule, people):
	a_rule.tolerance = 5
	a_rule.save()
	seller, boss, _other = people
	order = ordered(seller)
	(approval,) = asked(order)
	changed(boss, order, rate=84)
	assert open_ones(order) == [approval]
	refused(boss, order, approval)


def test_where_nobody_is_left_the_fallback_is_asked(a_rule, people):
	seller, boss, _other = people
	a_rule.approvers[0].role = deciding.new_role()
	a_rule.save()
	frappe.get_doc("User", boss).add_roles(a_rule.approvers[0].role)
	chief = make.make_user("Sales Manager", "Accounts User")
	order = ordered(seller)
	asked(order)
	changed(boss, order, rate=10)
	(approval,) = open_ones(order)
	assert approval in deciding.waiting_for(chief)


def test_a_rule_that_allows_own_orders_lets_the_changer_decide(a_rule, people):
	a_rule.allow_own_order = 1
	a_rule.save()
	seller, boss, _other = people
	order = ordered(seller)
	asked(order)
	changed(boss, order, rate=10)
	assert deciding.grant(boss, order, open_ones(order)[0]).is_submitted


def test_a_substitute_of_the_changer_does_not_decide_for_him(people):
	seller, boss, _other = people
	order = ordered(seller)
	asked(order)
	changed(boss, order, rate=10)
	substitute = make.make_user("Accounts User")
	deciding.delegate(boss, substitute)
	(approval,) = open_ones(order)
	assert approval not in deciding.waiting_for(substitute)
	with make.acting_as(substitute), pytest.raises(frappe.PermissionError):
		decide.grant(order.name, approval)


def test_a_held_change_that_the_approver_made_worse_is_not_his_to_approve(people):
	seller, boss, other = people
	order = ordered(seller, rate=100)
	with make.acting_as(seller):
		order.submit()
		doc = frappe.get_doc("Sales Order", order.name)
		update(doc, 80)
	(first,) = open_ones(order)
	with make.acting_as(boss):
		update(doc, 20)
	(approval,) = open_ones(order)
	assert approval != first
	refused(boss, order, approval)
	deciding.grant(other, order, approval)
	assert frappe.db.get_value("Order Approval", approval, "state") == "Approved"


def update(doc, rate):
	row = doc.items[0]
	sent = {"docname": row.name, "name": row.name, "item_code": row.item_code, "qty": row.qty, "rate": rate}
	api.update_items("Sales Order", frappe.as_json([sent]), doc.name)


def test_who_wrote_the_quotation_does_not_approve_the_order_made_from_it(people):
	"""Else an approver quotes the discount, somebody else presses the button, and he approves his own."""
	seller, quoting, other = people
	customer, row = make.make_customer(), make.line(rate=80, warehouse=make.make_warehouse())
	with make.acting_as(quoting):
		quoted = {"doctype": "Quotation", "quotation_to": "Customer", "party_name": customer}
		quote = frappe.get_doc({**quoted, "company": make.company().name, "items": [row]}).insert().submit()
	with make.acting_as(seller):
		order = make_sales_order(quote.name)
		order.delivery_date = add_days(nowdate(), 7)
		order.items[0].delivery_date = order.delivery_date
		order.insert()
	(approval,) = asked(order)
	refused(quoting, order, approval)
	told = [worded(row.comment) for row in deciding.request(approval).decisions if row.action == "Changed"]
	assert told == [f"wrote Quotation {quote.name}, which the order is made from"]
	with make.acting_as(other):
		assert decide.grant(order.name, approval).is_submitted


def test_the_author_needs_no_note_and_costs_no_statement(people):
	seller = people[0]
	order = ordered(seller)
	changed(seller, order, rate=10)
	assert gate.hands(order.name) == ()
	before, doc = (frappe.get_doc("Sales Order", order.name) for _ in range(2))
	with make.acting_as(people[1]), make.counted_statements() as statements:
		assert hands.note_worse(doc, before) == ()
	assert statements == []
