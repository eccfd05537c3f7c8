"""The page Warehouse Work in a browser: numbers that open their lines, a wave with one press, a phone."""

from playwright.sync_api import expect

import frappe
from frappe.utils import nowdate

from tests import factories
from tests.browser import data
from tests.browser.desk import PHONE
from tests.browser.test_shortage import shoot


def busy_world(world):
	"""Orders for today and late ones in one warehouse, one of them short; some in another one."""
	frappe.db.set_value(
		"Warehouse",
		world.warehouse,
		{"swf_has_cut_off": 1, "swf_cut_off": "23:30:00", "swf_limit_lines": 1, "swf_lines_per_day": 8},
	)
	factories.receive(world.item, 6, world.other_warehouse)
	for qty, warehouse, courier in (
		(2, world.warehouse, world.courier),
		(3, world.warehouse, world.courier),
		(4, world.warehouse, None),
		(5, world.warehouse, None),
		(2, world.other_warehouse, None),
	):
		data.make_order(
			world,
			{"qty": qty, "warehouse": warehouse, "delivery_date": nowdate()},
			delivery_date=nowdate(),
			submit=True,
			swf_courier=courier,
		)


def test_numbers_open_their_lines_and_a_wave_is_one_press(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	busy_world(world)
	desk = log_in(world.stock_user)

	desk.visit("/app/warehouse-work")
	card = desk.page.locator(f"[data-warehouse='{world.warehouse}']")
	expect(card.locator("[data-kind='today'] b")).to_have_text("4")
	expect(card.locator("[data-kind='waiting'] b")).to_have_text("1")
	expect(card).to_contain_text("cut-off 23:30")
	expect(card).to_contain_text("Capacity used: 50 %")
	whole = desk.page.locator("#page-warehouse-work .page-body").bounding_box()
	assert card.bounding_box()["x"] >= whole["x"] + 15  # every Frappe leaves the desk's edge free
	card.locator("[data-kind='waiting']").click()
	lines = desk.page.locator(".ww-lines tbody tr")
	expect(lines).to_have_count(1)
	expect(lines).to_contain_text("4 Nos")
	expect(desk.page.locator("#page-warehouse-work .page-head")).to_contain_text("Warehouse Work")
	shoot(desk, "warehouse-work")

	card.get_by_role("button", name=world.courier).click()
	desk.wait_for_form("Pick List")
	assert desk.page.evaluate("() => new Set(cur_frm.doc.locations.map((row) => row.sales_order)).size") == 2
	shoot(desk, "wave")
	desk.press("Submit")
	desk.answer("Yes")
	desk.wait_until_submitted()
	desk.press("Make Delivery Notes")
	expect(desk.page.locator(".modal.show .msgprint a")).to_have_count(2)


def test_the_page_fits_a_phone(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	busy_world(world)
	desk = log_in(world.stock_user, viewport=PHONE)

	desk.visit("/app/warehouse-work")
	desk.page.locator(f"[data-warehouse='{world.warehouse}'] [data-kind='today']").click()
	expect(desk.page.locator(".ww-lines tbody tr").first).to_be_in_viewport()
	expect(desk.page.locator(".ww-number.is-chosen")).to_be_in_viewport()
	desk.visit(f"/app/warehouse-work/{world.warehouse}/today")
	expect(desk.page.locator(".ww-lines tbody tr")).to_have_count(4)
	expect(desk.page.locator(".ww-number.is-chosen")).to_be_in_viewport()
	shoot(desk, "warehouse-work-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
