"""What common tasks take, in clicks and page loads, beside the same in plain ERPNext: one run, one table.

Typing counts nothing on either side.
"""

import os

from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from tests import factories
from tests.browser import data
from tests.browser.counting import Counted, beside, check, run, table
from tests.browser.desk import PATIENCE_MS, in_full_runs

pytestmark = in_full_runs


def find_late_orders(one, late):
	one.loads += 1
	one.desk.visit(f"/app/sales-order?customer={late.customer}")
	one.choose("Show", "Late")
	expect(one.page.locator(f".list-row-checkbox[data-name='{late.name}']")).to_have_count(1)


def find_late_orders_plainly(one, late):
	one.loads += 1
	one.desk.visit(f"/app/sales-order?customer={late.customer}")
	page = one.page
	one.click(page.locator(".filter-selector .filter-button"))
	row = page.locator(".filter-popover .filter-box").last
	one.click(row.locator(".fieldname-select-area input"))
	row.locator(".fieldname-select-area input").press_sequentially("Delivery Date")
	one.click(row.locator(".filter-field-select", has_text="Delivery Date"))
	one.clicks += 1
	row.locator("select.condition").select_option("<")
	one.clicks += 1  # into the field, whose calendar moves about
	day = row.locator(".filter-field input")
	day.fill(frappe.utils.formatdate(nowdate(), "mm-dd-yyyy"))
	day.press("Tab")
	one.click(page.locator(".filter-popover .apply-filters"))
	expect(one.rows_of_the_list()).to_have_count(1)


def pick_and_deliver(one, order):
	one.open(order)
	one.button("Make Pick Lists")
	one.desk.wait_for_form("Pick List")
	one.submit()
	one.button("Make Delivery Note")
	one.desk.wait_for_form("Delivery Note")
	one.submit()


def pick_and_deliver_plainly(one, order):
	one.open(order)
	one.choose("Create", "Pick List")
	one.desk.wait_for_form("Pick List")
	one.button("Save")
	one.desk.wait_until_saved()
	one.submit()
	one.choose("Create", "Delivery Note")  # 15 says Create Delivery Note
	one.desk.wait_for_form("Delivery Note")
	told = one.page.locator(".modal.show .btn-modal-close")
	if told.locator("visible=true").count():  # that the note was made; it may close by itself: not counted
		one.desk.visible(told).click()
		expect(one.page.locator(".modal.show")).to_have_count(0)
	one.submit()


def see_who_has_the_stock(one, order):
	one.open(order)
	one.click(one.page.locator("[data-fieldname='items'] .swf-ask-row"))
	assert order in one.page.locator(".modal.show").inner_text()


def see_who_has_the_stock_plainly(one, order):
	one.open(order)
	one.choose("Stock Reservation", "Reserved Stock")
	one.loads += 1
	one.page.wait_for_url("**/query-report/**")
	one.desk.settle()


def release_a_lock(one, order):
	one.open(order)
	one.choose("Stock Reservation", "Release Locks")
	one.page.locator(".modal.show textarea").fill("The customer is not sure yet.")
	one.dialog("Release")
	expect(one.desk.flow.locator(".swf-flow-status")).to_have_text("Backordered", timeout=PATIENCE_MS)


def release_a_lock_plainly(one, order):
	one.open(order)
	one.choose("Stock Reservation", "Unreserve")
	one.click(one.page.locator(".modal.show .grid-heading-row .grid-row-check"))
	one.dialog("Unreserve Stock")


def see_where_three_lines_lie(one, draft):
	one.open(draft)
	assert one.page.locator(".swf-stock .swf-lines tbody tr").count() == 3


def see_where_three_lines_lie_plainly(one, draft):
	"""Only how much of it is in the line's own warehouse."""
	one.open(draft)
	for row in range(3):
		one.click(one.page.locator("[data-fieldname='items'] .grid-row .btn-open-row").nth(row))
		one.page.locator(".grid-row-open [data-fieldname='actual_qty']").first.scroll_into_view_if_needed()
		one.click(one.page.locator(".grid-row-open .grid-collapse-row"))


def pick_and_deliver_from_two_warehouses(one, order):
	one.open(order)
	one.button("Make Pick Lists")
	expect(one.page.locator(".page-head .btn-primary", has_text="Open Pick List")).to_be_visible()
	one.button("All Is Picked", within=".swf-actions")
	one.dialog("Yes")
	expect(
		one.page.locator(".page-head").get_by_role("button", name="Deliver All", exact=True)
	).to_be_visible()
	one.button("Deliver All")
	one.dialog("Submit Delivery Notes")
	expect(one.desk.flow.locator(".swf-flow-status")).to_have_text("Dispatched", timeout=PATIENCE_MS)


pick_and_deliver_from_two_warehouses_plainly = pick_and_deliver_plainly


def test_no_task_takes_more_clicks_than_in_plain_erpnext(switches, world, log_in, capsys):
	on = {"stock_lock": True, "fulfilment": True, "forecast": True, "routing": True, "lead_transit_days": 2}
	both = _in_both_warehouses(world)
	three = [{"qty": 1, "item_code": factories.make_item()} for _line in range(3)]
	switches(stock_lock=True)  # ERPNext's own reservation is on, whether the app's lock is or not
	switches()
	plain = Counted(log_in("Administrator", _password()))
	orders = [data.make_order(world, {"qty": 1, "reserve_stock": 1}, submit=True) for _order in range(2)]
	for order in orders:
		frappe.get_doc("Sales Order", order.name).create_stock_reservation_entries()
	late = data.make_order(world, {"qty": 1}, submit=True)
	frappe.db.set_value("Sales Order", late.name, "delivery_date", add_days(nowdate(), -2))
	draft = data.make_order(world, *three)
	frappe.db.commit()
	plainly = [
		run(plain, find_late_orders_plainly, late),
		run(plain, pick_and_deliver_plainly, data.make_order(world, {"qty": 1}, submit=True).name),
		run(
			plain,
			pick_and_deliver_from_two_warehouses_plainly,
			data.make_order(world, *both, submit=True).name,
		),
		run(plain, see_who_has_the_stock_plainly, orders[0].name),
		run(plain, release_a_lock_plainly, orders[1].name),
		run(plain, see_where_three_lines_lie_plainly, draft.name),
	]
	frappe.get_doc("Sales Order", orders[0].name).cancel()
	switches(**on)
	ours = Counted(log_in("Administrator", _password()))
	frappe.db.set_value("Sales Order", late.name, "swf_lateness", "Late")
	frappe.db.commit()
	held, freed, picked = (data.make_order(world, {"qty": 1}, submit=True).name for _order in range(3))
	own = [
		run(ours, find_late_orders, late),
		run(ours, pick_and_deliver, picked),
		run(ours, pick_and_deliver_from_two_warehouses, data.make_order(world, *both, submit=True).name),
		run(ours, see_who_has_the_stock, held),
		run(ours, release_a_lock, freed),
		run(ours, see_where_three_lines_lie, draft.name),
	]
	rows = beside(own, plainly)
	with capsys.disabled():
		print("\n" + table(rows))
	check(rows)


def _in_both_warehouses(world):
	"""Two lines of an item that lies in both warehouses of the world."""
	item = factories.make_item()
	places = (world.warehouse, world.other_warehouse)
	for place in places:
		factories.receive(item, 20, place)  # ERPNext picks where it likes
	return [{"item_code": item, "qty": 2, "warehouse": place} for place in places]


def _password():
	return os.environ["SWHF_ADMIN_PASSWORD"]
