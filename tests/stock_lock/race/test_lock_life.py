"""Locks expire, are given and are delivered at the same moment: never twice, and nothing drifts."""

import time

import pytest

import frappe

from sales_wh_flow.base import hold_rows
from tests.racing import drafts, world
from tests.racing.actions import do
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture(autouse=True, scope="module")
def policy(site):
	"""Locks of the race's customer end after a day."""
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	doc = frappe.get_doc(
		{
			"doctype": "Stock Lock Policy",
			"title": frappe.generate_hash(length=8),
			"company": "",
			"customer_group": "",
			"expire_after": 86400,
			"rest_for": 86400,
		}
	).insert()
	frappe.db.commit()
	yield doc
	frappe.db.rollback()
	doc.db_set("enabled", 0)
	frappe.db.commit()


def old_order(item, qty):
	"""A submitted order whose lock should have ended yesterday."""
	order = world.draft_order({item: qty})
	world.submit(order)
	frappe.db.sql(
		"""update `tabStock Reservation Entry` set creation = date_sub(creation, interval 2 day)
		where voucher_no = %s""",
		order,
	)
	frappe.db.commit()
	return order


def test_expiry_against_the_delivery_of_the_same_order(race, round):
	(item,) = world.stocked_items(1, 10)
	order = old_order(item, 10)
	note = drafts.draft_delivery_of(order)

	job, shipper = race(call("expire_order", order), call("submit", "Delivery Note", note))

	world.all_done([job, shipper])
	stock = world.stock_of(item)
	assert job.result == 0, "what is on a delivery's draft does not expire"
	assert (stock.on_hand, stock.locked, stock.written) == (0, 0, 0)


def statements_on_bins():
	"""Those of other connections that write Bins now: on a Bin that is held here they wait."""
	return frappe.db.sql(
		"""select info from information_schema.processlist
		where db = database() and id <> connection_id() and info like 'update%%`tabBin`%%'"""
	)


def test_whoever_waits_for_a_bin_to_end_its_locks_keeps_nobody_from_locking(race):
	"""Else that one, who has the Bin, would wait for him in turn."""
	(item,) = world.stocked_items(1, 20)
	order, other = world.draft_order({item: 10}), world.draft_order({item: 5})
	world.submit(order)
	hold_rows.hold_bins([(item, world.warehouse())])
	waits = []

	def lock_for_the_other():
		latest = time.monotonic() + 20
		while not waits and time.monotonic() < latest:
			time.sleep(0.05)
			waits.extend(statements_on_bins())
		do(frappe.get_doc("Sales Order", other), "submit")
		frappe.db.commit()

	(ended,) = race(call("end_locks", order), meanwhile=lock_for_the_other)

	world.all_done([ended])
	assert waits
	assert (ended.result, world.locked_by(item)[other]) == (10, 5)


def test_expiry_against_somebody_who_wants_the_stock(race, round):
	(item,) = world.stocked_items(1, 10)
	order = old_order(item, 10)
	note = drafts.draft_delivery(item, 10)

	job, shipper = race(call("expire_order", order), call("submit", "Delivery Note", note))

	world.all_done([job])
	assert job.result == 10
	stock = world.stock_of(item)
	assert stock.locked == 0 and stock.written == 0
	assert shipper.is_done or world.is_refusal(shipper), shipper.text
	assert stock.on_hand == (0 if shipper.is_done else 10)


def test_two_expiry_jobs_free_the_stock_once(race, round):
	(item,) = world.stocked_items(1, 10)
	order = old_order(item, 10)

	outcomes = race(call("expire_order", order), call("expire_order", order))

	world.all_done(outcomes)
	assert sorted(it.result for it in outcomes) == [0, 10]
	assert frappe.db.count("Stock Lock Event", {"sales_order": order, "event": "Expired"}) == 1


def test_one_lock_is_given_to_one_order_whoever_asks(race, round):
	(item,) = world.stocked_items(1, 10)
	giver = old_order(item, 10)
	receivers = [world.draft_order({item: 8}) for _ in range(2)]
	for order in receivers:
		world.submit(order)

	outcomes = race(*(call("give", giver, order) for order in receivers), call("expire_order", giver))

	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	stock = world.stock_of(item)
	held = world.locked_by(item)
	assert stock.locked <= 10 and stock.locked == stock.written
	assert all(held.get(order, 0) <= 8 for order in receivers)


def test_orders_that_give_to_each_other_do_not_block_each_other(race, round):
	items = world.stocked_items(2, 10)
	first = world.draft_order({items[0]: 10, items[1]: 5})
	second = world.draft_order({items[1]: 10, items[0]: 5})
	for order in (first, second):
		world.submit(order)

	outcomes = race(call("give", first, second), call("give", second, first))

	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
	for item in items:
		stock = world.stock_of(item)
		assert stock.locked == stock.written <= 10
