"""The same thing open twice: whoever is late reads a sentence, repeats nothing and loses nothing."""

import copy

from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.desk import PATIENCE_MS, in_full_runs
from tests.browser.test_approval_desk import card_of, open_inbox, pending
from tests.browser.test_asking import draft

pytestmark = in_full_runs
TECHNICAL = ("Traceback", "Error:", "Exception", "frappe.", "None", "undefined")


def second_tab(desk):
	"""Another tab of the same session."""
	other = copy.copy(desk)
	other.page = desk.context.new_page()
	return other


def opened_twice(order: str, log_in, name: str):
	"""An order in two tabs of somebody of the warehouse, which nothing tells of each other."""
	boss = data.make_login(name, "Sales User", "Stock User", "Stock Manager")
	frappe.db.commit()
	first = log_in(boss)
	second = second_tab(first)
	for tab in (first, second):
		tab.page.route("**/socket.io/**", lambda route: route.abort())
		tab.open("Sales Order", order)
		tab.flow.wait_for()
	return first, second


def said(desk) -> str:
	"""What dialogs and passing messages say, in one text."""
	desk.page.locator(".modal.show .modal-body, .desk-alert").first.wait_for()
	desk.settle()
	words = desk.page.locator(".modal.show .modal-body, .desk-alert .alert-message").all_inner_texts()
	text = " ".join(" ".join(one.split()) for one in words)
	assert not [word for word in TECHNICAL if word in text], text
	return text


def ask(desk) -> None:
	desk.visible(desk.page.get_by_role("button", name="Ask for Approval", exact=True)).click()
	desk.answer("Ask")


def test_an_order_is_asked_about_once_from_two_tabs(switches, world, log_in):
	switches(approval=True)
	order = draft(world)
	first = log_in(world.sales_user)
	second = second_tab(first)
	for tab in (first, second):
		tab.page.route("**/socket.io/**", lambda route: route.abort())  # where realtime does not reach
		tab.open("Sales Order", order)
		tab.flow.wait_for()

	ask(first)
	expect(first.flow.locator(".swf-flow-status")).to_have_text("Pending Approval", timeout=PATIENCE_MS)
	ask(second)

	assert "It was asked already" in said(second)
	expect(second.flow.locator(".swf-flow-status")).to_have_text("Pending Approval", timeout=PATIENCE_MS)
	frappe.db.rollback()
	assert frappe.db.count("Order Approval", {"sales_order": order, "state": "Open"}) == 1


def test_what_was_typed_in_one_tab_stays_when_the_other_has_saved(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	order = data.make_order(world, {"qty": 1}).name
	first = log_in(world.sales_user)
	second = second_tab(first)
	for tab in (first, second):
		tab.page.route("**/socket.io/**", lambda route: route.abort())
		tab.open("Sales Order", order)
	first.page.evaluate("() => cur_frm.set_value('po_no', 'FIRST')")
	first.settle()
	first.press("Save")
	first.wait_until_saved()

	second.page.evaluate("() => cur_frm.set_value('swf_special_instructions', 'Ring twice')")
	second.settle()
	second.press("Save")

	told = said(second)
	assert f"Sam Sales saved Sales Order {order} at" in told and "What you typed is still in the form" in told
	assert second.value("swf_special_instructions") == "Ring twice"


def test_an_approval_decided_in_one_inbox_is_over_in_the_other(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	order = pending(world)
	first = log_in(world.approver)
	second = second_tab(first)
	for tab in (first, second):
		tab.page.route("**/socket.io/**", lambda route: route.abort())
		open_inbox(tab, world)
		card_of(tab, order).wait_for()
	card_of(first, order).get_by_role("button", name="Approve").click()
	first.answer("Approve")
	expect(card_of(first, order)).to_have_count(0, timeout=PATIENCE_MS)

	card_of(second, order).get_by_role("button", name="Refuse").click()
	second.page.locator(".modal.show textarea").fill("Too cheap")
	second.answer("Refuse")

	expect(card_of(second, order)).to_have_count(0, timeout=PATIENCE_MS)
	assert "is Approved already" in said(second)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "docstatus") == 1


def test_pick_lists_are_made_once_from_two_tabs(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	order = data.make_order(world, {"qty": 2}, submit=True).name
	first, second = opened_twice(order, log_in, "Wanda Warehouse")
	first.press("Make Pick Lists")
	first.wait_for_form("Pick List")

	second.press("Make Pick Lists")

	assert "has no locked stock that is not on a Pick List already" in said(second)
	frappe.db.rollback()
	assert frappe.db.count("Pick List Item", {"sales_order": order}) == 1


def test_an_order_deleted_in_another_tab_is_told_as_gone(switches, world, log_in):
	switches(approval=True)
	order = draft(world)
	first = log_in(world.sales_user)
	first.page.route("**/socket.io/**", lambda route: route.abort())
	first.open("Sales Order", order)
	first.flow.wait_for()
	frappe.delete_doc("Sales Order", order, force=True)
	frappe.db.commit()

	ask(first)

	assert f"Sales Order {order} not found" in said(first)
	first.problems.clear()  # the refused call, which Frappe has told


def test_a_lock_released_in_one_tab_is_over_in_the_other(switches, world, log_in):
	switches(stock_lock=True)
	order = data.make_order(world, {"qty": 2}, submit=True).name
	first, second = opened_twice(order, log_in, "Lena Lock")
	for tab in (first, second):
		tab.page.evaluate("() => sales_wh_flow.sales_order.release_locks(cur_frm)")
		tab.page.locator(".modal.show textarea").fill("Not sure yet")
		tab.answer("Release")
		tab.settle()

	assert "Nothing was locked any more." in said(second)
