"""An order of more rows than Frappe draws on a page, and a form that shows one order after the other."""

import os

from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.desk import in_full_runs

ROWS = 60
_COLUMNS = "() => cur_frm.fields_dict.items.grid.visible_columns.map(([field]) => field.fieldname)"
_DRAWN = """() => [...document.querySelectorAll(".grid-heading-row .grid-static-col")]
	.filter((one) => one.closest("[data-fieldname='items']"))
	.filter((one) => one.offsetParent).map((one) => one.dataset.fieldname).filter(Boolean)"""


@in_full_runs
def test_the_reason_leads_to_a_row_of_the_second_page(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	rows = [{"qty": 1} for _row in range(ROWS)]
	rows[ROWS - 3] = {"qty": 1, "rate": 80}
	order = data.make_order(world, *rows).name
	frappe.db.commit()
	desk = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	desk.open("Sales Order", order)

	desk.flow.locator(f"[data-row='{ROWS - 2}']").first.click()

	expect(desk.page.locator(f".grid-row[data-idx='{ROWS - 2}']")).to_be_in_viewport()


@in_full_runs
def test_a_draft_and_a_submitted_order_each_show_their_own_columns(switches, world, log_in):
	switches(stock_lock=True, forecast=True)
	names = {
		docstatus: data.make_order(world, {"qty": 1}, submit=bool(docstatus)).name for docstatus in (0, 1)
	}
	frappe.db.commit()
	desk = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	desk.open("Sales Order", names[1])
	for docstatus in (0, 1, 0, 1):
		desk.page.evaluate("name => frappe.set_route('Form', 'Sales Order', name)", names[docstatus])
		desk.wait_for_form("Sales Order", names[docstatus])
		expect(desk.flow).to_be_visible()

		shown = desk.page.evaluate(_COLUMNS)

		assert ("swf_line_expected_on" in shown) is bool(docstatus), shown
		assert ("rate" in shown) is not bool(docstatus), shown
		assert [name for name in desk.page.evaluate(_DRAWN) if name in shown] == shown
