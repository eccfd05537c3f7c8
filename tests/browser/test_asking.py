"""Asking on the order's form: a note, a reminder, a question and its answer, taking it back."""

import os
from pathlib import Path

from playwright.sync_api import expect

import frappe

from sales_wh_flow.approval import api
from sales_wh_flow.approval.desk import api as desk_api
from tests import factories
from tests.browser import data
from tests.browser.desk import PHONE_IN_FULL, in_full_runs


def draft(world) -> str:
	return data.make_order(world, discount=15).name


def asked(world) -> tuple[str, str]:
	"""(order, its open approval)"""
	order = draft(world)
	with factories.acting_as(world.sales_user):
		(approval,) = api.ask_for_approval(order)["asked"]
	frappe.db.commit()
	return order, approval


def pictured(desk, name: str) -> None:
	"""For whoever wants to look; the tests do not."""
	if os.environ.get("SWHF_ARTIFACTS"):
		desk.page.screenshot(
			path=str(Path(os.environ["SWHF_ARTIFACTS"]) / f"asking-{name}.png"), full_page=True
		)


def is_first(desk) -> bool:
	"""Whether the form offers Submit as the primary button."""
	return desk.page.evaluate("() => cur_frm.page.btn_primary.hasClass('btn-primary')")


def label(desk) -> str:
	return desk.page.evaluate("() => cur_frm.page.btn_primary.text().trim()")


@PHONE_IN_FULL
def test_the_seller_asks_with_a_note_and_submit_steps_back(switches, world, log_in, viewport):
	switches(approval=True)
	order = draft(world)
	desk = log_in(world.sales_user, **viewport)
	desk.open("Sales Order", order)
	desk.visible(desk.page.get_by_role("button", name="Ask for Approval", exact=True)).click()
	desk.page.locator(".modal.show textarea").fill("Their largest order yet")
	pictured(desk, f"note-{'phone' if viewport else 'desk'}")
	desk.page.locator(".modal.show").get_by_role("button", name="Ask", exact=True).dblclick()
	expect(desk.flow.locator(".swf-approvals")).to_contain_text("Their largest order yet")
	assert sum("ask_for_approval" in call for call in desk.calls) == 1, "a double click asks twice"
	assert not is_first(desk)
	pictured(desk, f"waits-{'phone' if viewport else 'desk'}")
	desk.page.evaluate("() => cur_frm.set_value('po_no', 'P-1')")
	desk.settle()
	assert (label(desk), is_first(desk)) == ("Save", True)


def test_an_order_that_owes_nothing_offers_submit_first(switches, world, log_in):
	switches(approval=True)
	waits, free = draft(world), data.make_order(world).name
	desk = log_in(world.sales_user)
	desk.open("Sales Order", waits)
	desk.flow.wait_for()
	assert not is_first(desk)
	desk.open("Sales Order", free)
	desk.flow.wait_for()
	assert (label(desk), is_first(desk)) == ("Submit", True)


@PHONE_IN_FULL
def test_an_approver_asks_back_and_the_seller_answers_and_takes_it_back(switches, world, log_in, viewport):
	switches(approval=True)
	order, _approval = asked(world)
	where = "phone" if viewport else "desk"
	boss = log_in(world.approver, **viewport)
	boss.open("Sales Order", order)
	boss.flow.get_by_role("button", name="Ask Back", exact=True).click()
	boss.page.locator(".modal.show textarea").fill("Which competitor?")
	boss.answer("Ask")
	expect(boss.flow.locator(".swf-condition")).to_contain_text("Which competitor?")
	pictured(boss, f"asked-back-{where}")
	seller = log_in(world.sales_user, **viewport)
	seller.open("Sales Order", order)
	seller.flow.get_by_role("button", name="Answer", exact=True).click()
	seller.page.locator(".modal.show textarea").fill("The one next door")
	pictured(seller, f"answer-{where}")
	seller.answer("Answer")
	expect(seller.flow.locator(".swf-approvals")).to_contain_text("The one next door")
	seller.flow.get_by_role("button", name="Remind", exact=True).click()
	expect(seller.page.locator(".desk-alert").last).to_contain_text("Reminded")
	seller.flow.get_by_role("button", name="Withdraw", exact=True).click()
	seller.page.locator(".modal.show textarea").fill("Wrong price")
	seller.answer("Withdraw")
	expect(
		seller.page.get_by_role("button", name="Ask for Approval", exact=True).locator("visible=true").first
	).to_be_visible()
	pictured(seller, f"withdrawn-{where}")


def test_the_inbox_shows_the_note_and_the_open_question(switches, world, log_in):
	switches(approval=True)
	order = draft(world)
	with factories.acting_as(world.sales_user):
		(approval,) = api.ask_for_approval(order, "Their largest order yet")["asked"]
	frappe.db.commit()
	with factories.acting_as(world.approver):
		desk_api.ask_back(approval, "Which competitor?")
	frappe.db.commit()
	desk = log_in(world.approver)
	desk.visit("/app/approval-inbox")
	desk.filter_by("customer", world.customer)
	card = desk.page.locator(f".swf-card[data-order='{order}']")
	expect(card).to_contain_text("Their largest order yet")
	expect(card).to_contain_text("Which competitor?")
	pictured(desk, "inbox-desk")


@in_full_runs
def test_what_is_typed_is_saved_before_approvers_are_asked_about_it(switches, world, log_in):
	switches(approval=True)
	order = draft(world)
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	expect(desk.flow).to_be_visible()
	desk.page.evaluate("() => cur_frm.set_value('po_no', 'P-2')")
	desk.settle()
	desk.visible(desk.page.get_by_role("button", name="Ask for Approval", exact=True)).click()
	desk.expect_dialog("Not Saved", "Save the order first")
	assert not [call for call in desk.calls if "ask_for_approval" in call]
	assert desk.page.evaluate("() => cur_frm.doc.po_no") == "P-2"
