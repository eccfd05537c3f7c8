"""What others are typing for the same stock, where the settings say that it is shown."""

import pytest
from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.desk import in_full_runs

pytestmark = in_full_runs


@pytest.fixture
def holds_shown(switches):
	switches(stock_lock=True, typing_holds="1")
	yield
	frappe.db.rollback()
	switches(typing_holds="0")


@pytest.fixture
def colleague(site):
	user = data.make_login("Sue Sales", "Sales User")
	frappe.db.commit()
	return user


def type_an_order(desk, world, qty: str) -> None:
	desk.open_new("Sales Order")
	desk.fill_link("customer", world.customer)
	desk.fill_cell_link("items", 1, "item_code", world.item)
	desk.page.wait_for_function("() => cur_frm.doc.items[0].uom")
	desk.fill_cell("items", 1, "qty", qty)


def test_a_form_says_what_others_are_typing_for_its_stock(holds_shown, colleague, world, log_in):
	first, second = log_in(world.sales_user), log_in(colleague)
	with first.page.expect_response(lambda answer: "sales_wh_flow.stock_lock.api.typing" in answer.url):
		type_an_order(first, world, "6")
	type_an_order(second, world, "3")
	said = second.page.locator(".swf-typing:visible")
	expect(said).to_contain_text(
		f"{world.item} in {world.warehouse}: 10 free, others are typing orders for 6."
	)


def test_nothing_is_told_where_the_setting_is_off(switches, world, log_in):
	switches(stock_lock=True)
	desk = log_in(world.sales_user)
	type_an_order(desk, world, "6")
	desk.page.wait_for_timeout(1500)  # longer than the rest after which it would be told
	assert not [call for call in desk.calls if "sales_wh_flow.stock_lock.api.typing" in call]
