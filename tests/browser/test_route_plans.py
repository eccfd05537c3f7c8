"""Three plans side by side in the form, and where each line's stock is."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from tests import factories
from tests.browser import data
from tests.browser.desk import PHONE_IN_FULL
from tests.stock_documents import purchase

NO_MONEY = re.compile(r"(?<!\d)0[.,]00")


def picture(desk, name: str) -> None:
	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		desk.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
def order(switches, world):
	"""Two lines: one in both warehouses of the world, one in the other alone; the rule says by rank."""
	switches(routing=True)
	second, short = factories.make_item(), factories.make_item()
	factories.receive(world.item, 10, world.other_warehouse)
	factories.receive(second, 10, world.other_warehouse)
	factories.receive(short, 1, world.other_warehouse)
	rule = factories.make_routing_rule(
		world.warehouse, world.other_warehouse, of_customer_group=world.group, priority=100
	)
	rule.candidates[0].handling_per_order = 4
	rule.candidates[1].handling_per_order = 6
	rule.save()
	frappe.db.commit()
	return data.make_order(world, {"qty": 5}, {"item_code": second, "qty": 2}, {"item_code": short, "qty": 3})


@PHONE_IN_FULL
def test_plans_stand_side_by_side_and_one_click_takes_one(order, world, log_in, viewport):
	desk = log_in(world.sales_user, **viewport)
	desk.open("Sales Order", order.name)
	stock = desk.page.locator(".swf-stock")
	expect(stock).to_contain_text("Enough here")
	expect(stock).to_contain_text("2 missing")
	stock.scroll_into_view_if_needed()
	picture(desk, f"order_stock_{'phone' if viewport else 'desktop'}")
	desk.page.evaluate("() => sales_wh_flow.order_plans.open(cur_frm)")
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(".swf-plan")).to_have_count(2)  # the fewest parcels are the cheapest here
	expect(dialog.locator("[data-plan='fewest cheapest'] .swf-plan-head")).to_contain_text("Cheapest")
	expect(dialog.locator("[data-plan~=fewest] .swf-plan-figure").first).to_contain_text("1")
	expect(dialog.locator("[data-plan~=fewest]")).to_contain_text("1 line short")
	expect(dialog).not_to_contain_text(NO_MONEY)
	expect(dialog.locator("[data-plan~=fewest]")).to_contain_text("no freight rates known")
	money = dialog.locator(".swf-plan-figure", has_text="Handling and Freight")
	expect(money).to_have_count(2)
	assert not money.evaluate_all("all => all.some((it) => it.classList.contains('is-best'))")
	desk.page.wait_for_timeout(500)
	picture(desk, f"route_plans_{'phone' if viewport else 'desktop'}")
	dialog.locator("[data-plan~=cheapest] [data-take]").click()
	expect(desk.page.locator(".modal.show")).to_have_count(0)
	desk.settle()
	frappe.db.rollback()  # a fresh look at what the browser's requests committed
	rows = frappe.get_all("Sales Order Item", {"parent": order.name}, ["swf_keep_warehouse", "warehouse"])
	assert {tuple(row.values()) for row in rows} == {(1, world.other_warehouse)}


@pytest.fixture
def two_parcels(switches, world):
	"""Each line in one warehouse alone; what the second lacks is due there."""
	switches(routing=True)
	first, second = factories.make_item(), factories.make_item()
	factories.receive(first, 5, world.warehouse)
	factories.receive(second, 5, world.other_warehouse)
	due = add_days(nowdate(), 4)
	bought = purchase(
		"Purchase Order", first, 5, world.other_warehouse, schedule_date=due, transaction_date=nowdate()
	)
	bought.items[0].schedule_date = due
	bought.insert().submit()
	factories.make_routing_rule(
		world.warehouse, world.other_warehouse, of_customer_group=world.group, priority=100
	)
	frappe.db.commit()
	return data.make_order(world, {"item_code": first, "qty": 5}, {"item_code": second, "qty": 5})


@PHONE_IN_FULL
def test_one_parcel_later_stands_beside_the_plans_of_today(two_parcels, world, log_in, viewport):
	desk = log_in(world.sales_user, **viewport)
	desk.open("Sales Order", two_parcels.name)
	desk.page.evaluate("() => sales_wh_flow.order_plans.open(cur_frm)")
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(".swf-plan")).to_have_count(2)  # today's three are the same
	later = dialog.locator("[data-plan~=later]")
	expect(later).to_contain_text("complete on")
	expect(dialog).not_to_contain_text(NO_MONEY)
	desk.page.wait_for_timeout(500)
	later.scroll_into_view_if_needed()
	picture(desk, f"route_plans_later_{'phone' if viewport else 'desktop'}")
	later.locator("[data-take]").click()
	expect(desk.page.locator(".modal.show")).to_have_count(0)
	desk.settle()
	frappe.db.rollback()
	rows = frappe.get_all(
		"Sales Order Item", {"parent": two_parcels.name}, ["swf_keep_warehouse", "warehouse"]
	)
	assert {tuple(row.values()) for row in rows} == {(1, world.other_warehouse)}


def test_switched_off_the_form_shows_neither_plans_nor_stock(order, switches, world, log_in):
	switches(routing=False)
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order.name)
	desk.settle()
	assert desk.page.locator(".swf-stock").count() == 0
	assert not desk.has_button("Compare Plans")
