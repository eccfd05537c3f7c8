"""Goods that come back, in a browser: from the button to what the order tells of it, on a phone too."""

from playwright.sync_api import expect

import frappe

from sales_wh_flow.returns import reopen
from tests.browser import data
from tests.browser.desk import PHONE
from tests.browser.test_shortage import shoot
from tests.returns import returns_world

ON = {"stock_lock": True, "fulfilment": True, "returns": True, "return_documents": "Submitted"}


def delivered(world, qty=5):
	frappe.set_user("Administrator")
	values = {"customer": world.customer}
	order, note = returns_world.delivered(
		data.factories.line(world.item, qty=qty), warehouse=world.warehouse, **values
	)
	returns_world.invoiced(note)
	frappe.db.commit()
	return order, note


def test_from_goods_came_back_to_what_the_order_tells(switches, world, log_in):
	switches(**ON)
	order, note = delivered(world)
	desk = log_in(world.stock_user)

	desk.open("Delivery Note", note.name)
	desk.press_in_group("Create", "Goods Came Back")
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text(world.item)
	cell = dialog.locator(".grid-body [data-fieldname='qty']").first
	cell.click()
	cell.locator("input").fill("3")
	cell.locator("input").press("Tab")
	shoot(desk, "returns-dialog")
	expect(dialog.locator(".grid-body .grid-row")).to_have_count(1)
	dialog.get_by_role("button", name="Open Return Case").click()
	desk.wait_for_form("Return Case")
	case = desk.page.evaluate("() => cur_frm.doc.name")
	block = desk.page.locator("#page-Return\\ Case .swf-flow")
	expect(block).to_contain_text("Decision and remedy are missing in row 1")
	expect(desk.page.get_by_role("button", name="Post Returns")).to_have_count(0)

	desk.page.evaluate(
		"""async () => {
			const row = cur_frm.doc.rows[0];
			await frappe.model.set_value(row.doctype, row.name, "condition", "As New");
			await frappe.model.set_value(row.doctype, row.name, "remedy", "Refund");
		}"""
	)
	assert desk.page.evaluate("() => cur_frm.doc.rows[0].decision") == "Restock"
	desk.press("Save")
	desk.wait_until_saved()
	shoot(desk, "returns-case")
	desk.page.get_by_role("button", name="Post Returns").first.click()
	expect(block).to_contain_text("Submitted", timeout=20000)
	expect(block).to_contain_text("3 to be refunded and not credited yet")
	shoot(desk, "returns-posted")
	frappe.db.rollback()
	assert frappe.db.get_value("Return Case", case, "state") == "Posted"

	seller = log_in(world.sales_user)
	seller.open("Sales Order", order.name)
	told = seller.page.locator(".swf-returns")
	expect(told).to_contain_text("Returned 3: 3 restocked")
	expect(told).to_contain_text("Partly Returned")
	shoot(seller, "returns-order")


def test_a_case_is_read_and_posted_on_a_phone(switches, world, log_in):
	switches(**ON)
	_order, note = delivered(world)
	case = returns_world.decided(returns_world.opened(returns_world.asked(note, 2)))
	frappe.db.commit()
	desk = log_in(world.stock_user, viewport=PHONE)

	desk.open("Return Case", case.name)
	button = desk.page.locator(".swf-mains button", has_text="Post Returns")
	expect(button).to_be_visible()
	width = desk.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
	assert width <= 0
	shoot(desk, "returns-phone")
	button.click()
	shown = desk.page.locator("#page-Return\\ Case .swf-flow")
	expect(shown).to_contain_text("Submitted", timeout=20000)


def test_no_button_is_shown_while_returns_are_off(switches, world, log_in):
	switches(**{**ON, "returns": False})
	_order, note = delivered(world)
	desk = log_in(world.stock_user)
	desk.open("Delivery Note", note.name)
	desk.visible(desk.page.locator(".page-head .inner-group-button", has_text="Create")).click()
	expect(desk.page.locator(".page-head").get_by_text("Sales Return").first).to_be_visible()
	expect(desk.page.locator(".page-head").get_by_text("Goods Came Back")).to_have_count(0)


def test_a_touched_order_is_opened_again_and_not_cancelled(switches, world, log_in):
	switches(**ON)
	frappe.set_user("Administrator")
	order = data.make_order(world, {"qty": 2, "warehouse": world.warehouse}, submit=True)
	boss = data.make_login("Rita Reopen", "Sales User", "Sales Manager", "Stock User", "Stock Manager")
	frappe.db.commit()
	desk = log_in(boss)

	desk.open("Sales Order", order.name)
	expect(desk.page.get_by_role("button", name="Cancel", exact=True).first).to_be_visible()
	expect(desk.page.get_by_role("button", name="Re-open")).to_have_count(0)

	(pick_list,) = returns_world.picking_api.make_pick_lists(order.name)
	frappe.db.commit()
	desk.open("Sales Order", order.name)
	desk.page.get_by_role("button", name="Re-open").first.click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(".swf-undo")).to_contain_text(pick_list)
	expect(desk.page.get_by_role("button", name="Cancel", exact=True)).to_have_count(0)
	shoot(desk, "returns-reopen")

	dialog.locator("[data-fieldname='back_to'] select").select_option("Draft")
	dialog.locator("[data-fieldname='reason'] textarea").fill("The customer wants something else")
	dialog.get_by_role("button", name="Undo All of This").click()
	told = desk.page.locator(".swf-reopening")
	expect(told).to_contain_text("Rita Reopen is opening this order again")
	expect(desk.page.get_by_role("button", name="Re-open")).to_have_count(0)
	shoot(desk, "returns-reopening")
	frappe.db.rollback()
	(name,) = frappe.get_all("Order Reopening", {"sales_order": order.name}, pluck="name")
	reopen.undo_all(name)
	frappe.db.commit()
	anew = frappe.db.get_value("Sales Order", {"amended_from": order.name})
	desk.wait_for_form("Sales Order", anew)  # whoever looks at the order is led on
	desk.open("Sales Order", order.name)
	expect(told).to_contain_text(anew)
	expect(desk.page.get_by_role("button", name=anew).first).to_be_visible()
	shoot(desk, "returns-written-anew")
