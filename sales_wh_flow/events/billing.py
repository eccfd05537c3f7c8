"""Invoices and payments move an order's flow status."""

from sales_wh_flow.approval import billed_prices, gate, judge_change
from sales_wh_flow.billing import gate as moment
from sales_wh_flow.billing import money
from sales_wh_flow.delivery import undo
from sales_wh_flow.dispatch import whole_bundles
from sales_wh_flow.door_money import hand_in
from sales_wh_flow.milestones import happened
from sales_wh_flow.order import let_go, links, refresh_status
from sales_wh_flow.packing import follow_documents as boxes
from sales_wh_flow.packing import gate as packing_gate
from sales_wh_flow.returns import box_returned, case_state, credit_limit


def before_insert_invoice(doc, method=None):
	judge_change.check_unvalidated(doc)


def before_validate_invoice(doc, method=None):
	links.complete_links(doc)


def before_invoice(doc, method=None):
	judge_change.check_delivery(doc)


def before_submit_invoice(doc, method=None):
	billed_prices.check_billed_prices(doc)
	gate.keep_granted_credit_of_orders(doc, "sales_order")
	moment.check_moment(doc)
	packing_gate.check_packed(doc)
	whole_bundles.check_bundles_are_whole(doc)
	credit_limit.check_credit_limit(doc)


def before_cancel_invoice(doc, method=None):
	undo.check_document(doc)


def on_invoice(doc, method=None):
	boxes.leave_with(doc)
	box_returned.follow(doc)
	money.refresh_of_rows(doc, "sales_order")
	refresh_status.refresh_orders_of(doc, "items", "sales_order")


def on_cancelled_invoice(doc, method=None):
	undo.take_boxes_back(doc)
	boxes.come_back_from(doc)
	case_state.follow_case_papers(doc)
	happened.note_all("May Be Invoiced", money.refresh_of_rows(doc, "sales_order"))
	refresh_status.refresh_orders_of(doc, "items", "sales_order")


def on_trash_invoice(doc, method=None):
	let_go.let_go_of_number(doc)


def after_deleted_invoice(doc, method=None):
	case_state.follow_case_papers(doc)


def before_validate_payment_request(doc, method=None):
	# Before ERPNext 16's own `before_submit`, which asks the gateway for the money.
	if doc.docstatus.is_submitted():
		judge_change.check_payment_request(doc)


def after_insert_payment(doc, method=None):
	hand_in.follow_payment(doc)


def on_trash_payment(doc, method=None):
	hand_in.forget_payment(doc)


def on_payment(doc, method=None):
	fields = ("references", "reference_doctype", "reference_name")
	money.refresh_of_payment(doc, *fields)
	refresh_status.of_paid_orders(doc, *fields)


def on_journal(doc, method=None):
	fields = ("accounts", "reference_type", "reference_name")
	money.refresh_of_payment(doc, *fields)
	refresh_status.of_paid_orders(doc, *fields)


def on_packing_slip(doc, method=None):
	refresh_status.of_packing_slip(doc)
