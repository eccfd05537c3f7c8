"""The page Pick in a browser: goods that nobody needs go back to their shelf; a phone changes hands."""

import pytest
from playwright.sync_api import expect

import frappe

from sales_wh_flow.picking import api
from tests import factories
from tests.browser.data import PASSWORD
from tests.browser.desk import PATIENCE_MS, PHONE, in_full_runs
from tests.browser.test_pack import said, scan
from tests.browser.test_shortage import shoot
from tests.picking.site.test_walk import key

PIN = "290417"


@pytest.fixture
def in_a_tote(switches, people):
	"""Two of an item stand in a tote and are needed no more; their shelf is A-02: (item, next list, tote)."""
	switches(stock_lock=True, fulfilment=True, shared_phones="1")
	place = factories.make_warehouse()
	item = factories.stocked(9, place)
	shelf = {"item_code": item, "warehouse": place, "place": "A-02", "sequence": 1}
	frappe.get_doc({"doctype": "Shelf Place", **shelf}).insert()
	names, tote = [], f"TOTE-{frappe.generate_hash(length=8).upper()}"
	for _order in range(2):
		row = factories.line(item, qty=2, warehouse=place)
		order = factories.make_order(row, warehouse=place).submit()
		frappe.db.commit()
		names += api.make_pick_lists(order.name)
	row = api.list_to_pick(names[0])["rows"][0]["row"]
	api.confirm_scan(pick_list=names[0], scan=tote, key=key(), row=row)
	api.confirm_row(pick_list=names[0], row=row, key=key())
	frappe.delete_doc("Pick List", names[0])
	frappe.db.commit()
	yield item, names[1], tote
	frappe.db.rollback()
	switches(shared_phones="0")


def test_a_phone_brings_goods_back_by_scans_alone(in_a_tote, people, log_in):
	item, other, tote = in_a_tote
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit(f"/app/pick/{other}")
	expect(desk.page.locator(".swf-walk-note")).to_contain_text(f"look in {tote}")
	desk.visit("/app/pick")
	desk.page.locator(".swf-walk-back").click()
	expect(desk.page.locator(".swf-walk-crate").filter(has_text=tote)).to_be_visible()
	scan(desk, item)
	expect(said(desk)).to_contain_text("A-02")
	card = desk.page.locator(".swf-walk-row", has_text=item)
	expect(card.locator(".swf-walk-place")).to_have_text("A-02")
	shoot(desk, "put-back-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	scan(desk, item)
	expect(said(desk)).to_contain_text("are back")
	expect(card).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value("Put Away", {"item_code": item}, "state") == "Put Back"


@in_full_runs
def test_a_shared_phone_is_taken_over_by_a_pin(in_a_tote, people, log_in):
	first, second = (factories.make_user("Stock User") for _ in range(2))
	for user in (first, second):
		frappe.utils.password.update_password(user, PASSWORD)
	frappe.db.commit()

	owner = log_in(second, viewport=PHONE)
	owner.visit("/app/pick")
	menu(owner, "Set My PIN")
	fill(owner, "pin", PIN)
	fill(owner, "password", PASSWORD)
	owner.page.locator(".modal.show .btn-modal-primary").click()
	expect(owner.page.locator(".modal.show")).to_have_count(0, timeout=PATIENCE_MS)

	shared = log_in(first, viewport=PHONE)
	shared.visit("/app/pick")
	menu(shared, "Somebody Else Takes the Phone")
	shared.page.locator(".modal.show [data-fieldname='user'] select").select_option(second)
	fill(shared, "pin", PIN)
	shoot(shared, "take-phone")
	with shared.page.expect_navigation():
		shared.page.locator(".modal.show .btn-modal-primary").click()
	shared.page.wait_for_function("() => window.frappe?.session?.user")
	assert shared.page.evaluate("() => frappe.session.user") == second


def menu(desk, words):
	desk.page.locator("#page-pick .menu-btn-group button").click()
	desk.page.locator("#page-pick .menu-btn-group").get_by_text(words).click()
	expect(desk.page.locator(".modal.show")).to_be_visible()


def fill(desk, field, text):
	desk.page.locator(f".modal.show [data-fieldname='{field}'] input").fill(text)
