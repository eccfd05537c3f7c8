"""The flow status, one case for each way an order can stand."""

import pytest

from sales_wh_flow.order.rules.status import COLOURS, derive, is_in_doubt
from sales_wh_flow.order.rules.status_facts import StatusFacts

FRAPPE_COLOURS = {
	"gray",
	"red",
	"orange",
	"yellow",
	"green",
	"blue",
	"light-blue",
	"cyan",
	"purple",
	"pink",
	"darkgrey",
}

DRAFTS = [
	("Draft", {}),
	("Pending Approval", {"open_approvals": 1}),
	("Pending Approval", {"open_approvals": 1, "granted_approvals": 2}),
	("Rejected", {"rejected_approvals": 1}),
	("Rejected", {"rejected_approvals": 1, "open_approvals": 1, "granted_approvals": 1}),
	("Approved", {"granted_approvals": 1}),
]

SUBMITTED = [
	("Backordered", {}),
	("Backordered", {"locked_stock": 1e-12}),  # float noise is no lock
	("Partly Locked", {"locked_stock": 4}),
	("Locked", {"locked_stock": 10}),
	("Locked", {"ordered_stock": 0.3, "locked_stock": 0.1 + 0.2}),
	("Locked", {"ordered_stock": 0.8, "locked_stock": 0.1 + 0.7}),  # a little less than 0.8
	("Picking", {"locked_stock": 10, "draft_pick_lists": 1}),
	("Picking", {"locked_stock": 4, "draft_pick_lists": 1}),
	("Picking", {"locked_stock": 10, "draft_pick_lists": 1, "picked_open_stock": 5, "open_packing_slips": 1}),
	("Packing", {"locked_stock": 10, "picked_open_stock": 10, "open_packing_slips": 2}),
	("Ready for Dispatch", {"locked_stock": 10, "picked_open_stock": 10}),
	("Ready for Dispatch", {"locked_stock": 6, "picked_open_stock": 6, "delivered_stock": 4}),
	("Partly Dispatched", {"delivered_stock": 4}),
	("Partly Dispatched", {"delivered_stock": 4, "locked_stock": 6}),
	("Partly Dispatched", {"delivered_stock": 4, "unconfirmed_deliveries": 1}),
	("Dispatched", {"delivered_stock": 10, "unconfirmed_deliveries": 1}),
	("Dispatched", {"delivered_stock": 10, "unconfirmed_deliveries": 1, "per_billed": 100}),
	("Dispatched", {"delivered_stock": 12, "unconfirmed_deliveries": 1}),  # more than ordered
	("Delivered", {"delivered_stock": 10}),
	("Partly Dispatched", {"delivered_stock": 10, "waits_for_supplier": True}),
	("Partly Dispatched", {"delivered_stock": 10, "waits_for_supplier": True, "unconfirmed_deliveries": 1}),
	("Delivered", {"delivered_stock": 10, "per_billed": 99.9}),
	("Delivered", {"delivered_stock": 10, "per_billed": 100, "unpaid_base": 0.01}),
	("Completed", {"delivered_stock": 10, "per_billed": 100}),
	("Completed", {"delivered_stock": 10, "per_billed": 100, "unpaid_base": 0.004}),  # less than a cent
	("Completed", {"delivered_stock": 10, "per_billed": 100, "unpaid_base": -3}),  # paid too much
	("Completed", {"ordered_stock": 0.3, "delivered_stock": 0.1 + 0.2, "per_billed": 100}),
	("On Hold", {"erpnext_status": "On Hold", "locked_stock": 10}),
	("Closed", {"erpnext_status": "Closed", "delivered_stock": 4}),
	("Delivered", {"erpnext_status": "To Bill", "delivered_stock": 10}),
]

CANCELLED = [
	("Cancelled", {}),
	("Cancelled", {"erpnext_status": "Closed"}),
	("Cancelled", {"delivered_stock": 10, "per_billed": 100}),
	("Cancelled", {"open_approvals": 1, "draft_pick_lists": 1}),
]

CASES = [
	(status, {"docstatus": docstatus, "ordered_stock": 10, **facts})
	for docstatus, cases in ((0, DRAFTS), (1, SUBMITTED), (2, CANCELLED))
	for status, facts in cases
]


@pytest.mark.parametrize(("status", "facts"), CASES)
def test_facts_give_one_status(status, facts):
	assert derive(StatusFacts(**facts)) == status


@pytest.mark.parametrize(
	("facts", "in_doubt"),
	[
		({"draft_pick_lists": 1}, True),
		({"per_delivered": 100, "delivered_stock": 5}, True),
		({"per_delivered": 100, "delivered_stock": 0.1 + 0.7, "ordered_stock": 0.8}, False),
		({"per_delivered": 50, "delivered_stock": 5}, False),
	],
)
def test_facts_that_another_document_may_have_overtaken_are_in_doubt(facts, in_doubt):
	assert is_in_doubt(StatusFacts(1, **{"ordered_stock": 10, **facts})) is in_doubt


def test_every_status_with_a_colour_is_reached_by_a_case_and_no_other():
	assert {derive(StatusFacts(**facts)) for _status, facts in CASES} == set(COLOURS)


def test_every_colour_is_one_that_the_desk_knows():
	assert set(COLOURS.values()) <= FRAPPE_COLOURS


def test_an_order_of_services_alone_has_nothing_to_ship():
	assert derive(StatusFacts(docstatus=1)) == "Approved"
	assert derive(StatusFacts(docstatus=1, per_delivered=100)) == "Delivered"
	assert derive(StatusFacts(docstatus=1, per_billed=100)) == "Completed"


def test_an_order_lives_through_its_statuses_in_the_order_they_are_listed():
	life = [
		{"docstatus": 0},
		{"docstatus": 0, "open_approvals": 1},
		{"docstatus": 0, "granted_approvals": 1},
		{"docstatus": 1},
		{"docstatus": 1, "locked_stock": 6},
		{"docstatus": 1, "locked_stock": 10},
		{"docstatus": 1, "locked_stock": 10, "draft_pick_lists": 1},
		{"docstatus": 1, "locked_stock": 10, "picked_open_stock": 10, "open_packing_slips": 1},
		{"docstatus": 1, "locked_stock": 10, "picked_open_stock": 10},
		{"docstatus": 1, "locked_stock": 4, "delivered_stock": 6, "unconfirmed_deliveries": 1},
		{"docstatus": 1, "delivered_stock": 10, "unconfirmed_deliveries": 1},
		{"docstatus": 1, "delivered_stock": 10},
		{"docstatus": 1, "delivered_stock": 10, "per_billed": 100},
	]
	listed = list(COLOURS)
	places = [listed.index(derive(StatusFacts(ordered_stock=10, **facts))) for facts in life]
	assert places == sorted(set(places))
