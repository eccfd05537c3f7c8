"""However many jobs run, and wherever they are killed: each message goes out once."""

import pytest

import frappe

from tests.milestones import killed
from tests.milestones.messages_world import (
	mail_account,
	mails,
	make_message_rule,
	messages,
	reachable_customer,
)
from tests.racing import world
from tests.racing.harness import Call, call_of

SEND = "tests.milestones.killed:send_messages"


@pytest.fixture(autouse=True, scope="module")
def messages_are_on(switches):
	switches(stock_lock=True, messages="On", customer_page=1)
	mail_account()
	rule = make_message_rule("Confirmed")
	other = make_message_rule("Ready")
	frappe.db.commit()
	yield
	frappe.db.rollback()
	for it in (rule, other):
		frappe.delete_doc("Message Rule", it.name, force=True)
	frappe.db.commit()


@pytest.fixture
def orders():
	"""Six confirmed orders, each of whose customers waits for a mail; committed."""
	(item,) = world.stocked_items(1, 100)
	made = []
	for _number in range(6):
		customer = reachable_customer()
		name = world.draft_order({item: 1}, customer=customer)
		world.submit(name)
		made.append(name)
	frappe.db.commit()
	frappe.db.rollback()
	return made


def waiting(orders):
	frappe.db.rollback()
	return [it for order in orders for it in messages(order, milestone="Confirmed", state="Waiting")]


def each_was_mailed_once(orders):
	frappe.db.rollback()
	assert waiting(orders) == []
	assert [len(mails(order)) for order in orders] == [1] * len(orders)


def test_two_jobs_at_once_send_each_message_once(race, round, orders):
	assert len(waiting(orders)) + sum(len(mails(order)) for order in orders) == len(orders)
	outcomes = race(*(call_of(killed.send_messages) for _ in range(3)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	each_was_mailed_once(orders)


@pytest.mark.parametrize("after", [1, 2, 4])
def test_a_job_killed_before_its_commit_has_sent_nothing_of_that_and_the_next_one_does(race, orders, after):
	(died,) = race(call_of(killed.die_before_commit, after))
	assert died.error == "ProcessDied"
	left = waiting(orders)
	assert left, "what the killed one was at still waits"
	sent = {order for order in orders if mails(order)}
	assert len(sent) + len(left) == len(orders)
	assert not sent & {it.sales_order for it in left}
	race(call_of(killed.send_messages))
	each_was_mailed_once(orders)


def test_jobs_killed_anywhere_send_each_message_once(race, round, orders):
	race(Call(SEND, killed_within_s=0.4), Call(SEND, killed_within_s=0.8), Call(SEND))
	race(Call(SEND))
	each_was_mailed_once(orders)


def test_what_several_note_at_once_is_written_once(race, round, orders):
	race(*(call_of(killed.note_ready, orders[0]) for _ in range(3)))
	frappe.db.rollback()
	assert len(messages(orders[0], milestone="Ready")) == 1


def test_a_link_that_several_copy_at_once_is_one(race, round, orders):
	outcomes = race(*(call_of(killed.copy_link, orders[0]) for _ in range(3)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	assert frappe.db.count("Customer Page Link", {"sales_order": orders[0]}) == 1


def test_an_order_that_is_being_cancelled_is_told_no_more_once_it_is(race, orders):
	race(call_of(killed.cancel_slowly, orders[0]), call_of(killed.send_meanwhile))
	frappe.db.rollback()
	assert mails(orders[0]) == []
	assert [it.state for it in messages(orders[0], milestone="Confirmed")] == ["Not Needed"]
	each_was_mailed_once(orders[1:])
