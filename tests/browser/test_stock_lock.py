"""The stock lock on the desk: who has it and why, the plan before it is applied, the check of the locks."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.stock_lock.store import reservations
from tests import factories
from tests.browser import data, desk


@pytest.fixture
def manager(site):
	user = data.make_login("Mona Manager", "Stock Manager", "Sales User", "Purchase User")
	frappe.db.commit()
	return user


@pytest.fixture
def scarce(switches, world):
	"""(holder, waiting order): ten on hand, all locked until in a week; five more come in three days."""
	switches(stock_lock=True, serving="After a Look", tell_sellers="1")
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	policy = frappe.get_doc(
		{
			"doctype": "Stock Lock Policy",
			"title": factories.unique("Give back"),
			"customer_group": world.group,
			"company": "",
			"expire_after": 7 * 86400,
			"extend_by": 3 * 86400,
		}
	).insert()
	holder = data.make_order(world, {"qty": 10}, submit=True)
	waiting = data.make_order(world, {"qty": 4}, submit=True)
	supplier = frappe.get_doc(
		{
			"doctype": "Supplier",
			"supplier_name": factories.unique("Bright Parts"),
			"supplier_group": frappe.db.get_value("Supplier Group", {"is_group": 0}),
		}
	).insert()
	row = {"item_code": world.item, "qty": 5, "rate": 1, "warehouse": world.warehouse}
	frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"supplier": supplier.name,
			"company": holder.company,
			"schedule_date": add_days(nowdate(), 3),
			"items": [{**row, "schedule_date": add_days(nowdate(), 3)}],
		}
	).insert().submit()
	frappe.db.commit()
	yield holder, waiting
	policy.db_set("enabled", 0)
	frappe.db.commit()


def picture(one, name: str) -> None:
	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		one.page.wait_for_timeout(400)  # a dialog slides in
		one.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_orders_form_says_who_has_its_stock_and_when_more_comes(scarce, world, log_in, manager, width):
	holder, waiting = scarce
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.open("Sales Order", waiting.name)
	in_table = one.page.locator("[data-fieldname='items'] .swf-ask-row")
	asks = one.flow.get_by_role("button", name="Who has it?") if width == "phone" else in_table
	asks.click()
	dialog = one.page.locator(".modal.show").last
	expect(dialog.locator(".swf-who-words")).to_contain_text("10 locked (orders: 1), 0 free.")
	expect(dialog).to_contain_text("This order is next with 4; it can be expected on")
	expect(dialog).to_contain_text("5 come in")
	expect(dialog.locator(".swf-who").first).to_contain_text(holder.name)
	expect(dialog.locator(".swf-timeline li")).to_have_count(4)
	picture(one, f"who-has-it-{width}")
	one.page.keyboard.press("Escape")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	expect(asks).to_be_focused()  # who uses keys goes on where the dialog was opened


def test_an_item_and_a_warehouse_say_it_as_well(scarce, world, log_in, manager):
	one = log_in(manager)
	for doctype, name in (("Item", world.item), ("Warehouse", world.warehouse)):
		one.open(doctype, name)
		one.page.locator(".page-head .inner-group-button").filter(has_text="View").first.click()
		one.page.locator(".dropdown-menu.show, .inner-group-button .dropdown-menu").get_by_text(
			"Who Has It?"
		).first.click()
		dialog = one.page.locator(".modal.show").last
		expect(dialog.locator(".swf-who-words")).to_contain_text("10 locked (orders: 1)")


def test_the_form_says_when_the_lock_ends_and_lets_it_be_extended_once(scarce, world, log_in):
	holder, _waiting = scarce
	one = log_in(world.sales_user)
	one.open("Sales Order", holder.name)
	expect(one.flow.locator(".swf-ending")).to_contain_text("Its stock is given back on")
	picture(one, "lock-ends")
	one.flow.get_by_role("button", name="Extend").click()
	one.page.locator(".modal.show textarea").fill("The customer pays on Friday")
	one.answer("Extend")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	one.settle()
	expect(one.flow.locator(".swf-ending")).to_be_visible()
	expect(one.flow.get_by_role("button", name="Extend")).to_have_count(0)
	frappe.db.rollback()
	reason = frappe.db.get_value("Sales Order", holder.name, "swf_lock_extension_reason")
	assert reason == "The customer pays on Friday"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_stock_manager_gives_stock_to_the_order_that_waits(scarce, log_in, manager, width):
	holder, waiting = scarce
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.open("Sales Order", holder.name)
	expect(one.flow.locator(".swf-ending")).to_be_visible()
	one.page.evaluate("() => cur_frm.custom_buttons[__('Give to Another Order')].click()")
	dialog = one.page.locator(".modal.show").last
	expect(dialog).to_contain_text("waits for 4")
	dialog.locator("textarea").fill("The hospital needs it today")
	picture(one, f"give-stock-{width}")
	one.answer("Give")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	one.settle()
	frappe.db.rollback()
	assert _held(holder, waiting) == {holder.name: 6, waiting.name: 4}


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_lock_is_given_away_from_who_has_it(scarce, world, log_in, manager, width):
	holder, waiting = scarce
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.open("Sales Order", waiting.name)
	one.flow.get_by_role("button", name="Who has it?").click()
	one.page.locator(".modal.show .swf-act").click()
	dialog = one.page.locator(".modal.show").last
	expect(dialog).to_contain_text("Change Lock")
	expect(dialog).to_contain_text("10 Nos of")
	expect(dialog).to_contain_text("waits for 4")
	dialog.locator("textarea").fill("The hospital needs it today")
	dialog.locator('[data-fieldname="qty"] input').fill("3")
	picture(one, f"change-lock-{width}")
	dialog.locator(".btn-modal-primary").click()
	expect(one.page.locator(".modal.show")).to_have_count(1)
	expect(one.page.locator(".modal.show .swf-who").first).to_contain_text(waiting.name)
	picture(one, f"changed-lock-{width}")
	frappe.db.rollback()
	assert _held(holder, waiting) == {holder.name: 7, waiting.name: 3}


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_lock_is_moved_and_released_from_the_report(scarce, world, log_in, manager, width):
	holder, _waiting = scarce
	elsewhere = factories.make_warehouse("Elsewhere")
	factories.receive(world.item, 10, elsewhere)
	frappe.db.commit()
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.visit(f"/app/query-report/Stock Locks?item_code={world.item}")
	change = one.page.locator(".dt-cell .swf-act")
	change.first.click()
	dialog = one.page.locator(".modal.show").last
	dialog.locator('[data-fieldname="action"] select').select_option("move")
	expect(dialog.locator('[data-fieldname="warehouse"] select')).to_be_visible()
	dialog.locator("textarea").fill("The truck starts there")
	picture(one, f"move-lock-{width}")
	one.answer("Change")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	expect(one.page.locator(".dt-row").filter(has_text=holder.name)).to_contain_text(elsewhere)
	picture(one, f"stock-locks-{width}")

	change.first.click()
	dialog = one.page.locator(".modal.show").last
	dialog.locator('[data-fieldname="action"] select').select_option("release")
	expect(dialog.locator('[data-fieldname="qty"] input')).to_be_hidden()
	dialog.locator("textarea").fill("The customer has time")
	picture(one, f"release-lock-{width}")
	one.answer("Change")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	expect(one.page.locator(".dt-cell .swf-act:visible")).to_have_count(0)
	frappe.db.rollback()
	assert _held(holder) == {holder.name: 0}


def _held(*orders):
	return {it.name: sum(lock.qty_stock for lock in reservations.open_of_order(it.name)) for it in orders}


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_plan_of_serving_is_shown_and_then_applied(scarce, world, log_in, manager, width):
	_holder, waiting = scarce
	factories.receive(world.item, 3, world.warehouse)
	frappe.db.commit()
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.visit(f"/app/query-report/Waiting Demand?item_code={world.item}")
	expect(one.page.locator(".datatable, .dt-scrollable").first).to_be_visible()
	picture(one, f"waiting-demand-{width}")
	one.page.evaluate("() => sales_wh_flow.stock_lock.plan_serving()")
	dialog = one.page.locator(".modal.show").last
	row = dialog.locator("tr").filter(has_text=waiting.name)
	expect(row).to_contain_text("3")
	picture(one, f"serving-plan-{width}")
	one.answer("Apply")
	expect(one.page.locator(".modal.show")).to_have_count(0)
	frappe.db.rollback()
	assert sum(it.qty_stock for it in reservations.open_of_order(waiting.name)) == 3


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_stock_manager_has_the_locks_checked_and_mended(scarce, world, log_in, manager, width):
	where = {"item_code": world.item, "warehouse": world.warehouse}
	frappe.db.set_value("Bin", where, "reserved_stock", 3)
	frappe.db.commit()
	one = log_in(manager, viewport=desk.PHONE if width == "phone" else desk.DESKTOP)
	one.visit(f"/app/query-report/Stock Locks?item_code={world.item}")
	press = one.press_in_menu if width == "phone" else one.press
	press("Check Now")
	dialog = one.page.locator(".modal.show").last
	expect(dialog).to_contain_text(world.item, timeout=60_000)
	picture(one, f"check-locks-{width}")
	one.answer("Mend")
	expect(one.page.locator(".msgprint")).to_contain_text("said 3 locked", timeout=60_000)
	picture(one, f"mended-locks-{width}")
	frappe.db.rollback()
	assert frappe.db.get_value("Bin", where, "reserved_stock") == 10
