"""Two jobs draft invoices at once, one is killed: each order is on one draft."""

import pytest

import frappe

from tests.billing import drafting
from tests.billing.billing_world import invoice_of, make_billing_policy, ship
from tests.racing import world
from tests.racing.harness import Call, call, call_of

DRAFT = "tests.billing.drafting:draft_invoices"


@pytest.fixture(autouse=True, scope="module")
def billing_is_on(switches):
	switches(stock_lock=True, billing="On")
	frappe.db.sql("update `tabBilling Policy` set enabled = 0")
	policy = make_billing_policy("On Order")
	frappe.db.commit()
	yield
	frappe.db.rollback()
	frappe.delete_doc("Billing Policy", policy.name, force=True)
	frappe.db.commit()


@pytest.fixture
def orders():
	(item,) = world.stocked_items(1, 100)
	made = [world.draft_order({item: 1}) for _ in range(4)]
	for name in made:
		world.submit(name)
	return made


def drafted(orders):
	frappe.db.rollback()
	return [frappe.db.count("Sales Invoice Item", {"sales_order": order, "docstatus": 0}) for order in orders]


def test_each_order_is_drafted_once(race, round, orders):
	outcomes = race(*(call_of(drafting.draft_invoices) for _ in range(2)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert drafted(orders) == [1] * len(orders)


def test_a_killed_job_leaves_nothing_half_done(race, round, orders):
	race(Call(DRAFT, killed_within_s=1.0))
	assert set(drafted(orders)) <= {0, 1}
	race(Call(DRAFT))
	assert drafted(orders) == [1] * len(orders)


@pytest.mark.parametrize("press", [drafting.draft_by_hand, drafting.draft_from_the_board])
def test_an_order_that_several_people_invoice_at_once_is_on_one_draft(race, orders, press):
	race(*(call_of(press, orders[0]) for _ in range(3)))
	assert drafted(orders[:1]) == [1]


@pytest.fixture
def billed_on_dispatch(switches):
	"""Nothing is billed before it has left."""
	switches(stock_lock=True, billing="On", early_invoices="Block")
	frappe.db.sql("update `tabBilling Policy` set moment = 'On Dispatch' where enabled = 1")
	frappe.cache.delete_value("sales_wh_flow:billing_policies")
	frappe.db.commit()
	yield
	frappe.db.rollback()
	switches(stock_lock=True, billing="On", early_invoices="Off")
	frappe.db.sql("update `tabBilling Policy` set moment = 'On Order' where enabled = 1")
	frappe.cache.delete_value("sales_wh_flow:billing_policies")
	frappe.db.commit()


def test_what_has_left_is_billed_once_by_those_who_submit_at_once(race, round, billed_on_dispatch):
	(item,) = world.stocked_items(1, 10)
	order = world.draft_order({item: 10})
	world.submit(order)
	ship(frappe.get_doc("Sales Order", order), 5)
	bills = [invoice_of(frappe.get_doc("Sales Order", order), 5, submit=False).name for _ in range(2)]
	frappe.db.commit()
	outcomes = race(*(call("submit", "Sales Invoice", bill) for bill in bills))
	assert sorted(it.is_done for it in outcomes) == [False, True], [it.text for it in outcomes]
	assert all(it.is_done or world.is_refusal(it) for it in outcomes), [it.text for it in outcomes]
