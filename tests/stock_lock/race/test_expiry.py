"""A lock ends by itself while its order is being delivered: the goods leave, or somebody else gets them."""

import pytest

import frappe

from tests import factories as make
from tests.racing import world
from tests.racing.harness import call

DAY_S = 86400

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def customer(switches):
	"""A customer whose locks end after a day."""
	switches(stock_lock=True)
	group = make.make_customer_group()
	values = {"title": make.unique("Short"), "company": "", "customer_group": group, "expire_after": DAY_S}
	policy = frappe.get_doc({"doctype": "Stock Lock Policy", **values}).insert()
	made = make.make_customer(group=group)
	frappe.db.commit()
	yield made
	frappe.db.rollback()
	frappe.delete_doc("Stock Lock Policy", policy.name)
	frappe.db.commit()


def old_order(item, qty, customer):
	"""A submitted order that holds ``qty`` since two days ago."""
	order = world.draft_order({item: qty}, customer=customer)
	world.submit(order)
	world.grow_old(order, days=2)
	return order


def test_a_lock_that_ends_while_its_order_is_delivered_keeps_every_figure(race, customer, round):
	(item,) = world.stocked_items(1, 10)
	order = old_order(item, 10, customer)

	world.all_done(race(call("expire_locks", start_within_s=0.2), call("deliver", order, start_within_s=0.2)))

	stock = world.stock_of(item)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written, stock.demand) == (0, 0, 0, 0, 0)


def test_either_the_order_ships_or_the_one_that_waits_gets_the_stock(race, customer, round):
	(item,) = world.stocked_items(1, 10)
	order = old_order(item, 10, customer)
	rival = world.draft_order({item: 10})
	world.submit(rival)

	expirer, server, shipper = race(
		call("expire_locks"),
		call("serve_waiting_demand", start_within_s=0.3),
		call("deliver", order, start_within_s=0.3),
	)

	world.all_done([expirer, server])
	assert shipper.is_done or world.is_refusal(shipper), shipper.text
	world.serve_all()
	stock = world.stock_of(item)
	left = 0 if shipper.is_done else 10
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (left, left, left, left)
	assert world.locked_by(item) == ({} if shipper.is_done else {rival: 10})


def test_two_jobs_end_each_lock_once(race, customer, round):
	(item,) = world.stocked_items(1, 10)
	orders = [old_order(item, 5, customer) for _ in range(2)]

	outcomes = race(call("expire_locks"), call("expire_locks"))

	world.all_done(outcomes)
	freed = [outcome.result.get(order, 0.0) for outcome in outcomes for order in orders]
	assert sorted(freed) == [0, 0, 5, 5]
