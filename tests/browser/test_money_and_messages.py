"""The money of an order, what was told of it, and the page its customer sees, in a browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe

from tests.billing.billing_world import confirm, invoice_of, make_billing_policy, ship
from tests.browser import data
from tests.browser.desk import BASE_URL, PHONE, PHONE_IN_FULL
from tests.browser.test_text_runs_nowhere import MARKER, SHOWN, WATCH, plant
from tests.milestones.messages_world import mail_account, make_message_rule


def shoot(page, name):
	folder = os.environ.get("SWHF_PICTURES") or os.environ.get("SWHF_ARTIFACTS")
	if folder:
		page.wait_for_timeout(600)
		page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def rules(site):
	"""Rules and policies of the test alone; they are off afterwards."""
	frappe.db.sql("update `tabMessage Rule` set state = 'Off'")
	frappe.db.sql("update `tabBilling Policy` set enabled = 0")
	frappe.cache.delete_value(["sales_wh_flow:message_rules", "sales_wh_flow:billing_policies"])
	made = []
	yield made.append
	frappe.db.rollback()
	for doc in made:
		frappe.delete_doc(doc.doctype, doc.name, force=True)
	frappe.db.commit()


def as_seller_who_bills(log_in, **options):
	user = data.make_login("Mia Manager", "Sales Manager", "Sales User", "Accounts User")
	frappe.db.commit()
	return log_in(user, **options)


def dispatched_order(world):
	order = data.make_order(world, {"qty": 4}, submit=True)
	note = ship(order, 3)
	frappe.db.commit()
	return order, note


@PHONE_IN_FULL
def test_an_order_shows_its_money_and_what_may_be_invoiced_is_drafted_by_one_press(
	switches, world, log_in, rules, viewport
):
	switches(stock_lock=True, billing="On")
	rules(make_billing_policy("On Dispatch", draft_by_itself=0))
	order, _note = dispatched_order(world)
	desk = as_seller_who_bills(log_in, **viewport)

	desk.open("Sales Order", order.name)
	expect(desk.flow.locator(".swf-step-label").nth(-1)).to_have_text("Paid")
	expect(desk.flow.locator(".swf-may-invoice")).to_contain_text("1 row may be invoiced")
	shoot(desk.page, f"order-money{'-phone' if viewport else ''}")
	desk.flow.get_by_role("button", name="Draft Invoice").click()
	desk.wait_for_form("Sales Invoice")
	assert desk.page.evaluate("() => cur_frm.doc.items[0].qty") == 3


def test_invoiced_and_overdue_orders_say_so(switches, world, log_in, rules):
	switches(stock_lock=True, billing="On")
	rules(make_billing_policy("On Dispatch"))
	order = data.make_order(world, {"qty": 4}, submit=True)
	confirm(ship(order))
	days = {"set_posting_time": 1, "posting_date": "2026-01-02", "due_date": "2026-01-12"}
	invoice = invoice_of(order, payment_schedule=[], payment_terms_template="", **days)
	frappe.db.commit()
	desk = as_seller_who_bills(log_in)

	desk.open("Sales Order", order.name)
	expect(desk.flow.locator(".swf-money")).to_contain_text("Overdue")
	expect(desk.flow.locator(".swf-money")).to_contain_text(invoice.name)
	expect(desk.flow.locator(".swf-may-invoice")).to_contain_text("All of it is invoiced")
	shoot(desk.page, "order-overdue")


def test_the_order_says_what_was_told_and_what_would_be(switches, world, log_in, rules):
	switches(stock_lock=True, messages="On", customer_page="1")
	mail_account()
	rules(make_message_rule("Confirmed"))
	rules(make_message_rule("Dispatched"))
	frappe.db.commit()
	order, _note = dispatched_order(world)
	frappe.db.set_value("Customer", world.customer, "email_id", "kim@customer.example")
	frappe.db.commit()
	desk = as_seller_who_bills(log_in)

	desk.open("Sales Order", order.name)
	desk.press("View")
	desk.page.locator(".dropdown-menu.show, .inner-group-button .dropdown-menu").get_by_text(
		"Messages", exact=True
	).locator("visible=true").first.click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text("No e-mail address")
	dialog.locator("[data-fieldname='milestone'] select").select_option("Dispatched")
	frame = dialog.frame_locator("iframe.swf-mail")
	expect(frame.locator("body")).to_contain_text("It has left our warehouse")
	shoot(desk.page, "order-messages")
	dialog.get_by_role("button", name="Send Again").first.click()
	expect(desk.page.locator("#alert-container, .desk-alert").first).to_contain_text("kim@customer.example")


def test_a_customers_page_fits_a_phone(switches, world, program, rules):
	from sales_wh_flow.milestones import page_link

	switches(stock_lock=True, messages="On", customer_page="1")
	order, note = dispatched_order(world)
	confirm(note)
	link = page_link.link_for_customer(order.name)
	frappe.db.commit()
	context = program.new_context(base_url=BASE_URL, viewport=PHONE, locale="en-US")
	page = context.new_page()
	answer = page.goto(link[link.index("/order_tracking") :])
	assert answer.status == 200
	expect(page.locator(".swf-track")).to_contain_text(order.name)
	expect(page.locator(".swf-track")).to_contain_text("3 have left")
	assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
	assert world.warehouse not in page.content()
	assert "object at" not in page.content(), "a value of Python's, not of the order"
	shoot(page, "customer-page-phone")
	page.get_by_role("button", name="Stop These E-mails").click()
	expect(page.locator("#swf-wish-said")).to_have_text("We do not e-mail you about it.")
	page.get_by_role("button", name="Send Me E-mails").click()
	expect(page.locator("#swf-wish-said")).to_have_text("We e-mail you when something happens to it.")

	for doctype, filters in (
		("Sales Order Item", {"parent": order.name}),
		("Delivery Note", {"name": note.name}),
	):
		plant(doctype, filters)
	frappe.db.set_value("Sales Order", order.name, "po_no", MARKER, update_modified=False)
	frappe.db.commit()
	page.add_init_script(WATCH)
	page.reload(wait_until="networkidle")
	row, number = ".swf-row span:not(.swf-state)", ".swf-quiet:has-text('Your order number')"
	for shown in (row, number, "li:has-text('Sent on')"):
		expect(page.locator(shown).first).to_contain_text(SHOWN)
	assert not page.evaluate("() => window.__hit")
	context.close()
