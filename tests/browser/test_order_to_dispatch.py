"""The main job in a browser: written, approved, locked, picked, dispatched; each step by whoever does it."""

from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, formatdate, nowdate


def test_an_order_goes_from_the_form_to_dispatch(switches, world, log_in):
	switches(approval=True, stock_lock=True, fulfilment=True)
	order = _write_an_order_that_needs_approval(log_in(world.sales_user), world)
	_approve_it(log_in(world.approver), world, order)
	_pick_and_dispatch_it(log_in(world.stock_user), world, order)


def _write_an_order_that_needs_approval(desk, world) -> str:
	desk.open_new("Sales Order")
	desk.fill_link("customer", world.customer)
	desk.fill("delivery_date", formatdate(add_days(nowdate(), 7), "mm-dd-yyyy"))
	desk.fill_cell_link("items", 1, "item_code", world.item)
	# What ERPNext fetches for the item would undo a quantity that was there before it.
	desk.page.wait_for_function("() => cur_frm.doc.items[0].uom")
	desk.fill_cell("items", 1, "qty", "6")
	desk.fill_cell("items", 1, "rate", "80")
	desk.press("Save")
	desk.wait_until_saved()
	assert (desk.cell("items", 1, "qty"), desk.cell("items", 1, "rate")) == (6, 80)
	assert desk.value("swf_flow_status") in ("", "Draft", None)

	desk.press("Submit")
	desk.answer("Yes")
	desk.expect_dialog("Approval Required", "Discount of 20 % is above the allowed 10 %")
	desk.answer("Ask for Approval")
	desk.expect_status("Pending Approval")
	expect(desk.flow.locator(".swf-approval")).to_contain_text("Ada Approver")
	assert not desk.flow.get_by_role("button", name="Approve").count()
	return desk.page.evaluate("() => cur_frm.docname")


def _approve_it(desk, world, order: str) -> None:
	desk.open("Sales Order", order)
	desk.expect_status("Pending Approval")
	approval = desk.flow.locator(".swf-approval")
	expect(approval).to_contain_text(world.rule)
	expect(approval).to_contain_text("Discount of 20 % is above the allowed 10 %")
	expect(approval).to_contain_text("Asked by Sam Sales")
	approval.get_by_role("button", name="Approve").click()
	desk.page.locator(".modal.show textarea").fill("Fine for this quarter.")
	desk.answer("Approve")

	desk.expect_status("Locked")
	assert desk.value("docstatus") == 1
	line = desk.flow.locator(".swf-lines tbody tr")
	expect(line).to_have_count(1)
	expect(line.locator("[data-label='Locked']")).to_have_text("6")
	expect(line.locator("[data-label='Warehouse']")).to_contain_text(world.warehouse)
	expect(line.locator(".swf-state .indicator-pill")).to_have_text("Locked")
	expect(desk.flow.locator(".swf-approval")).to_contain_text("Fine for this quarter.")


def _pick_and_dispatch_it(desk, world, order: str) -> None:
	desk.open("Sales Order", order)
	desk.expect_status("Locked")
	desk.press("Make Pick Lists")
	desk.wait_for_form("Pick List")
	expect(desk.page.locator(".swf-instructions")).to_have_count(0)  # it has none, and no courier
	desk.press("Submit")
	desk.answer("Yes")
	desk.wait_until_submitted()

	desk.press("Make Delivery Note")
	desk.wait_for_form("Delivery Note")
	desk.press("Submit")
	desk.answer("Yes")
	desk.wait_until_submitted()

	desk.open("Sales Order", order)
	desk.expect_status("Dispatched")
	expect(desk.flow.locator(".swf-papers")).to_contain_text("Dispatched")

	frappe.db.rollback()  # a fresh look at what the browser's requests committed
	where = {"item_code": world.item, "warehouse": world.warehouse}
	assert frappe.db.get_value("Bin", where, "actual_qty") == 4
