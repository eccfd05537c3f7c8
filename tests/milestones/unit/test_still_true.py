"""What waited for its turn is told only where it is still so."""

import pytest

from sales_wh_flow.milestones.rules.milestones import MILESTONES
from sales_wh_flow.milestones.rules.still_true import (
	CANCELLED,
	CLOSED,
	PAPERS,
	TAKEN_BACK,
	OrderNow,
	PaperNow,
	why_untrue,
)


def order(flow_status="", stage="", **values):
	return OrderNow(
		**{"docstatus": 1, "status": "To Deliver and Bill", **values}, flow_status=flow_status, stage=stage
	)


def box(state):
	return PaperNow("Order Box", state=state)


def note(docstatus=1, is_delivered=False):
	return PaperNow("Delivery Note", docstatus, is_delivered=is_delivered)


@pytest.mark.parametrize("milestone", MILESTONES)
def test_of_a_cancelled_order_nothing_is_told(milestone):
	assert why_untrue(milestone, order(docstatus=2)) == CANCELLED


@pytest.mark.parametrize("milestone", sorted({*MILESTONES} - {*PAPERS, "May Be Invoiced"}))
def test_of_an_order_that_is_not_submitted_is_not_told_what_becomes_of_it(milestone):
	assert why_untrue(milestone, order("Rejected", "Approval", docstatus=0)) == TAKEN_BACK


@pytest.mark.parametrize("milestone", MILESTONES)
def test_where_the_flow_is_off_and_nothing_else_is_known_all_is_told(milestone):
	assert why_untrue(milestone, order()) == ""


def test_of_a_closed_order_is_told_what_left_and_what_money_goes_back_alone():
	told = {it for it in MILESTONES if not why_untrue(it, order("Closed", "Ended", status="Closed"))}
	assert told == {*PAPERS, "May Be Invoiced"}
	assert why_untrue("Ready", order("Closed", "Ended", status="Closed")) == CLOSED


@pytest.mark.parametrize(
	("milestone", "status", "stage", "expected"),
	[
		("Approved and Locked", "Picking", "Picking", ""),
		("Approved and Locked", "Dispatched", "In Transit", ""),
		("Approved and Locked", "Backordered", "Waiting for Stock", TAKEN_BACK),
		("Approved and Locked", "On Hold", "On Hold", TAKEN_BACK),
		("Short", "Backordered", "Waiting for Stock", ""),
		("Short", "Partly Dispatched", "Waiting for Stock", ""),
		("Short", "On Hold", "On Hold", ""),
		("Short", "Locked", "To Pick", TAKEN_BACK),
		("Ready", "Ready for Dispatch", "Ready", ""),
		("Ready", "Dispatched", "In Transit", ""),
		("Ready", "Packing", "Packing", TAKEN_BACK),
		("Ready", "Locked", "To Pick", TAKEN_BACK),
	],
)
def test_a_status_is_told_where_the_order_has_not_fallen_behind_it(milestone, status, stage, expected):
	assert why_untrue(milestone, order(status, stage)) == expected


@pytest.mark.parametrize(
	("lateness", "stage", "expected"),
	[
		("Late", "To Pick", ""),
		("At Risk", "Waiting for Stock", ""),
		("", "To Pick", ""),
		("On Time", "To Pick", TAKEN_BACK),
		("", "To Invoice", TAKEN_BACK),
		("Late", "Ended", TAKEN_BACK),
	],
)
def test_a_delay_is_told_while_the_order_is_late_and_not_there(lateness, stage, expected):
	assert why_untrue("Delayed", order("Locked", stage, lateness=lateness)) == expected


@pytest.mark.parametrize(
	("milestone", "papers", "expected"),
	[
		("Dispatched", [box("Handed Over"), note()], ""),
		("Dispatched", [box("Delivered"), note()], ""),
		("Dispatched", [box("Open")], TAKEN_BACK),
		("Dispatched", [box("Closed"), note()], ""),
		("Dispatched", [box("Closed"), note(2)], TAKEN_BACK),
		("Dispatched", [box("Closed"), note(0)], TAKEN_BACK),
		("Dispatched", [box("Closed")], TAKEN_BACK),
		("Delivered", [box("Closed"), note(is_delivered=True)], ""),
		("Delivered", [box("Closed"), note()], TAKEN_BACK),
		("Dispatched", [note(2)], TAKEN_BACK),
		("Delivered", [note(is_delivered=True)], ""),
		("Delivered", [box("Handed Over"), note(is_delivered=True)], ""),
		("Delivered", [note()], TAKEN_BACK),
		("Delivered", [box("Refused"), note(is_delivered=True)], TAKEN_BACK),
		("Refused", [box("Partly Accepted")], ""),
		("Refused", [box("Delivered")], TAKEN_BACK),
		("Return Announced", [PaperNow("Return Case", state="Open")], ""),
		("Return Announced", [PaperNow("Return Case", state="Cancelled")], TAKEN_BACK),
		("Return Received", [note(2)], TAKEN_BACK),
		("Refunded", [PaperNow("Sales Invoice", 2)], TAKEN_BACK),
		("Refunded", [PaperNow("Sales Invoice", 1)], ""),
	],
)
def test_what_a_document_tells_is_told_while_the_document_stands(milestone, papers, expected):
	assert why_untrue(milestone, order(), tuple(papers)) == expected


def test_an_order_that_may_be_invoiced_no_more_is_not_told_to_accounts():
	assert why_untrue("May Be Invoiced", order(may_be_invoiced=False)) == TAKEN_BACK
	assert why_untrue("May Be Invoiced", order(may_be_invoiced=True)) == ""
	assert why_untrue("May Be Invoiced", order()) == ""
