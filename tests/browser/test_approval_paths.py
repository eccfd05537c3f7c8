"""The ways of an approval on the desk: rules made and tried, conditions, forwarding, links, substitutes."""

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_days, formatdate, nowdate

from sales_wh_flow.approval import api
from tests import factories
from tests.browser import data
from tests.browser.desk import BASE_URL, PHONE_IN_FULL


@pytest.fixture
def waiting(switches, world) -> str:
	"""An order of 5 at 15 % discount that waits for the world's approver."""
	switches(approval=True, stock_lock=True)
	return asked(world)


def asked(world) -> str:
	order = data.make_order(world, discount=15).name
	with factories.acting_as(world.sales_user):
		api.ask_for_approval(order)
	frappe.db.commit()
	return order


def approval_of(order: str) -> str:
	frappe.db.rollback()  # a fresh look at what the browser's requests committed
	return frappe.db.get_value("Order Approval", {"sales_order": order, "state": ("!=", "Superseded")})


def seen_of(approval: str, *fields: str):
	frappe.db.rollback()
	return frappe.db.get_value("Order Approval", approval, fields)


def decide(desk, label: str, **values: str) -> None:
	"""Press a button beside the approval in the order's block and fill the dialog that opens."""
	desk.flow.locator(".swf-approval").get_by_role("button", name=label, exact=True).click()
	for fieldname, value in values.items():
		desk.page.locator(f".modal.show [data-fieldname='{fieldname}']").locator("input, textarea").fill(
			value
		)


def test_a_rule_is_made_on_its_form_and_tried_on_an_order(switches, people, world, log_in):
	switches(approval=True)
	order = data.make_order(world, discount=25).name
	title = factories.unique("Discount above 20 %")
	desk = log_in(people.manager)
	desk.open_new("Order Approval Rule")
	assert not any(desk.value(field) for field in ("company", "customer_group", "territory"))
	desk.fill("title", title)
	desk.choose("criterion", "Discount")
	desk.fill("threshold", "20")
	desk.fill_link("customer_group", world.group)
	desk.fill_cell_link("approvers", 1, "role", people.role)
	desk.press("Save")
	desk.wait_until_saved()
	says = desk.page.locator(".form-message:visible")
	expect(says).to_contain_text("whose discount is more than 20 % wait for")
	expect(says).to_contain_text(people.role)

	desk.press("Try on an Order")
	desk.fill_link_of_dialog("sales_order", order)
	desk.answer("Try")
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text("Would ask")
	expect(dialog).to_contain_text("Discount of 25 % is above the allowed 20 %")
	expect(dialog).to_contain_text("Ada Approver")
	assert not frappe.db.exists("Order Approval", {"rule": title})


@PHONE_IN_FULL
def test_the_sales_user_accepts_a_condition_and_the_order_passes(waiting, world, log_in, viewport):
	approver = log_in(world.approver, **viewport)
	approver.open("Sales Order", waiting)
	decide(approver, "With Condition", most_discount="12", comment="What others get.")
	approver.answer("Offer")
	offered = approver.flow.locator(".swf-condition")
	expect(offered).to_contain_text("No line is sold more than 12 % below list price")

	author = log_in(world.sales_user, **viewport)
	author.open("Sales Order", waiting)
	expect(author.flow.locator(".swf-condition")).to_contain_text("Ada Approver approves on a condition")
	decide(author, "Accept Condition")
	author.answer("Accept")
	author.expect_status("Locked")
	assert (author.cell("items", 1, "rate"), author.value("docstatus")) == (88, 1)
	assert seen_of(approval_of(waiting), "state", "condition_state") == ("Approved", "Accepted")


def test_a_declined_condition_is_decided_anew(waiting, world, log_in):
	with factories.acting_as(world.approver):
		api.approve_with_condition(approval_of(waiting), "Smaller Discount", 12)
	frappe.db.commit()
	author = log_in(world.sales_user)
	author.open("Sales Order", waiting)
	decide(author, "Decline", comment="The customer has our word.")
	author.answer("Decline")
	expect(author.flow.locator(".swf-condition")).to_have_count(0)
	expect(author.flow.locator(".swf-approval")).to_contain_text("The customer has our word.")
	assert seen_of(approval_of(waiting), "state", "condition_state") == ("Open", "Declined")


def test_a_forwarded_request_is_decided_by_somebody_else(waiting, people, world, log_in):
	approver = log_in(world.approver)
	approver.open("Sales Order", waiting)
	approver.flow.locator(".swf-approval").get_by_role("button", name="Forward", exact=True).click()
	approver.fill_link_of_dialog("to_user", people.director)
	approver.page.locator(".modal.show textarea").fill("You know this customer.")
	approver.answer("Forward")
	expect(approver.flow.locator(".swf-approval")).to_contain_text("Forwarded by Ada Approver")

	director = log_in(people.director)
	director.open("Sales Order", waiting)
	approval = director.flow.locator(".swf-approval")
	expect(approval).to_contain_text("You know this customer.")
	expect(approval).to_contain_text("you decide for Ada Approver")
	decide(director, "Approve")
	director.answer("Approve")
	director.expect_status("Locked")
	expect(director.flow.locator(".swf-approval")).to_contain_text(
		"Approved by Dana Director for Ada Approver"
	)


@PHONE_IN_FULL
def test_the_link_of_an_e_mail_decides_once(waiting, world, log_in, viewport):
	request = frappe.get_doc("Order Approval", approval_of(waiting))
	address = data.mailed_address(request, world.approver)
	desk = log_in(world.approver, **viewport)
	desk.page.goto(address)
	facts = desk.page.locator(".swf-decide")
	expect(facts).to_contain_text(world.customer)
	expect(facts).to_contain_text("Discount of 15 % is above the allowed 10 %")
	expect(facts).to_contain_text("The last approval submits the order and locks its stock.")
	assert seen_of(request.name, "state") == "Open"
	facts.get_by_role("button", name="Approve").click()
	expect(facts.locator("[role=status]")).to_have_text("You approved. The order is submitted.")
	assert facts.get_by_role("button").count() == 0
	assert seen_of(request.name, "state") == "Approved"
	desk.page.goto(address)
	expect(desk.page.locator(".swf-decide")).to_contain_text("This link was used before; it decides once.")


def test_the_link_is_worth_nothing_to_anybody_else(waiting, world, log_in, program):
	request = frappe.get_doc("Order Approval", approval_of(waiting))
	address = data.mailed_address(request, world.approver)
	other = log_in(world.sales_user)
	other.page.goto(address)
	expect(other.page.locator(".swf-decide")).to_contain_text("This link was sent to Ada Approver.")
	expect(other.page.locator(".swf-decide")).not_to_contain_text(world.customer)
	guest = program.new_context(base_url=BASE_URL)
	page = guest.new_page()
	page.goto(address)
	assert "/login" in page.url
	guest.close()
	assert seen_of(request.name, "state") == "Open"


@pytest.fixture
def no_substitutes(people):
	"""Afterwards nobody stands in for the approver: other stories know nothing of a holiday."""
	yield
	frappe.db.rollback()
	frappe.db.delete("Approval Delegation", {"from_user": people.approver})
	frappe.db.commit()


def test_a_substitute_decides_and_the_history_names_both(waiting, people, world, log_in, no_substitutes):
	approver = log_in(world.approver)
	approver.open_new("Approval Delegation")
	assert (approver.value("from_user"), approver.value("company")) == (world.approver, "")
	approver.fill_link("to_user", people.director)
	approver.fill("to_date", formatdate(add_days(nowdate(), 5), "mm-dd-yyyy"))
	approver.press("Save")
	approver.wait_until_saved()
	expect(approver.page.locator(".form-message:visible")).to_contain_text(
		"Dana Director decides for Ada Approver"
	)

	director = log_in(people.director)
	director.open("Sales Order", waiting)
	decide(director, "Approve", comment="For Ada.")
	director.answer("Approve")
	director.expect_status("Locked")

	director.visit(f"/app/query-report/Approval History?sales_order={waiting}")
	row = director.page.locator(".datatable .dt-row[data-row-index='0']")
	expect(row).to_contain_text(world.rule)
	for words in ("Approved", "Dana Director", "Ada Approver"):
		expect(row).to_contain_text(words)


def test_the_history_counts_by_rule_and_leads_to_the_decisions(waiting, people, world, log_in):
	with factories.acting_as(world.approver):
		api.refuse(approval_of(waiting), "Too much.")
	frappe.db.commit()
	asked(world)
	desk = log_in(people.manager)
	desk.visit(f"/app/query-report/Approval History?customer={world.customer}")
	rows = desk.page.locator(".datatable .dt-scrollable .dt-row")
	expect(rows).to_have_count(2)
	desk.choose_filter("state", "Rejected")
	expect(rows).to_have_count(1)
	expect(rows).to_contain_text("Too much.")
	desk.choose_filter("state", "")
	expect(rows).to_have_count(2)
	desk.choose_filter("show", "By Rule")
	expect(rows).to_have_count(1)
	expect(rows).to_contain_text("100 %")
	rows.get_by_role("link", name=world.rule).click()
	expect(rows).to_have_count(2)
	assert desk.page.evaluate("() => frappe.query_report.get_filter_value('rule')") == world.rule
	# Frappe's own chart stumbles when a report is asked anew while it is still drawing.
	desk.problems[:] = [problem for problem in desk.problems if "removeChild" not in problem]
