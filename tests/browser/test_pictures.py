"""Pictures of the documentation that no other test takes; `script/docs --pictures` lays them into docs/."""

import os
from email import message_from_string
from pathlib import Path

import frappe

from sales_wh_flow.milestones import jobs
from tests import factories
from tests.browser import approval_screens, data
from tests.browser.desk import Desk, in_full_runs
from tests.browser.screens import partly_locked
from tests.browser.test_money_and_messages import dispatched_order, rules  # noqa: F401
from tests.milestones.messages_world import mail_account, mails, make_message_rule

pytestmark = in_full_runs
NARROW = {"width": 1280, "height": 800}


def taken(one: Desk, name: str) -> None:
	folder = os.environ.get("SWHF_ARTIFACTS")
	one.settle()
	one.page.wait_for_timeout(400)  # charts grow, dialogs slide in
	if folder:
		one.page.screenshot(path=Path(folder) / f"{name}.png")


def test_an_order_the_workspace_the_board_and_first_steps(switches, world, log_in):
	switches(approval=True, stock_lock=True, fulfilment=True, forecast=True)
	order = partly_locked(world)
	data.make_order(world, {"qty": 2}, submit=True)
	frappe.db.commit()
	one = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"], viewport=NARROW)
	one.open("Sales Order", order)
	lines = one.flow.locator(".swf-lines")
	lines.wait_for()
	assert lines.evaluate("it => it.parentElement.scrollWidth <= it.parentElement.clientWidth"), "cut"
	taken(one, "order")
	one.visit("/app/order-flow")
	one.page.locator(".number-widget-box .number").first.wait_for()
	one.page.locator("#page-Workspaces .sidebar-toggle-btn").click()  # what else the desk has is not ours
	taken(one, "order-flow")
	for page, part in (("order-board", ".ob-card, .ob-head"), ("first-steps", ".fs-card")):
		one.visit(f"/app/{page}")
		one.page.locator(part).first.wait_for()
		taken(one, page)


def test_what_is_brought_together_first(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True, routing=True)
	hub, shelf = factories.make_warehouses(2, swf_latitude=53.5, swf_longitude=10)
	rule = factories.make_routing_rule(hub, shelf, consolidate=1, customer=world.customer, priority=1000)
	for row in rule.candidates:
		row.freight_per_km = 1
	rule.save()
	item = factories.stocked(6, hub, item_name="Shade, Linen, 40 cm")
	factories.receive(item, 3, shelf)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	order = factories.make_order(
		factories.line(item, qty=9),
		warehouse=hub,
		customer=world.customer,
		shipping_address_name=factories.make_address(world.customer, 48.1, 11.6),
		submit=True,
	).name
	frappe.db.commit()
	one = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"], viewport={**NARROW, "height": 640})
	one.open("Sales Order", order)
	one.flow.get_by_text("Brought Together First").wait_for()
	taken(one, "brought-together")


CITIES = {
	"Hamburg": (53.55, 9.99),
	"Berlin": (52.52, 13.40),
	"Copenhagen": (55.68, 12.57),
	"Rotterdam": (51.92, 4.48),
	"Lyon": (45.76, 4.84),
	"Vienna": (48.21, 16.37),
	"Gdansk": (54.35, 18.65),
	"Zurich": (47.38, 8.54),
}


def test_where_the_orders_went(switches, world, log_in):
	switches(stock_lock=True)
	names = factories.make_warehouses(2)
	for name, city in zip(names, ("Hamburg", "Lyon"), strict=True):
		values = dict(zip(("swf_latitude", "swf_longitude"), CITIES[city], strict=True))
		frappe.db.set_value("Warehouse", name, values)
	for number, spot in enumerate(CITIES.values()):
		lines = [factories.line(qty=2, warehouse=names[at % 2]) for at in range(number, 2 * number + 1)]
		address = factories.make_address(world.customer, *spot)
		factories.make_order(*lines, customer=world.customer, shipping_address_name=address, submit=True)
	frappe.db.commit()
	one = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"], viewport=NARROW)
	one.visit("/app/order-flow")
	map_ = one.page.locator(".om-map svg")
	map_.scroll_into_view_if_needed()
	assert map_.locator("[data-warehouse]").count() >= 2
	taken(one, "order-map")


def test_a_mail_to_a_customer(switches, world, program, rules):  # noqa: F811
	switches(stock_lock=True, messages="On", customer_page="1")
	mail_account()
	rules(make_message_rule("Dispatched"))
	frappe.db.set_value("Customer", world.customer, "email_id", "kim@customer.example")
	order, _note = dispatched_order(world)
	jobs.send_messages()
	(mail,) = mails(order.name)
	parts = message_from_string(frappe.db.get_value("Email Queue", mail.name, "message")).walk()
	(html,) = [it.get_payload(decode=True).decode() for it in parts if it.get_content_type() == "text/html"]
	page = program.new_context(viewport={"width": 390, "height": 800}).new_page()
	page.set_content(html)
	assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		page.screenshot(path=Path(folder) / "customer-mail.png", full_page=True)


def test_the_approvers_desk(switches, site, program):
	switches(approval=True, stock_lock=True)
	folder = Path(os.environ.get("SWHF_ARTIFACTS") or "/tmp")
	try:
		titles = ["rule", "inbox", "what-if", "order", "condition", "history"]
		approval_screens.take_all(folder, program, titles)
	finally:  # its rules ask about every order
		frappe.db.rollback()
		frappe.db.set_value("Order Approval Rule", {"enabled": 1}, "enabled", 0)
		frappe.db.commit()
