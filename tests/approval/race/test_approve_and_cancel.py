"""One approver lets an order through while somebody cancels the order that holds its stock, or deletes it."""

import pytest

import frappe

from sales_wh_flow.approval import gate
from tests import factories as make
from tests.racing import world
from tests.racing.harness import approval_call, call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(scope="module")
def people(switches):
	"""(author, approver, customer whose orders with a discount need approval)"""
	switches(approval=True, stock_lock=True)
	group = make.make_customer_group()
	with world.approval_rule(threshold=10, customer_group=group):
		made = (
			make.make_user("Sales User"),
			make.make_user("Sales Manager", "Order Approver"),
			make.make_customer(group=group),
		)
		frappe.db.commit()
		yield made


def asked(people, item, qty):
	"""(order, its open approval)"""
	author, _approver, customer = people
	frappe.set_user(author)
	order = make.make_order(make.line(item, qty=qty, rate=80), customer=customer, warehouse=world.warehouse())
	(approval,) = gate.ask(order.name)
	frappe.set_user("Administrator")
	frappe.db.commit()
	return order.name, approval


def grant(people, order, approval):
	return approval_call("approve", people[1], order, approval)


def test_an_approval_and_the_cancel_of_the_order_that_holds_the_stock_both_succeed(race, people, round):
	(item,) = world.stocked_items(1, 10)
	holder = world.draft_order({item: 10})
	world.submit(holder)
	order, approval = asked(people, item, 6)

	world.all_done(race(grant(people, order, approval), call("cancel", "Sales Order", holder)))

	world.serve_all()
	assert world.locked_by(item) == {order: 6}
	stock = world.stock_of(item)
	assert (stock.locked, stock.written, stock.demand) == (6, 6, 6)


def test_approvals_of_two_orders_and_a_cancel_share_the_stock(race, people, round):
	(item,) = world.stocked_items(1, 10)
	holder = world.draft_order({item: 8})
	world.submit(holder)
	pairs = [asked(people, item, 7) for _ in range(2)]

	outcomes = race(*(grant(people, *pair) for pair in pairs), call("cancel", "Sales Order", holder))

	world.all_done(outcomes)
	world.serve_all()
	assert sorted(world.locked_by(item).values()) == [3, 7]


def test_approvers_against_a_cancel_of_the_same_order_leave_it_locked_or_cancelled(race, people, round):
	"""The last approval submits the order; whoever cancels it finds it submitted, or still a draft."""
	(item,) = world.stocked_items(1, 10)
	order, approval = asked(people, item, 6)

	granter, canceller = race(
		grant(people, order, approval), call("cancel_when_submitted", order, start_within_s=0.3)
	)

	world.all_done([granter])
	assert canceller.is_done or world.is_refusal(canceller), canceller.text
	frappe.db.rollback()
	docstatus = frappe.db.get_value("Sales Order", order, "docstatus")
	assert docstatus == (2 if canceller.is_done else 1)
	stock, left = world.stock_of(item), 0 if canceller.is_done else 6
	assert (stock.locked, stock.written, stock.demand) == (left, left, left)


def test_two_approvals_of_the_same_order_and_its_cancel_lock_it_at_most_once(race, people, round):
	(item,) = world.stocked_items(1, 10)
	order, approval = asked(people, item, 6)

	granters = race(
		grant(people, order, approval),
		grant(people, order, approval),
		call("cancel_when_submitted", order, start_within_s=0.3),
	)[:2]

	assert any(it.is_done for it in granters), [it.text for it in granters]
	stock = world.stock_of(item)
	assert stock.locked == stock.written == stock.demand
	assert stock.locked in (0, 6)


def test_an_approval_against_the_delete_of_the_same_draft_is_one_of_the_two(race, people, round):
	(item,) = world.stocked_items(1, 10)
	order, approval = asked(people, item, 6)

	granter, deleter = race(grant(people, order, approval), call("delete", "Sales Order", order))

	assert granter.is_done != deleter.is_done, (granter.text, deleter.text)
	frappe.db.rollback()
	assert bool(frappe.db.exists("Sales Order", order)) == granter.is_done
	assert world.locked_by(item) == ({order: 6} if granter.is_done else {})
