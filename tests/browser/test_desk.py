"""What the desk shows, to whom, and that it shows nothing while every switch is off."""

import re

from playwright.sync_api import expect

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow.picking import api as picking_api
from tests import factories
from tests.browser import data
from tests.browser.desk import PHONE_IN_FULL


def ask_for_approval(world, order: str) -> str:
	"""Ask as the order's author. Returns the approval's name."""
	with factories.acting_as(world.sales_user):
		(approval,) = approval_api.ask_for_approval(order)["asked"]
	frappe.db.commit()
	return approval


def order_that_waits(world) -> str:
	"""A submitted order for an item without stock."""
	return data.make_order(world, {"item_code": factories.make_item(), "qty": 2}, submit=True).name


@PHONE_IN_FULL
def test_a_refusal_shows_its_reason_on_the_order(switches, world, log_in, viewport):
	switches(approval=True)
	order = data.make_order(world, discount=15).name
	ask_for_approval(world, order)
	desk = log_in(world.approver, **viewport)
	desk.open("Sales Order", order)
	desk.flow.get_by_role("button", name="Refuse").click()
	desk.page.locator(".modal.show textarea").fill("15 % is too much here.")
	desk.answer("Refuse")

	desk.expect_status("Rejected")
	expect(desk.flow.locator(".swf-approval")).to_contain_text("15 % is too much here.")
	expect(desk.flow.locator(".swf-approval")).to_contain_text("Refused by Ada Approver")


def test_a_refusal_needs_a_reason(switches, world, log_in):
	switches(approval=True)
	order = data.make_order(world, discount=15).name
	ask_for_approval(world, order)
	desk = log_in(world.approver)
	desk.open("Sales Order", order)
	desk.flow.get_by_role("button", name="Refuse").click()
	desk.answer("Refuse")

	expect(desk.page.locator(".modal.show textarea")).to_be_visible()
	desk.open("Sales Order", order)
	desk.expect_status("Pending Approval")


def test_who_may_not_decide_sees_the_reasons_but_no_buttons(switches, world, log_in):
	switches(approval=True)
	order = data.make_order(world, discount=15).name
	approval = ask_for_approval(world, order)
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	expect(desk.flow.locator(".swf-approval")).to_contain_text("Discount of 15 % is above the allowed 10 %")
	assert desk.flow.get_by_role("button", name="Approve").count() == 0
	assert desk.flow.get_by_role("button", name="Refuse").count() == 0

	desk.open("Order Approval", approval)
	assert not desk.has_button("Approve")
	assert not desk.has_button("Refuse")


def test_an_approver_decides_from_the_approval_itself(switches, world, log_in):
	switches(approval=True)
	order = data.make_order(world, discount=15).name
	approval = ask_for_approval(world, order)
	desk = log_in(world.approver)
	desk.open("Order Approval", approval)
	desk.press("Approve")
	desk.answer("Approve")
	desk.page.wait_for_function("() => cur_frm.doc.state === 'Approved'")

	desk.press("Open Sales Order")
	desk.wait_for_form("Sales Order", order)
	# Not of ``cur_frm``: Frappe reloads the approval a second late, and takes it for the form that is open.
	assert desk.page.evaluate("name => frappe.get_doc('Sales Order', name).docstatus", order) == 1


def test_the_list_shows_each_order_its_flow_status_in_its_colour(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	orders = {
		"Pending Approval": data.make_order(world, discount=15).name,
		"Locked": data.make_order(world, {"qty": 4}, submit=True).name,
		"Backordered": order_that_waits(world),
	}
	ask_for_approval(world, orders["Pending Approval"])
	desk = log_in(world.sales_user)
	desk.visit(f"/app/sales-order?customer={world.customer}")
	for status, order in orders.items():
		row = desk.page.locator(".list-row", has=desk.page.locator(f"[data-name='{order}']"))
		pill = row.locator(".indicator-pill").locator("visible=true").first
		expect(pill).to_have_text(status)
		assert COLOURS[status] in pill.get_attribute("class").split()


def test_the_lists_pill_filters_by_the_flow_status(switches, world, log_in):
	switches(stock_lock=True)
	data.make_order(world, {"qty": 4}, submit=True)
	waiting = order_that_waits(world)
	desk = log_in(world.sales_user)
	desk.visit(f"/app/sales-order?customer={world.customer}")
	desk.visible(desk.page.locator(".list-row .indicator-pill", has_text="Backordered")).click()
	rows = desk.page.locator(".list-row-container .list-row .list-row-checkbox")
	expect(rows).to_have_count(1)
	expect(rows).to_have_attribute("data-name", waiting)


def test_waiting_lines_are_locked_by_hand_once_stock_is_there(switches, world, log_in):
	switches(stock_lock=True, serving="After a Look")  # stock that comes in is given to nobody by itself
	item = factories.make_item()
	order = data.make_order(world, {"item_code": item, "qty": 2}, submit=True).name
	factories.receive(item, 5, world.warehouse)
	frappe.db.commit()
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	desk.expect_status("Backordered")
	expect(desk.flow).to_contain_text("Stock lies free for it and is not locked yet.")
	assert not desk.page.get_by_role("button", name="What Is Missing").count()
	desk.page.locator(".page-head .btn-primary", has_text="Lock What Is Free").click()
	desk.expect_status("Locked")


def test_nothing_is_offered_that_has_to_wait_for_an_approval(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	order = data.make_order(world, {"qty": 1}, submit=True).name
	desk = log_in(world.stock_user)
	desk.open("Sales Order", order)
	assert desk.has_button("Make Pick Lists")
	frappe.db.set_value("Sales Order", order, "swf_flow_status", "Pending Approval")
	frappe.db.commit()
	desk.open("Sales Order", order)
	desk.expect_status("Pending Approval")
	assert not desk.has_button("Make Pick Lists")
	assert not desk.page.locator(".page-head .custom-actions > .btn-primary").locator("visible=true").count()
	refresh_status.refresh_order(order)
	frappe.db.commit()


def test_the_warehouse_sees_instructions_courier_and_the_parcels_page(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	order = data.make_order(
		world,
		submit=True,
		swf_courier=world.courier,
		swf_courier_service="Next Day",
		swf_special_instructions="Ring the bell at gate 3.",
	).name
	frappe.db.commit()
	(pick_list,) = picking_api.make_pick_lists(order)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.db.commit()
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list))
	note.update({"swf_tracking_no": "SW 1 & 2"})
	note.submit()
	frappe.db.commit()
	desk = log_in(world.stock_user)
	for doctype, name in (("Pick List", pick_list), ("Delivery Note", note.name)):
		desk.open(doctype, name)
		shown = desk.visible(desk.page.locator(".swf-instructions"))
		expect(shown).to_contain_text("Ring the bell at gate 3.")
		expect(shown).to_contain_text(f"{world.courier} · Next Day")

	assert desk.ends_of_the_head() <= desk.page.viewport_size["width"]
	buttons = desk.visible(desk.page.locator(".page-head .custom-actions"))
	expect(buttons).to_have_class(re.compile("swf-has-main"))
	assert desk.page.locator(".page-head .dropdown-item", has_text="Track Parcel").count()
	desk.press("Confirm Delivery")
	desk.answer("Yes")
	desk.page.wait_for_function("() => Boolean(cur_frm.doc.swf_delivered_on)")
	desk.open("Sales Order", order)
	desk.expect_status("Delivered")
	link = desk.flow.get_by_role("link", name="Track SW 1 & 2")
	expect(link).to_have_attribute("href", "https://parcels.example/track?no=SW%201%20%26%202")


def test_a_draft_shows_which_warehouse_serves_each_line_and_why(switches, world, log_in):
	switches(routing=True)
	factories.make_routing_rule(world.other_warehouse, world.warehouse, of_customer_group=world.group)
	factories.receive(world.item, 4, world.other_warehouse)
	order = data.make_order(world, {"qty": 12, "warehouse": None}).name
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	rows = desk.flow.locator(".swf-lines tbody tr")
	expect(rows).to_have_count(2)
	for row, warehouse in zip(rows.all(), (world.other_warehouse, world.warehouse), strict=True):
		expect(row.locator(".swf-warehouse")).to_contain_text(warehouse)
		expect(row.locator(".swf-warehouse .swf-muted")).not_to_be_empty()


def test_with_every_switch_off_the_forms_show_and_ask_nothing(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	order = data.make_order(world, submit=True).name
	switches()
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	expect(desk.page.locator(".swf-block")).to_have_count(0)
	expect(desk.pill).to_have_text("To Deliver and Bill")
	for label in ("Ask for Approval", "Make Pick Lists", "Lock What Is Free"):
		assert not desk.has_button(label)
	for fieldname in ("swf_flow_status", "swf_courier", "swf_special_instructions"):
		shown = desk.page.locator(f".form-layout [data-fieldname='{fieldname}']").locator("visible=true")
		expect(shown).to_have_count(0)

	desk.visit("/app/sales-order")
	assert desk.page.get_by_text("Locked", exact=True).locator("visible=true").count() == 0
	assert desk.page.get_by_placeholder("Flow Status").locator("visible=true").count() == 0
	assert not [url for url in desk.calls if "/api/method/sales_wh_flow" in url]


def test_the_workspace_leads_to_the_flow(switches, world, log_in):
	switches(stock_lock=True)
	order_that_waits(world)
	desk = log_in(world.sales_user)
	desk.visit("/app/order-flow")
	card = desk.page.locator(".number-widget-box", has_text="Backordered Orders")
	expect(card.locator(".number")).to_have_text(re.compile(r"[1-9]"))
	desk.visible(desk.page.locator(".shortcut-widget-box", has_text="Backordered")).click()
	desk.page.wait_for_url("**/sales-order/view/list**")
	pills = desk.page.locator(".list-row .indicator-pill")
	expect(desk.visible(pills)).to_have_text("Backordered")
