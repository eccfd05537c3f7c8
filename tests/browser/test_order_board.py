"""Promise, lateness and the Order Board in a browser: what is late is red, and one click leads on."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.delays import follow
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order import refresh_forecast
from tests.browser import data
from tests.browser.desk import BOTH, PHONE, PHONE_IN_FULL, in_full_runs
from tests.browser.test_returns import delivered
from tests.browser.test_shortage import shoot


@pytest.fixture
def orders(switches, world):
	"""One that can be picked, one that is late, one whose goods are missing."""
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2)
	fine = data.make_order(world, {"qty": 2}, submit=True)
	late = data.make_order(world, {"qty": 2}, submit=True)
	risky = data.make_order(world, {"qty": 90}, submit=True)
	day = add_days(nowdate(), -2)
	frappe.db.sql(
		"""update `tabSales Order` set delivery_date = %(day)s, swf_last_promised_on = %(day)s,
			swf_promise_basis = %(day)s where name = %(order)s""",
		{"day": day, "order": late.name},
	)
	refresh_forecast.refresh_forecasts([late.name])
	frappe.db.commit()
	return fine, late, risky


def see_board(desk, world):
	desk.visit("/app/order-board")
	desk.page.evaluate(
		"(place) => $('[data-page-route=order-board]')[0] && cur_page.page.board.warehouse.set_value(place)",
		world.warehouse,
	)
	desk.settle()


@BOTH
def test_the_board_shows_where_orders_are_and_what_is_late(orders, world, log_in, viewport):
	_fine, late, _risky = orders
	desk = log_in(world.stock_user, **viewport)
	see_board(desk, world)
	column = desk.page.locator("[data-column='To Pick']")
	expect(column.locator(".ob-count")).to_have_text("2")
	expect(column.locator(".ob-figures")).to_contain_text("1 late")
	expect(desk.page.locator("[data-column='Waiting for Stock']")).to_contain_text("1 at risk")
	if viewport:
		expect(column.locator(".ob-card").first).to_be_hidden()
		column.locator(".ob-title").click()
		assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	expect(column.locator(".ob-card").first).to_have_attribute("data-order", late.name)
	expect(column.locator(".ob-card").first).to_contain_text("Late")
	shoot(desk, f"order-board{'-phone' if viewport else ''}")
	desk.page.locator("[data-only=late]").click()
	expect(desk.page.locator(".ob-card")).to_have_count(1)


def test_one_click_does_the_next_step(orders, world, log_in):
	fine, *_others = orders
	desk = log_in(world.stock_user)
	see_board(desk, world)
	desk.page.locator(f"[data-order='{fine.name}'] [data-step]").click()
	desk.wait_for_form("Pick List")
	assert desk.page.evaluate("() => cur_frm.doc.locations[0].sales_order") == fine.name
	see_board(desk, world)
	expect(desk.page.locator(f"[data-column='Picking'] [data-order='{fine.name}']")).to_be_visible()


def test_the_keyboard_goes_from_card_to_card_and_opens(orders, world, log_in):
	desk = log_in(world.sales_user)
	see_board(desk, world)
	keys = desk.page.keyboard
	desk.page.locator("body").click(position={"x": 5, "y": 300})
	keys.press("ArrowDown")
	first = desk.page.evaluate("() => document.activeElement.dataset.order")
	keys.press("ArrowRight")
	second = desk.page.evaluate("() => document.activeElement.dataset.order")
	assert first and second and first != second
	keys.press("2")
	expect(desk.page.locator("[data-only=late]")).to_have_attribute("aria-pressed", "true")
	keys.press("2")
	desk.settle()
	desk.page.locator(f"[data-order='{second}']").focus()
	keys.press("o")
	desk.wait_for_form("Sales Order", second)


@PHONE_IN_FULL
def test_many_orders_are_picked_at_once_and_filters_are_kept_as_a_view(orders, world, log_in, viewport):
	fine, late, _risky = orders
	without = data.make_order(world, {"qty": 2}, submit=True)  # the one before it took the rest of the shelf
	desk = log_in(world.stock_user, **viewport)
	see_board(desk, world)
	for stage, order in (("To Pick", fine), ("To Pick", late), ("Waiting for Stock", without)):
		column = desk.page.locator(f"[data-column='{stage}']")
		if viewport and "is-open" not in column.get_attribute("class"):
			column.locator(".ob-title").click()
		column.locator(f"[data-choose='{order.name}']").check()
	bar = desk.page.locator(".ob-chosen")
	expect(bar).to_contain_text("3 orders chosen")
	shoot(desk, f"order-board-many{'-phone' if viewport else ''}")
	bar.get_by_role("button", name="Make Pick Lists").click()
	told = desk.page.locator(".msgprint-dialog, .modal.show").last
	expect(told).to_contain_text("Done for 2 of 3")
	expect(told.locator("a[href*='pick-list']")).to_have_count(2)
	shoot(desk, f"order-board-done{'-phone' if viewport else ''}")
	desk.page.keyboard.press("Escape")
	expect(bar).to_contain_text("1 order chosen")
	expect(desk.page.locator("[data-column='Picking'] .ob-count")).to_have_text("2")
	desk.page.locator("[data-only=late]").click()
	desk.page.get_by_role("button", name="Keep View").click()
	desk.page.wait_for_function("() => window.cur_dialog && cur_dialog.display")
	desk.page.evaluate("() => cur_dialog.set_values({ name: 'Late <b>here' })")
	desk.answer("Keep")
	desk.page.locator("[data-only=late]").click()
	expect(desk.page.locator("[data-only=late]")).to_have_attribute("aria-pressed", "false")
	desk.page.reload()
	view = desk.page.locator("[data-view]")
	expect(view).to_have_text("Late <b>here")
	view.click()
	expect(desk.page.locator("[data-only=late]")).to_have_attribute("aria-pressed", "true")
	expect(desk.page.locator(".ob-count").first).to_be_visible()
	assert desk.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
	desk.page.locator("[data-drop-view]").click()
	expect(view).to_have_count(0)


def test_what_others_do_appears_without_a_press(orders, world, log_in):
	desk = log_in(world.sales_user)
	see_board(desk, world)
	count = desk.page.locator("[data-column='Waiting for Stock'] .ob-count")
	expect(count).to_have_text("1")
	data.make_order(world, {"qty": 1}, submit=True)
	desk.page.evaluate("() => frappe.realtime.socket.listeners('swf_board').forEach((tell) => tell({}))")
	expect(count).to_have_text("2", timeout=8000)


@PHONE_IN_FULL
def test_the_order_says_what_was_promised_and_how_late_it_is(orders, world, log_in, viewport):
	_fine, late, risky = orders
	desk = log_in(world.sales_user, **viewport)
	desk.open("Sales Order", late.name)
	promise = desk.page.locator(".swf-promise")
	expect(promise).to_contain_text("Late for 2 days")
	expect(promise).to_contain_text("Promised for")
	shoot(desk, f"promise-late{'-phone' if viewport else ''}")
	if not viewport:
		shown = desk.page.evaluate(
			"() => cur_frm.fields_dict.items.grid.visible_columns.map((it) => it[0].fieldname)"
		)
		assert "swf_line_expected_on" in shown
	desk.open("Sales Order", risky.name)
	expect(promise).to_contain_text("At Risk")
	expect(promise).to_contain_text("About ")
	promise.get_by_role("button", name="Promise Another Day").click()
	desk.page.wait_for_function("() => window.cur_dialog && cur_dialog.display")
	desk.page.evaluate(
		"(day) => cur_dialog.set_values({ day, reason: 'The supplier is late' })", add_days(nowdate(), 60)
	)
	desk.answer("Promise")
	expect(promise).to_contain_text("On Time")
	expect(promise).to_contain_text("first promised for")


def test_the_list_says_late_beside_the_status_and_filters_by_it(orders, world, log_in):
	fine, late, risky = orders
	desk = log_in(world.sales_user)
	desk.visit(f"/app/sales-order?customer={world.customer}")
	row = desk.page.locator(".list-row", has_text=late.name)
	expect(row.locator(".indicator-pill.red").first).to_contain_text("Late · Locked")
	expect(desk.page.locator(".list-row-head")).to_contain_text("Promised For")
	shoot(desk, "order-list-late")
	desk.page.get_by_role("button", name="Show").click()
	desk.page.locator(".dropdown-menu.show a", has_text="At Risk").click()
	desk.settle()
	expect(desk.page.locator(".list-row", has_text=risky.name)).to_have_count(1)
	expect(desk.page.locator(".list-row", has_text=fine.name)).to_have_count(0)


def test_without_the_forecast_erpnexts_own_overdue_mark_is_kept(orders, switches, world, log_in):
	_fine, late, _risky = orders
	frappe.db.sql(
		"update `tabSales Order` set swf_lateness = null, swf_lateness_since = null where name = %s",
		late.name,
	)
	frappe.db.commit()
	switches(stock_lock=True, fulfilment=True)
	desk = log_in(world.sales_user)
	desk.visit(f"/app/sales-order?customer={world.customer}")
	row = desk.page.locator(".list-row", has_text=late.name)
	expect(row.locator(".indicator-pill.red").first).to_contain_text("Overdue · Locked")
	expect(desk.page.locator(".list-row-head")).not_to_contain_text("Promised For")


def test_switched_off_the_list_is_erpnexts_own(orders, switches, world, log_in):
	switches()
	desk = log_in(world.sales_user)
	desk.visit("/app/sales-order")
	assert not desk.page.get_by_role("button", name="Show", exact=True).count()
	assert not desk.page.locator("[data-fieldname=swf_lateness]:visible").count()


@PHONE_IN_FULL
def test_my_delays_say_why_and_what_helps_and_can_be_put_off(orders, switches, world, log_in, viewport):
	_fine, late, _risky = orders
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2, delay_alerts="On")
	follow.raise_and_pass_on([one for one in delayed.delayed_orders("", 1000) if one.order == late.name])
	frappe.db.commit()
	desk = log_in(world.stock_user, **viewport)
	desk.visit("/app/my-delays")
	card = desk.page.locator(".md-card", has_text=late.name)
	expect(card).to_contain_text("Pick and send it now")
	expect(card).to_contain_text("To Pick")
	shoot(desk, f"my-delays{'-phone' if viewport else ''}")
	if viewport:
		assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	card.get_by_role("button", name="Snooze").click()
	desk.page.wait_for_function("() => window.cur_dialog && cur_dialog.display")
	until = f"{add_days(nowdate(), 3)} 09:00:00"
	desk.page.evaluate("(until) => cur_dialog.set_values({ until, reason: 'Called the warehouse' })", until)
	desk.answer("Snooze")
	expect(card).to_contain_text("snoozed until")
	expect(card).to_contain_text("Called the warehouse")
	card.get_by_role("button", name="Do It").click()
	desk.wait_for_form("Sales Order", late.name)


@in_full_runs
def test_a_manager_sees_whose_delay_it_is_and_do_it_opens_what_is_missing(orders, switches, world, log_in):
	_fine, late, risky = orders
	switches(stock_lock=True, fulfilment=True, forecast=True, lead_transit_days=2, delay_alerts="On")
	own = {late.name, risky.name}
	follow.raise_and_pass_on([one for one in delayed.delayed_orders("", 1000) if one.order in own])
	frappe.db.commit()
	manager = data.make_login("Mona Manager", "Sales Manager", "Sales User", "Stock User")
	frappe.db.commit()
	desk = log_in(manager)
	desk.visit("/app/my-delays")
	desk.page.get_by_role("button", name="Of Everybody").click()
	card = desk.page.locator(".md-card", has_text=risky.name)
	expect(card).to_contain_text("with Purchase User")
	expect(desk.page.locator(".md-whose")).to_contain_text("late")
	shoot(desk, "my-delays-of-everybody")
	for _visit in range(2):  # the form is loaded the second time
		card.get_by_role("button", name="Do It").click()
		desk.wait_for_form("Sales Order", risky.name)
		expect(desk.page.locator(".modal.show .swf-shortage, .modal.show.swf-shortage")).to_be_visible()
		if not _visit:
			expect(desk.page.locator(".swf-delay")).to_contain_text("the supplier's delay")
			shoot(desk, "order-delay")
			desk.visit("/app/my-delays")
			desk.page.get_by_role("button", name="Of Everybody").click()


def test_the_workspace_counts_what_is_late_and_leads_there(orders, world, log_in):
	desk = log_in(world.sales_user)
	desk.visit("/app/order-flow")
	expect(
		desk.page.locator(
			"[number_card_name='Late Orders'], .number-widget-box", has_text="Late Orders"
		).first
	).to_be_visible()
	desk.page.wait_for_timeout(1500)
	desk.settle()
	shoot(desk, "workspace")
	desk.visit("/app/query-report/Open Orders by Stage")
	number = desk.page.locator("[data-swf-orders=late]").first
	number.click()
	desk.page.wait_for_function("() => frappe.get_route()[0] === 'List'")
	desk.settle()
	desk.page.wait_for_function(
		"() => window.cur_list?.filter_area?.get().some((filter) => filter[3] === 'Late')"
	)


def test_a_phones_list_begins_with_the_filters_of_erpnext_and_shows_ours_once_they_are_set(
	orders, world, log_in
):
	desk = log_in(world.sales_user, viewport=PHONE)
	desk.visit("/app/sales-order?swf_flow_status=Locked")
	expect(desk.page.locator(".list-row").first).to_be_visible()
	unfold = desk.page.locator(".filter-toggle")
	if unfold.count():  # ERPNext 16 folds them all on a phone
		unfold.click()
	ours = desk.page.locator(".standard-filter-section .frappe-control[data-fieldname^=swf_]:visible")
	expect(ours).to_have_count(1)
	expect(ours).to_have_attribute("data-fieldname", "swf_flow_status")
	ours.locator("select").select_option("")
	expect(ours).to_have_count(0)


def with_a_fraction(route):
	"""Which orders the site holds is chance: the card's share, but never a whole number."""
	answer = route.fetch()
	told = answer.json()
	told["message"]["value"] = 66.67
	route.fulfill(response=answer, json=told)


def test_the_dashboard_draws_its_numbers_and_a_number_opens_its_orders(orders, world, log_in):
	late = orders[1]
	frappe.db.set_value("Sales Order", late.name, "swf_first_promised_on", add_days(nowdate(), -2))
	another = data.factories.make_item()
	data.factories.receive(another, 5, world.warehouse)
	delivered(replace(world, item=another))
	desk = log_in(world.sales_user)
	desk.context.route("**/*figures.api.in_full_by_first_promise*", with_a_fraction)
	desk.visit("/app/order-board")
	desk.page.evaluate(
		"""() => {
			frappe.boot.sysdefaults.number_format = "#.###,##";
			frappe.set_route("dashboard-view", "Order Figures");
		}"""
	)
	card = desk.page.locator(".number-widget-box", has_text="In Full by First Promise (%)")
	expect(card.locator(".number")).to_have_text("66,67")
	expect(desk.page.locator(".number-widget-box", has_text="Days to Cash")).to_have_count(0)
	expect(desk.page.locator(".dashboard-widget-box", has_text="Fill Rate by Warehouse")).to_be_visible()
	desk.page.wait_for_timeout(1500)
	shoot(desk, "dashboard")
	card.locator(".number").click()
	desk.page.wait_for_url("**/query-report/Order%20Figures**")
	expect(desk.page.locator(".dt-scrollable")).to_contain_text(late.name)
