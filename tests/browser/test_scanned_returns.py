"""A parcel with the number of a return: scanned, split, let in by somebody else, posted."""

from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, nowdate

from tests.browser import data
from tests.browser.test_returns import ON, delivered
from tests.browser.test_shortage import shoot
from tests.returns import returns_world


def test_a_parcel_is_scanned_split_let_in_and_posted(switches, world, log_in):
	switches(**ON, return_window_days=30)
	_order, note = delivered(world)
	frappe.db.set_value("Delivery Note", note.name, "swf_delivered_on", add_days(nowdate(), -40))
	frappe.db.commit()
	case = returns_world.opened({"row": note.items[0].name, "qty": 3, "received": False})
	boss = data.make_login("Lena Late", "Sales Manager")
	frappe.db.commit()
	clerk = log_in(world.stock_user)

	clerk.visit("/app/return-case")
	clerk.press("Scan What Came")
	dialog = clerk.page.locator(".modal.show")
	dialog.locator("textarea").fill(f"NOTHING-OF-OURS\n{case.name}")
	dialog.get_by_role("button", name="Submit").click()
	expect(dialog.get_by_role("alert")).to_contain_text("NOTHING-OF-OURS")
	expect(dialog.locator("textarea")).to_have_value(case.name)
	shoot(clerk, "returns-scan")
	dialog.get_by_role("button", name="Submit").click()
	clerk.wait_for_form("Return Case", case.name)
	block = clerk.page.locator("#page-Return\\ Case .swf-flow")
	expect(block).to_contain_text("10 days after the return window")
	expect(block).to_contain_text("Sales Manager")

	clerk.fill_cell("rows", 1, "received_qty", "3")
	clerk.press("Save")
	clerk.wait_until_saved()
	clerk.press("More")
	clerk.visible(clerk.page.locator(".dropdown-item", has_text="Split Row")).click()
	dialog = clerk.page.locator(".modal.show")
	shoot(clerk, "returns-split")
	dialog.locator("[data-fieldname='qty'] input").fill("1")
	dialog.get_by_role("button", name="Submit").click()
	clerk.page.wait_for_function("() => cur_frm.doc.rows.length === 2")
	clerk.wait_until_saved()
	assert [row["received_qty"] for row in clerk.value("rows")] == [2, 1]
	clerk.page.evaluate(
		"""async () => {
			for (const row of cur_frm.doc.rows) {
				await frappe.model.set_value(row.doctype, row.name, "decision", "Restock");
				await frappe.model.set_value(row.doctype, row.name, "remedy", "Nothing");
			}
		}"""
	)
	clerk.press("Save")
	clerk.wait_until_saved()
	assert not clerk.has_button("Post Returns")

	manager = log_in(boss)
	manager.open("Return Case", case.name)
	manager.press("Waive the Window")
	dialog = manager.page.locator(".modal.show")
	dialog.locator("textarea").fill("The courier was late")
	dialog.get_by_role("button", name="Submit").click()
	manager.page.wait_for_function("() => cur_frm.doc.waiver_answer === 'Waived'")
	shoot(manager, "returns-waived")

	clerk.open("Return Case", case.name)
	clerk.page.get_by_role("button", name="Post Returns").first.click()
	expect(block).to_contain_text("Submitted", timeout=20000)
