"""The page Pick in a browser: a phone with a scanner walks for a list, a desk looks on."""

import pytest
from playwright.sync_api import expect

import frappe

from sales_wh_flow.picking import api
from tests import factories
from tests.browser.desk import PHONE
from tests.browser.test_pack import said, scan
from tests.browser.test_shortage import shoot


@pytest.fixture
def to_pick(switches, people):
	"""A draft Pick List of two rows: (its name, its items)."""
	switches(stock_lock=True, fulfilment=True)
	place = factories.make_warehouse()
	items = [factories.stocked(9, place) for _row in range(2)]
	for item, shelf, sequence in zip(items, ("B-07", "A-02"), (2, 1), strict=True):
		frappe.get_doc(
			{
				"doctype": "Shelf Place",
				"item_code": item,
				"warehouse": place,
				"place": shelf,
				"sequence": sequence,
			}
		).insert()
	rows = [factories.line(item, qty=2, warehouse=place) for item in items]
	order = factories.make_order(*rows, warehouse=place, swf_special_instructions="Handle with care").submit()
	frappe.db.commit()
	(name,) = api.make_pick_lists(order.name)
	frappe.db.commit()
	return name, items


def test_a_phone_walks_for_a_list_by_scans_alone(to_pick, people, log_in):
	name, (second, first) = to_pick
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit("/app/pick")
	expect(desk.page.locator(".swf-walk-lists", has_text=name)).to_be_visible()
	shoot(desk, "pick-lists-phone")
	scan(desk, name)
	expect(desk.page.locator("#page-pick .page-title")).to_contain_text(name)
	expect(desk.page.locator(".swf-walk-place")).to_have_text("A-02")
	expect(desk.page.locator(".swf-walk-note")).to_have_text("Handle with care")
	shoot(desk, "pick-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]

	scan(desk, first)
	expect(said(desk)).to_contain_text("1 of 2 found")
	scan(desk, "NO-SUCH-THING")
	expect(said(desk)).to_have_attribute("data-kind", "bad")
	expect(said(desk)).to_contain_text("Nothing bears the number")
	scan(desk, first)
	expect(desk.page.locator(".swf-walk-place")).to_have_text("B-07")
	expect(desk.page.locator(".swf-walk-head .swf-walk-count")).to_contain_text("1 of 2")

	scan(desk, second)
	expect(said(desk)).to_contain_text("1 of 2 found")
	desk.page.get_by_role("button", name="Found All").click()
	expect(desk.page.locator(".swf-walk-row")).to_contain_text("Nothing is left to find")
	shoot(desk, "pick-found-phone")
	desk.page.get_by_role("button", name="Done").click()
	expect(said(desk)).to_contain_text("is done")
	frappe.db.rollback()
	assert frappe.db.get_value("Pick List", name, "docstatus") == 1
	desk.visit(f"/app/pick/{name}")
	expect(desk.page.locator(".swf-walk-row")).to_contain_text("This list is done")
	shoot(desk, "pick-done-phone")
	desk.page.locator(".swf-walk-row").get_by_role("link", name="Pack").click()
	expect(desk.page.locator("#page-pack .page-title")).to_contain_text(name)


def test_what_is_missing_is_said_with_its_reason(to_pick, people, log_in):
	name, (_second, first) = to_pick
	desk = log_in(people.stock_user)
	desk.visit(f"/app/pick/{name}")
	expect(desk.page.locator(".swf-walk-item")).to_have_text(first)
	shoot(desk, "pick-desk")
	desk.page.get_by_role("button", name="Found Less").click()
	desk.page.locator(".modal.show [data-fieldname='found'] input").fill("1")
	desk.page.locator(".modal.show [data-fieldname='why'] select").select_option("Damaged")
	shoot(desk, "pick-less")
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(said(desk)).to_have_attribute("data-kind", "warn")
	frappe.db.rollback()
	row = frappe.db.get_value(
		"Pick List Item", {"parent": name, "item_code": first}, ["stock_qty", "swf_short_reason"]
	)
	assert row == (1, "Damaged")
	desk.visit(f"/app/pack/{name}")
	expect(desk.page.locator("#page-pack")).to_contain_text("This list is not picked yet")
	shoot(desk, "pack-not-picked")
	desk.page.locator("#page-pack").get_by_role("link", name="Pick", exact=True).click()
	expect(desk.page.locator("#page-pick .swf-walk-item")).to_be_visible()


def test_what_the_phone_could_not_send_is_sent_when_it_can(to_pick, people, log_in):
	name, (_second, first) = to_pick
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit(f"/app/pick/{name}")
	expect(desk.page.locator(".swf-walk-item")).to_have_text(first)
	desk.page.route("**/picking.api.confirm_scan", lambda route: route.abort())
	scan(desk, first)
	expect(desk.page.locator(".swf-scan-waiting")).to_contain_text("not sent yet")
	desk.page.unroute("**/picking.api.confirm_scan")
	expect(said(desk)).to_contain_text("1 of 2 found", timeout=15000)
	expect(desk.page.locator(".swf-scan-waiting")).to_be_hidden()
	frappe.db.rollback()
	assert frappe.db.get_value("Pick List Item", {"parent": name, "item_code": first}, "swf_found_qty") == 1
