"""A Quotation's form shows what its order would be asked about, and takes the decision."""

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from tests import factories
from tests.browser import data
from tests.browser.desk import PHONE_IN_FULL
from tests.browser.test_shortage import shoot


@pytest.fixture
def quotation(switches, world) -> str:
	"""A Quotation at 15 % discount, of which the world's rule asks its approver."""
	switches(approval=True, routing=True, approval_of_quotations="Approve Before Submit")
	order = data.make_order(world, discount=15)
	row = order.items[0]
	line = {"item_code": row.item_code, "qty": 1, "rate": row.rate, "price_list_rate": row.price_list_rate}
	with factories.acting_as(world.sales_user):
		doc = frappe.get_doc(
			{
				"doctype": "Quotation",
				"quotation_to": "Customer",
				"party_name": order.customer,
				"company": order.company,
				"currency": order.currency,
				"valid_till": add_days(nowdate(), 9),
				"items": [{**line, "warehouse": row.warehouse}],
			}
		).insert()
	frappe.db.commit()
	yield doc.name
	switches(approval_of_quotations="Preview")


@pytest.fixture(scope="module")
def approver(people) -> str:
	"""Somebody whom the world's rule asks, and who reads Quotations."""
	login = data.make_login("Quinn Quotes", "Sales Manager", people.role)
	frappe.db.commit()
	return login


def ask(seller, block):
	block.get_by_role("button", name="Ask for Approval").click()
	seller.page.locator(".modal.show textarea").fill("They take two hundred more in spring.")
	seller.answer("Ask")
	expect(block).to_contain_text("Open")


@PHONE_IN_FULL
def test_a_quotation_is_asked_about_and_approved_on_its_form(quotation, approver, world, log_in, viewport):
	seller = log_in(world.sales_user, **viewport)
	seller.open("Quotation", quotation)
	block = seller.page.locator(".swf-quotation")
	expect(block).to_contain_text("15 %")
	expect(block).to_contain_text("Not Asked")
	if not viewport:
		stock = seller.page.locator(".swf-stock")
		expect(stock).to_contain_text("Enough here")
		expect(seller.page.locator(".swf-line-state")).to_have_text("Enough here")
		expect(stock).to_contain_text("If It Is Ordered Today")
		expect(stock).to_contain_text(f"from {world.warehouse}")
		shoot(seller, "quotation-with-stock")
	ask(seller, block)
	block.get_by_role("button", name="Take Back").click()
	seller.answer("Withdraw")
	expect(block).to_contain_text("Not Asked")
	ask(seller, block)
	expect(block.get_by_role("button", name="Remind")).to_be_visible()
	expect(block.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

	approver = log_in(approver, **viewport)
	approver.open("Quotation", quotation)
	block = approver.page.locator(".swf-quotation")
	expect(block.get_by_role("button", name="Ask Back")).to_be_visible()
	block.get_by_role("button", name="Approve", exact=True).click()
	approver.page.locator(".modal.show").get_by_role("button", name="Approve", exact=True).click()
	expect(block).to_contain_text("Approved")
	frappe.db.rollback()
	assert frappe.db.get_value("Order Approval", {"quotation": quotation}, "state") == "Approved"
	assert seller.problems == approver.problems == []
