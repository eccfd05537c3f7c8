"""What asking, deciding and finding approvals takes, beside the same with a Workflow of plain ERPNext."""

import pytest
from playwright.sync_api import expect

import frappe
from frappe import share

from sales_wh_flow.approval import api
from tests import factories
from tests.browser import data
from tests.browser.counting import Counted, beside, check, run, table
from tests.browser.desk import PATIENCE_MS, in_full_runs

pytestmark = in_full_runs
STATES = ("Draft of Ours", "Asked of Ours", "Granted by Ours", "Refused by Ours")
ACTIONS = ("Send for Approval", "Grant", "Turn Down")
REASON = "15 % is too much for this customer."


@pytest.fixture
def workflow(switches, people):
	"""How approvals are done in plain ERPNext: a Workflow on the Sales Order, with the same two people."""
	switches()
	for state in STATES:
		if not frappe.db.exists("Workflow State", state):
			frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	for action in ACTIONS:
		if not frappe.db.exists("Workflow Action Master", action):
			frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert()
	seller, approver = "Sales User", people.role
	draft, asked, granted, refused = STATES
	doc = frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": factories.unique("Orders"),
			"document_type": "Sales Order",
			"is_active": 1,
			"workflow_state_field": "workflow_state",
			"send_email_alert": 0,
			"states": [
				{"state": draft, "doc_status": "0", "allow_edit": seller},
				{"state": asked, "doc_status": "0", "allow_edit": approver},
				{"state": granted, "doc_status": "1", "allow_edit": approver},
				{"state": refused, "doc_status": "0", "allow_edit": seller},
			],
			"transitions": [
				{"state": draft, "action": ACTIONS[0], "next_state": asked, "allowed": seller},
				{"state": asked, "action": ACTIONS[1], "next_state": granted, "allowed": approver},
				{"state": asked, "action": ACTIONS[2], "next_state": refused, "allowed": approver},
			],
		}
	).insert()
	frappe.db.commit()
	frappe.clear_cache()
	yield doc
	frappe.db.rollback()
	frappe.delete_doc("Workflow", doc.name, force=True)
	frappe.delete_doc("Custom Field", "Sales Order-workflow_state", force=True, ignore_missing=True)
	frappe.db.commit()
	frappe.clear_cache()


def orders_for(world, customer, count, state=None):
	"""Orders of a customer of their own, so that a list shows no others; of the Workflow, asked already."""
	made = []
	for _order in range(count):
		name = data.make_order(world, {"qty": 1}, discount=15).name
		values = {"customer": customer, **({"workflow_state": state} if state else {})}
		frappe.db.set_value("Sales Order", name, values)
		made.append(name)
	frappe.db.commit()
	return made


def ask(one, order):
	one.open(order)
	one.button("Ask for Approval")
	one.dialog("Ask")
	one.desk.expect_status("Pending Approval")


def ask_plainly(one, order):
	one.open(order)
	take_step(one, ACTIONS[0])


def find_my_orders_waiting_for_approval(one, orders):
	one.loads += 1
	one.desk.visit("/app/sales-order")
	one.choose("Show", "Mine, Not Approved Yet")
	expect(one.page.locator(f".list-row-checkbox[data-name='{orders[0]}']")).to_have_count(1)


def find_my_orders_waiting_for_approval_plainly(one, orders):
	one.loads += 1
	one.desk.visit("/app/sales-order")
	one.click(one.page.locator(".filter-selector .filter-button"))
	one.filter_by("Workflow State", STATES[1])
	one.click(one.page.locator(".filter-popover .add-filter"))
	one.filter_by("Created By", one.desk.page.evaluate("() => frappe.session.user"))
	one.click(one.page.locator(".filter-popover .apply-filters"))
	expect(one.page.locator(f".list-row-checkbox[data-name='{orders[0]}']")).to_have_count(1)


def approve_one(one, order):
	inbox(one)
	one.click(card(one, order).get_by_role("button", name="Approve", exact=True))
	one.dialog("Approve")
	expect(card(one, order)).to_have_count(0)


def approve_one_plainly(one, order):
	one.open(order)
	take_step(one, ACTIONS[1])
	one.desk.wait_until_submitted()


def approve_three(one, orders):
	inbox(one)
	for order in orders:
		one.click(card(one, order).locator(".swf-approval input[type=checkbox]").first)
	one.click(one.page.locator("[data-decide-marked='approve']"))
	one.dialog("Approve")
	for order in orders:
		expect(card(one, order)).to_have_count(0)


def approve_three_plainly(one, orders):
	one.loads += 1
	customer = frappe.db.get_value("Sales Order", orders[0], "customer")
	one.desk.visit(f"/app/sales-order?customer={customer}")
	for order in orders:
		one.click(one.page.locator(f".list-row-checkbox[data-name='{order}']"))
	take_step(one, ACTIONS[1])
	one.page.wait_for_timeout(2000)  # a queue decides; the list does not say when


def refuse_with_a_reason(one, order):
	inbox(one)
	one.click(card(one, order).get_by_role("button", name="Refuse", exact=True))
	one.page.locator(".modal.show textarea").fill(REASON)
	one.dialog("Refuse")
	expect(card(one, order)).to_have_count(0)


def refuse_with_a_reason_plainly(one, order):
	one.open(order)
	take_step(one, ACTIONS[2])
	one.clicks += 1  # into the comment
	one.page.locator(".comment-input-container .ql-editor").fill(REASON)
	one.click(one.page.get_by_role("button", name="Comment", exact=True))


def see_why_it_waits(one, order):
	one.open(order)
	expect(one.desk.flow.locator(".swf-approval")).to_contain_text(
		"Discount of 15 % is above the allowed 10 %"
	)


def see_why_it_waits_plainly(one, order):
	"""Only that it waits: a Workflow knows no reasons."""
	one.open(order)
	expect(one.page.locator(".page-head .indicator-pill").first).to_contain_text(STATES[1])


def take_step(one, action):
	one.click(one.page.locator(".page-head .actions-btn-group > button"))
	one.click(one.page.locator(".page-head .actions-btn-group .dropdown-item", has_text=action))
	one.desk.settle()


def inbox(one):
	one.loads += 1
	one.desk.visit("/app/approval-inbox")
	one.page.locator(".swf-card").first.wait_for(timeout=PATIENCE_MS)


def card(one, order):
	return one.page.locator(f".swf-card[data-order='{order}']")


def asked(world, customer, count):
	names = orders_for(world, customer, count)
	with factories.acting_as(world.sales_user):
		for name in names:
			api.ask_for_approval(name)
	frappe.db.commit()
	return names


def test_no_approval_takes_more_clicks_than_with_a_workflow(
	workflow, switches, people, world, log_in, capsys
):
	judge = data.make_login("Wanda Workflow", "Sales Manager", "Order Approver", people.role)
	for who in (world.sales_user, judge):  # the steps of a form of Frappe 16.9 read it with the user's rights
		share.add("Workflow", workflow.name, who)
	frappe.db.commit()
	theirs = factories.make_customer(group=world.group, customer_name=factories.unique("Plain Stores"))
	seller, approver = (Counted(log_in(who)) for who in (world.sales_user, judge))
	waiting = orders_for(world, theirs, 7, STATES[1])
	plainly = [
		run(seller, ask_plainly, orders_for(world, theirs, 1, STATES[0])[0]),
		run(seller, find_my_orders_waiting_for_approval_plainly, waiting),
		run(seller, see_why_it_waits_plainly, waiting[0]),
		run(approver, approve_one_plainly, waiting[0]),
		run(approver, approve_three_plainly, waiting[1:4]),
		run(approver, refuse_with_a_reason_plainly, waiting[4]),
	]
	frappe.db.rollback()
	frappe.db.set_value("Workflow", workflow.name, "is_active", 0)
	frappe.clear_cache()
	frappe.db.commit()
	frappe.db.set_value("Order Approval", {"state": "Open"}, "state", "Superseded")  # of earlier tests
	switches(approval=True)
	seller, approver = (Counted(log_in(who)) for who in (world.sales_user, judge))
	to_ask = orders_for(world, world.customer, 1)[0]
	waiting = asked(world, world.customer, 5)
	own = [
		run(seller, ask, to_ask),
		run(seller, find_my_orders_waiting_for_approval, waiting),
		run(seller, see_why_it_waits, waiting[0]),
		run(approver, approve_one, waiting[0]),
		run(approver, approve_three, waiting[1:4]),
		run(approver, refuse_with_a_reason, waiting[4]),
	]
	rows = beside(own, plainly)
	with capsys.disabled():
		print("\n" + table(rows))
	check(rows)
