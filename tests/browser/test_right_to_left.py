"""The desk of somebody who reads from right to left, in the reader's language."""

from playwright.sync_api import expect

import frappe
from frappe.permissions import add_user_permission

from tests.browser import data
from tests.browser.desk import PHONE
from tests.browser.test_approval_desk import card_of, pending


def test_an_arabic_approver_decides_on_a_phone_in_arabic_from_right_to_left(switches, world, people, log_in):
	switches(approval=True)
	approver = data.make_login("Amal Approver", "Accounts User", "Order Approver", people.role)
	frappe.db.set_value("User", approver, "language", "ar")
	add_user_permission("Customer", world.customer, approver)  # older approvals of others would come first
	frappe.db.commit()
	frappe.clear_cache(user=approver)
	order = pending(world)
	desk = log_in(approver, viewport=PHONE)

	desk.visit("/app/approval-inbox")

	expect(desk.page.locator("html")).to_have_attribute("dir", "rtl")
	expect(card_of(desk, order).get_by_role("button", name="موافقة", exact=True)).to_be_visible()
	expect(card_of(desk, order)).to_contain_text("المسموح")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
