"""A newcomer's first ten minutes: a set-up is tried on own orders, switched on, and seen at work."""

import os

from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.desk import PATIENCE_MS, PHONE


def test_a_set_up_is_tried_on_own_orders_switched_on_and_taken_away_again(switches, world, log_in):
	switches(stock_lock=True)
	order = data.make_order(world, {"qty": 1, "rate": 41}, submit=True).name
	desk = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"], viewport=PHONE)
	desk.visit("/app/first-steps")
	card = desk.page.locator("[data-template='discount']")
	card.locator(".fs-figure input").fill("57")
	card.get_by_role("button", name="Try on My Last Orders").click()
	tried = card.locator(".fs-orders li", has_text=order)
	expect(tried).to_contain_text("59 %", timeout=PATIENCE_MS)

	card.get_by_role("button", name="Switch On").click()
	desk.expect_dialog("Switch On: Discount", "From now on orders above it wait for the role Order Approver")
	expect(desk.page.locator(".fs-dialog .fs-orders li", has_text=order)).to_contain_text(
		"59 %", timeout=PATIENCE_MS
	)
	desk.answer("Switch On")
	expect(card.locator(".fs-made")).to_contain_text("57 %", timeout=PATIENCE_MS)
	expect(card.locator("h3")).to_contain_text("On")
	expect(card.locator(".fs-figure input")).to_have_value("57")
	card.get_by_role("button", name="Remove").click()
	desk.answer("Yes")
	expect(card.locator(".fs-made")).to_have_count(0, timeout=PATIENCE_MS)

	number = desk.page.locator(".fs-number", has_text="lock events")
	counted = int(number.locator("b").inner_text().replace(",", "").rstrip("+"))
	assert counted >= 1
	number.click()
	desk.page.wait_for_function("() => frappe.get_route()[1] === 'Stock Lock Event'")
	frappe.db.rollback()
	assert frappe.db.get_single_value("Sales Flow Settings", "approval") == "On"
	assert not frappe.db.exists("Order Approval Rule", {"from_template": "discount"})


def test_the_settings_show_numbers_as_a_person_writes_them(switches, log_in):
	switches(approval_remind_hours=2, lead_transit_days=0.25, packing_tolerance=5)
	desk = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	desk.visit("/app/sales-flow-settings")
	desk.wait_for_form("Sales Flow Settings")
	shown = desk.page.evaluate(
		"""() => ['approval_remind_hours', 'lead_transit_days', 'packing_tolerance'].map((name) => {
			const { $input, df } = cur_frm.fields_dict[name];
			return [$input.val(), $(frappe.format(cur_frm.doc[name], df)).text()];
		})"""
	)
	assert shown == [["2", "2"], ["0.25", "0.25"], ["5", "5%"]]
