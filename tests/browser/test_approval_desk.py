"""The desk of approval: the inbox and the decisions from it, what would come of one, and the reasons."""

import re

from playwright.sync_api import expect

import frappe

from sales_wh_flow.approval import api
from tests import factories
from tests.browser import data
from tests.browser.desk import BOTH


def pending(world, *lines: dict) -> str:
	"""A committed draft that waits for the world's approver; by default 5 of its item."""
	order = data.make_order(world, *lines, discount=15).name
	with factories.acting_as(world.sales_user):
		api.ask_for_approval(order)
	frappe.db.commit()
	return order


def open_inbox(desk, world):
	"""The inbox, narrowed down to the world's customer: the site may hold many older approvals."""
	desk.visit("/app/approval-inbox")
	narrow_down(desk, world)


def narrow_down(desk, world):
	desk.page.locator(".swf-card, .swf-inbox-nothing").first.wait_for()
	desk.filter_by("customer", world.customer)


def card_of(desk, order: str):
	return desk.page.locator(f".swf-card[data-order='{order}']")


def status_of(order: str) -> str:
	frappe.db.rollback()  # a fresh look at what the browser's requests committed
	return frappe.db.get_value("Sales Order", order, "swf_flow_status")


@BOTH
def test_an_approver_decides_from_the_inbox(switches, world, log_in, viewport):
	switches(approval=True, stock_lock=True)
	order = pending(world)
	desk = log_in(world.approver, **viewport)
	open_inbox(desk, world)
	card = card_of(desk, order)
	expect(card).to_contain_text(world.customer)
	expect(card).to_contain_text("Discount of 15 % is above the allowed 10 %")
	card.get_by_role("button", name="Approve").click()
	desk.page.locator(".modal.show textarea").fill("Fine for this quarter.")
	desk.answer("Approve")
	expect(card).to_have_count(0)
	assert status_of(order) == "Locked"


@BOTH
def test_several_are_refused_at_once_with_one_reason(switches, world, log_in, viewport):
	switches(approval=True)
	orders = [pending(world) for _ in range(2)]
	desk = log_in(world.approver, **viewport)
	open_inbox(desk, world)
	for order in orders:
		row = card_of(desk, order).locator(".swf-approval", has_text=world.rule)
		row.locator("input[type=checkbox]").check()
	bulk = desk.page.locator(".swf-inbox-bulk")
	expect(bulk).to_contain_text("2 selected")
	bulk.get_by_role("button", name="Refuse").click()
	desk.page.locator(".modal.show textarea").fill("15 % is too much here.")
	desk.answer("Refuse")
	results = desk.page.locator(".modal.show")
	expect(results.locator(".modal-title")).to_contain_text("Decided 2 of 2")
	for order in orders:
		expect(results).to_contain_text(order)
		expect(card_of(desk, order)).to_have_count(0)
		assert status_of(order) == "Rejected"
	comments = frappe.get_all("Order Approval", {"sales_order": ("in", orders)}, pluck="comment")
	assert comments == ["15 % is too much here."] * 2


def test_the_author_finds_the_order_among_all_without_buttons(switches, world, log_in):
	switches(approval=True)
	order = pending(world)
	desk = log_in(world.sales_user)
	open_inbox(desk, world)
	expect(card_of(desk, order)).to_have_count(0)
	desk.page.locator("[data-tab=all]").click()
	card = card_of(desk, order)
	expect(card).to_contain_text("decides")
	assert card.get_by_role("button", name="Approve").count() == 0


@BOTH
def test_the_filters_leave_what_fits_all_of_them(switches, people, world, log_in, viewport):
	"""425 is the value of the first order, 850 that of the second; the third is somebody else's."""
	switches(approval=True)
	small, large = pending(world), pending(world, {"qty": 10})
	others = pending(data.make_world(people))
	desk = log_in(world.approver, **viewport)
	open_inbox(desk, world)
	expect(card_of(desk, small)).to_be_visible()
	expect(card_of(desk, large)).to_be_visible()
	expect(card_of(desk, others)).to_have_count(0)
	value = desk.page.locator(".page-form [data-fieldname='min_value'] input")
	value.fill("800")
	value.press("Tab")
	expect(card_of(desk, small)).to_have_count(0)
	expect(card_of(desk, large)).to_be_visible()
	value.fill("5000")
	value.press("Tab")
	expect(desk.page.locator(".swf-inbox-nothing")).to_have_text("Nothing fits these filters.")


@BOTH
def test_the_panel_shows_what_would_be_locked_and_who_would_get_less(switches, world, log_in, viewport):
	"""10 are there: the first order takes 8 of them, so that of the 6 of the second only 2 are left."""
	switches(approval=True, stock_lock=True)
	first, second = pending(world, {"qty": 8}), pending(world, {"qty": 6})
	desk = log_in(world.approver, **viewport)
	open_inbox(desk, world)
	card_of(desk, first).get_by_role("button", name="What If").click()
	panel = desk.page.locator(".swf-what-if")
	expect(panel).to_contain_text("8 of 8 Nos")
	expect(panel).to_contain_text("no credit limit")
	other = panel.locator("li", has_text=second)
	expect(other).to_contain_text("4 less: 2 instead of 6")
	assert status_of(first) == "Pending Approval"


def test_the_order_says_of_every_rule_why_or_why_not(switches, world, log_in):
	switches(approval=True)
	quiet = factories.make_rule("Discount", 50, customer_group=world.group)
	order = pending(world)
	desk = log_in(world.approver)
	desk.open("Sales Order", order)
	desk.flow.get_by_role("button", name="Why / Why Not").click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(f"[data-rule='{world.rule}']")).to_contain_text("Asks")
	expect(dialog.locator(f"[data-rule='{quiet.name}']")).to_contain_text("Does not ask")

	dialog.locator(f"[data-rule='{world.rule}']").get_by_role("link", name="#1", exact=True).click()
	expect(dialog).to_have_count(0)
	row = desk.page.locator("[data-fieldname='items'] .grid-row[data-idx='1']")
	expect(row).to_be_in_viewport()


def test_the_workspace_counts_what_waits_for_me_and_leads_to_the_inbox(switches, world, log_in):
	switches(approval=True)
	order = pending(world)
	desk = log_in(world.approver)
	desk.visit("/app/order-flow")
	card = desk.page.locator(".number-widget-box", has_text="Approvals Waiting for Me")
	expect(card.locator(".number")).to_have_text(re.compile(r"[1-9]"))
	card.locator(".number").click()
	desk.page.wait_for_url("**/approval-inbox")
	narrow_down(desk, world)
	expect(card_of(desk, order)).to_be_visible()
