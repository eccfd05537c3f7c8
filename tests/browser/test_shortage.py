"""What Is Missing and Re-route in a browser: what is seen, and what one press does."""

import re

from playwright.sync_api import expect

import frappe

from tests import factories
from tests.browser import data


def short_world(world):
	"""An order over 8 of an item of which 3 are here and 4 elsewhere; the item has a substitute."""
	frappe.db.set_value("Item", world.item, "allow_alternative_item", 1)
	other = factories.make_item(item_name="Desk Lamp, Brass", allow_alternative_item=1)
	factories.receive(other, 20, world.warehouse)
	frappe.get_doc(
		{"doctype": "Item Alternative", "item_code": world.item, "alternative_item_code": other}
	).insert()
	factories.receive(world.item, 4, world.other_warehouse)
	second = factories.make_item(item_name="Bookshelf, Oak")
	return data.make_order(world, {"qty": 14}, {"item_code": second, "qty": 2}, submit=True), other


def as_manager(log_in):
	user = data.make_login("Mia Manager", "Sales Manager", "Sales User", "Stock User", "Purchase User")
	frappe.db.commit()
	return log_in(user)


def shoot(desk, name):
	import os
	from pathlib import Path

	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		desk.page.wait_for_timeout(600)
		desk.page.screenshot(path=Path(folder) / f"{name}.png")


def test_each_missing_line_shows_its_ways_out_and_one_press_takes_one(switches, world, log_in):
	switches(stock_lock=True)
	order, other = short_world(world)
	desk = as_manager(log_in)

	desk.open("Sales Order", order.name)
	desk.press("What Is Missing")
	dialog = desk.page.locator(".modal.show")
	lines = dialog.locator(".swf-gap")
	expect(lines).to_have_count(2)
	expect(lines.nth(0)).to_contain_text("4 of 14 Nos missing")
	expect(lines.nth(0).get_by_role("button", name="Request Transfer 4")).to_be_enabled()
	expect(lines.nth(1).get_by_role("button", name="Request Transfer")).to_be_disabled()
	shoot(desk, "shortage-dialog")

	lines.nth(0).get_by_role("button", name="Request Purchase 4").click()
	expect(dialog.locator(".swf-gap").nth(0)).to_contain_text("4 asked for already")
	expect(dialog).to_contain_text("MAT-MR-")

	lines.nth(0).get_by_role("button", name="Substitute").click()
	second = desk.page.locator(".modal.show").last
	expect(second).to_contain_text("Desk Lamp, Brass")
	second.locator("[data-fieldname='consent_by'] input").fill("Maria Lopez")
	second.locator("[data-fieldname='consent_how'] input").fill("by telephone")
	shoot(desk, "shortage-substitute")
	second.get_by_role("button", name="Substitute", exact=True).click()
	expect(dialog.locator(".swf-gap")).to_have_count(1, timeout=20_000)  # saved, and read anew
	expect(dialog).to_contain_text("Maria Lopez")
	shoot(desk, "shortage-done")

	frappe.db.rollback()
	rows = frappe.get_doc("Sales Order", order.name).items
	assert (other, 4) in [(row.item_code, row.qty) for row in rows]


def test_a_line_is_served_from_elsewhere_with_two_presses(switches, world, log_in):
	switches(stock_lock=True)
	order, _other = short_world(world)
	desk = as_manager(log_in)

	desk.open("Sales Order", order.name)
	desk.flow.get_by_role("button", name="Re-route").click()
	dialog = desk.page.locator(".modal.show")
	row = dialog.locator(".swf-gap").nth(0)
	expect(row).to_contain_text("10 locked, 4 waiting")
	row.locator(f"[data-place='{world.other_warehouse}']").fill("4")
	expect(row.locator(".swf-after")).to_contain_text("4 locked at once")
	dialog.locator("[data-fieldname='reason'] input").fill("Customer can't wait")
	shoot(desk, "reroute-dialog")
	dialog.get_by_role("button", name="Re-route", exact=True).click()
	expect(desk.flow.locator(".swf-lines tbody tr")).to_have_count(3, timeout=20_000)  # saved, and read anew

	frappe.db.rollback()
	rows = frappe.get_doc("Sales Order", order.name).items
	assert [(it.warehouse, it.qty) for it in rows if it.item_code == world.item] == [
		(world.warehouse, 10),
		(world.other_warehouse, 4),
	]


def test_the_dialog_fits_a_phone(switches, world, log_in):
	from tests.browser.desk import PHONE

	switches(stock_lock=True)
	order, _other = short_world(world)
	user = data.make_login("Pia Phone", "Sales Manager", "Sales User", "Stock User")
	frappe.db.commit()
	desk = log_in(user, viewport=PHONE)

	desk.open("Sales Order", order.name)
	desk.flow.get_by_role("button", name="What Is Missing").click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(".swf-gap")).to_have_count(2)
	shoot(desk, "shortage-phone")
	wide = desk.page.evaluate("() => document.documentElement.scrollWidth")
	assert wide <= PHONE["width"]


def test_a_bundle_shows_the_component_it_waits_for(switches, world, log_in):
	from tests.browser.desk import PHONE

	switches(stock_lock=True)
	hose = factories.make_item(item_name="Hose, 2 m")
	kit = factories.make_bundle({world.item: 1, hose: 3})
	factories.receive(hose, 5, world.warehouse)
	order = data.make_order(world, {"item_code": kit, "qty": 3}, submit=True)
	user = data.make_login("Bea Bundle", "Sales Manager", "Sales User", "Stock User", "Purchase User")
	frappe.db.commit()
	desk = log_in(user, viewport=PHONE)

	desk.open("Sales Order", order.name)
	desk.flow.get_by_role("button", name="What Is Missing").click()
	line = desk.page.locator(".modal.show .swf-gap")
	expect(line).to_have_count(1)
	expect(line).to_contain_text("4 of 9 Nos missing")
	expect(line).to_contain_text(f"component of {kit}: 2 of 3 can't be made")
	expect(line.get_by_role("button", name=re.compile(f"Backorder 2 . {kit}"))).to_be_enabled()
	expect(line.get_by_role("button", name="Substitute")).to_be_disabled()
	shoot(desk, "shortage-bundle-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	desk.page.set_viewport_size({"width": 1280, "height": 900})
	shoot(desk, "shortage-bundle")
	line.get_by_role("button", name="Request Purchase 4").click()
	expect(line).to_contain_text("4 asked for already")
