"""What customers announce, lines that are closed short, counts that cost locks, paid orders re-opened."""

from playwright.sync_api import expect

import frappe
from frappe.utils import nowdate

from sales_wh_flow.base import retry
from sales_wh_flow.milestones import page_link
from sales_wh_flow.returns import api
from tests.browser import data
from tests.browser.desk import BASE_URL, PHONE
from tests.browser.test_money_and_messages import shoot
from tests.browser.test_returns import ON, delivered
from tests.stock_documents import counted


def test_a_customer_announces_a_return_on_a_phone(switches, world, program):
	switches(**ON, customer_page="1", returns_from_page="1")
	order, _note = delivered(world)
	link = page_link.link_for_customer(order.name)
	frappe.db.commit()
	context = program.new_context(base_url=BASE_URL, viewport=PHONE, locale="en-US")
	page = context.new_page()
	assert page.goto(link[link.index("/order_tracking") :]).status == 200
	form = page.locator("#swf-back")
	expect(form).to_contain_text("up to 5")
	form.locator("input").first.fill("2")
	form.locator("textarea").fill("It rattles")
	assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
	shoot(page, "return-announce-phone")
	form.get_by_role("button", name="Announce Return").click()
	outcome = page.locator("#swf-returns")
	expect(outcome).to_contain_text("write this number on the parcel", timeout=20000)
	expect(form).to_contain_text("up to 3")
	expect(form.locator("input").first).to_have_value("")
	shoot(page, "return-announced-phone")
	frappe.db.rollback()
	(case,) = frappe.get_all("Return Case", {"sales_order": order.name}, ["name", "customer_says"])
	assert case.name in outcome.inner_text()
	assert case.customer_says == "It rattles"
	context.close()


def test_a_line_is_closed_short_and_opened_again(switches, world, log_in):
	switches(**ON)
	frappe.set_user("Administrator")
	order = data.make_order(world, {"qty": 4, "warehouse": world.warehouse}, submit=True)
	frappe.db.commit()
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order.name)
	desk.page.evaluate("() => sales_wh_flow.shortage.open_lines_dialog(cur_frm)")
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator("select")).to_contain_text("4 Nos open")
	dialog.locator("[data-fieldname='qty'] input").fill("1")
	dialog.locator("[data-fieldname='reason'] textarea").fill("One is enough less")
	shoot(desk.page, "close-lines")
	dialog.get_by_role("button", name="Close Short").click()
	expect(dialog).to_have_count(0, timeout=20000)
	desk.wait_for_form("Sales Order", order.name)
	desk.page.wait_for_function("() => cur_frm.doc.items[0].qty === 3")
	assert desk.page.evaluate("() => cur_frm.doc.items[0].swf_closed_short") == 1


def test_a_count_says_who_would_lose(switches, world, log_in):
	switches(**ON, post_counts_of_locked_stock="1")
	frappe.set_user("Administrator")
	order = data.make_order(world, {"qty": 4, "warehouse": world.warehouse}, submit=True)
	count = counted(world.item, world.warehouse, 1).insert()
	boss = data.make_login("Carl Count", "Stock Manager", "Stock User")
	frappe.db.commit()
	desk = log_in(boss)
	desk.open("Stock Reconciliation", count.name)
	block = desk.page.locator("#page-Stock\\ Reconciliation .swf-flow")
	expect(block).to_contain_text("Would Lose When This Is Submitted")
	expect(block).to_contain_text(order.name)
	expect(block).to_contain_text("Serving Policy")
	shoot(desk.page, "count-losers")


def test_a_paid_order_is_opened_again_by_a_choice_for_its_payment(switches, world, log_in):
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	switches(**ON)
	order, _note = delivered(world)
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 0)
	(bill,) = frappe.get_all("Sales Invoice Item", {"sales_order": order.name}, pluck="parent")
	paid = get_payment_entry("Sales Invoice", bill)
	paid.update({"reference_no": "1", "reference_date": nowdate()})
	paid.insert().submit()
	roles = (
		"Sales User",
		"Sales Manager",
		"Stock User",
		"Stock Manager",
		"Accounts User",
		"Accounts Manager",
	)
	boss = data.make_login("Rita Refund", *roles)
	frappe.db.commit()
	desk = log_in(boss)
	desk.open("Sales Order", order.name)
	desk.page.get_by_role("button", name="Re-open").first.click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text("Choose for each")
	expect(dialog).to_contain_text(paid.name)
	dialog.locator("[data-fieldname='payment_0'] select").select_option("Unlink")
	dialog.locator("[data-fieldname='reason'] textarea").fill("Ordered by mistake")
	shoot(desk.page, "reopen-payment")
	dialog.get_by_role("button", name="Undo All of This").click()
	expect(dialog).to_have_count(0, timeout=20000)
	desk.page.wait_for_function(
		"""async (name) => {
			const its = await frappe.db.get_value("Order Reopening", { sales_order: name }, "state");
			return its.message.state === "Done";
		}""",
		arg=order.name,
		timeout=30000,
	)


def test_the_report_sums_up_and_opens_its_rows(switches, world, log_in):
	from tests.returns import returns_world

	switches(**ON)
	_order, note = retry.from_a_fresh_transaction(lambda: delivered(world))
	case = returns_world.decided(returns_world.opened(returns_world.asked(note, 2)))
	frappe.db.commit()
	api.post_return(case.name)
	boss = data.make_login("Rudi Report", "Stock Manager", "Sales Manager")
	frappe.db.commit()
	desk = log_in(boss)
	desk.visit(
		f"/app/query-report/Returned Goods?group_by=Item&customer={frappe.utils.quote(world.customer)}"
	)
	expect(desk.page.locator(".dt-scrollable")).to_contain_text(world.item, timeout=20000)
	shoot(desk.page, "returned-goods")
	desk.page.locator(".dt-scrollable [data-swf-group]").first.click()
	expect(desk.page.locator(".dt-scrollable")).to_contain_text("RET-", timeout=20000)
