"""A submitted order, or a rule, changes while somebody decides or ships: one of the two finds what the other
left.
"""

from types import SimpleNamespace

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import order_facts
from sales_wh_flow.order_changes import api
from tests import factories as make
from tests.racing import approving, drafts, world
from tests.racing.harness import approval_call as do


@pytest.fixture(scope="module")
def people(switches):
	switches(approval=True, stock_lock=True, fulfilment=True)
	group = make.make_customer_group()
	with world.approval_rule(threshold=10, tolerance=0, customer_group=group) as rule:
		made = SimpleNamespace(
			author=make.make_user("Sales User", "Stock User"),
			approver=make.make_user("Sales Manager", "Order Approver"),
			group=group,
			rule=rule.name,
		)
		frappe.db.commit()
		yield made


@pytest.fixture
def order(people):
	"""A submitted order of 4 at list price, all of it locked."""
	(item,) = world.stocked_items(1, 10)
	name = world.draft_order({item: 4}, customer=make.make_customer(group=people.group))
	world.submit(name)
	return name


def hold(order, rate):
	"""Lower the rate; returns the approval that the order then waits for."""
	api.update_items("Sales Order", approving.rows_at(order, rate), order)
	frappe.db.commit()
	return open_of(order)


def open_of(order):
	frappe.db.rollback()
	return frappe.db.get_value("Order Approval", {"sales_order": order, "state": "Open"})


def look(order):
	"""(flow status, rate, what is approved of the order as it is now)"""
	frappe.db.rollback()
	doc = frappe.get_doc("Sales Order", order)
	digest = rules.fingerprint(order_facts.facts_of_document(doc))
	approved = frappe.get_all(
		"Order Approval",
		{"sales_order": order, "state": "Approved", "fingerprint": digest},
		pluck="name",
	)
	return doc.swf_flow_status, doc.items[0].rate, approved


@pytest.mark.parametrize("action", ["approve", "refuse"])
def test_update_items_against_a_decision_never_lets_go_what_nobody_saw(race, people, order, action, round):
	name = hold(order, 80)
	decided, updated = race(
		do(action, people.approver, order, name), do("update_items", "Administrator", order, 40)
	)
	assert updated.is_done, updated.text
	if not decided.is_done:
		assert decided.error == "ValidationError" and "already" in decided.text, decided.text
	assert look(order) == ("Pending Approval", 40, [])
	assert open_of(order) not in (None, name)


def test_update_items_against_a_decision_that_stays_right_keeps_it(race, people, order, round):
	name = hold(order, 80)
	outcomes = race(
		do("approve", people.approver, order, name), do("update_items", "Administrator", order, 85)
	)
	decided, updated = outcomes
	assert updated.is_done, updated.text
	status, rate, _approved = look(order)
	assert rate == 85
	if decided.is_done:
		assert (status, open_of(order)) == ("Locked", None)
	else:
		assert (status, open_of(order)) == ("Pending Approval", name)
		assert "changed" in decided.text, decided.text


def test_update_items_against_a_delivery_ships_what_was_approved_or_nothing(race, people, order, round):
	note = drafts.draft_delivery_of(order)
	shipped, updated = race(
		do("deliver", "Administrator", note), do("update_items", "Administrator", order, 40)
	)
	assert updated.is_done or shipped.is_done, (shipped.text, updated.text)
	delivered = frappe.db.get_value("Sales Order Item", {"parent": order}, "delivered_qty")
	if shipped.is_done:
		assert delivered == 4
	else:
		assert shipped.error == "ValidationError" and people.rule in shipped.text, shipped.text
		assert (delivered, look(order)[:2]) == (0, ("Pending Approval", 40))
	if not updated.is_done:
		assert updated.error == "ValidationError", updated.text
	else:
		assert open_of(order), "what was shipped before, too, is sold at a price that somebody has to see"


def test_a_rule_that_names_somebody_else_against_a_decision(race, people, round):
	group = make.make_customer_group()
	old, new = (make.make_user("Sales Manager") for _ in range(2))
	by_one = [{"level": 1, "kind": "User", "user": old}]
	with world.approval_rule(threshold=10, customer_group=group, approvers=by_one) as rule:
		frappe.set_user(people.author)
		draft = make.make_order(
			make.line(rate=80), customer=make.make_customer(group=group), warehouse=world.warehouse()
		)
		(name,) = gate.ask(draft.name)
		frappe.set_user("Administrator")
		frappe.db.commit()
		rule.reload().set("approvers", [{"level": 1, "kind": "User", "user": new}])
		rule.save()
		frappe.db.commit()
		by_old, by_new, followed = race(
			do("approve", old, draft.name, name),
			do("approve", new, draft.name, name),
			do("follow_rules", rule.name),
		)
	assert followed.is_done, followed.text
	assert (by_old.is_done, by_old.error) == (
		False,
		"PermissionError" if not by_new.is_done else by_old.error,
	)
	assert by_new.is_done, by_new.text
	assert frappe.db.get_value("Order Approval", name, ["state", "decided_by"]) == ("Approved", new)
