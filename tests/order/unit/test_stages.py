"""An order is in one stage at a time, and the stages of an old order follow from its documents."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.stages import BY_STATUS, stage_of
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow.order.rules.status_facts import StatusFacts
from sales_wh_flow.stage_clock.rules.rebuild import Papers, life

MONDAY = datetime(2026, 11, 2, 9, 0)


def at(hours):
	return MONDAY + timedelta(hours=hours)


def names(papers):
	return [(span.stage.name, span.entered, span.left) for span in life(papers)]


def test_every_flow_status_has_its_stage():
	assert BY_STATUS.keys() == COLOURS.keys()


@pytest.mark.parametrize(
	("status", "facts", "expected"),
	[
		("Backordered", StatusFacts(1, ordered_stock=5), "Waiting for Stock"),
		("Partly Dispatched", StatusFacts(1, ordered_stock=5, delivered_stock=2), "Waiting for Stock"),
		("Partly Dispatched", StatusFacts(1, ordered_stock=5, delivered_stock=2, locked_stock=3), "To Pick"),
		("Approved", StatusFacts(0), "Entry"),
		("Approved", StatusFacts(1), "Service"),
		("Approved", StatusFacts(1, per_billed=99), "Service"),
		("Approved", StatusFacts(1, per_billed=100, unpaid_base=7), "To Collect"),
		("Approved", StatusFacts(1, per_billed=100, unpaid_base=7, waits_for_supplier=True), "Service"),
		(
			"Partly Dispatched",
			StatusFacts(1, ordered_stock=4, delivered_stock=4, waits_for_supplier=True),
			"Service",
		),
		("Delivered", StatusFacts(1, per_billed=40), "To Invoice"),
		("Delivered", StatusFacts(1, per_billed=100, unpaid_base=7), "To Collect"),
	],
)
def test_what_is_left_to_do_says_in_which_stage_an_order_is(status, facts, expected):
	assert stage_of(status, facts).name == expected


@pytest.mark.parametrize("status", ["Completed", "Closed", "Cancelled"])
def test_the_life_of_a_finished_order_has_ended(status):
	assert stage_of(status, StatusFacts(1)) == stages.ENDED


def test_a_refused_order_is_back_in_the_sellers_hands():
	assert stage_of("Rejected", StatusFacts(0)).owner == "Seller"
	assert stage_of("Pending Approval", StatusFacts(0)).owner == "Approver"


def test_waiting_for_customer_supplier_and_courier_is_not_our_time():
	strangers = {it.name for it in BY_STATUS.values() if it.delay_of != stages.US}
	assert strangers == {"Waiting for Stock", "In Transit", "On Hold", "Ended"}
	assert stages.TO_COLLECT.delay_of == stages.CUSTOMER


# Orders from before there was a log


def test_the_documents_of_an_old_order_tell_its_stages():
	papers = Papers(
		created=at(0),
		changed=at(99),
		stage=stages.TO_COLLECT,
		submitted=at(3),
		asked=(at(1),),
		decided=(at(2),),
		locked_last=at(30),
		listed=((at(31), at(32)),),
		left=(at(33),),
		all_left=True,
		delivered=at(50),
		billed=at(52),
	)
	assert names(papers) == [
		("Entry", at(0), at(1)),
		("Approval", at(1), at(2)),
		("Entry", at(2), at(3)),
		("Waiting for Stock", at(3), at(30)),
		("To Pick", at(30), at(31)),
		("Picking", at(31), at(32)),
		("Ready", at(32), at(33)),
		("In Transit", at(33), at(50)),
		("To Invoice", at(50), at(52)),
		("To Collect", at(52), None),
	]


def test_a_draft_has_been_in_entry_since_it_was_made():
	assert names(Papers(at(0), at(5), stages.ENTRY)) == [("Entry", at(0), None)]


def test_what_no_document_tells_of_an_old_order_began_with_its_last_change():
	papers = Papers(at(0), at(9), stages.ON_HOLD, submitted=at(1))
	assert names(papers)[-1] == ("On Hold", at(9), None)


def test_a_finished_order_has_ended_when_it_was_paid():
	papers = Papers(
		*(at(0), at(9), stages.ENDED),
		submitted=at(1),
		left=(at(2),),
		all_left=True,
		delivered=at(3),
		paid=at(4),
	)
	assert names(papers)[-2:] == [("To Invoice", at(3), at(4)), ("Ended", at(4), None)]


hours = st.integers(0, 200).map(at)
moments = st.lists(hours, max_size=3).map(tuple)
maybe = st.none() | hours


@given(
	st.builds(
		Papers,
		created=st.just(at(0)),
		changed=hours,
		stage=st.sampled_from([*BY_STATUS.values(), stages.TO_COLLECT, stages.SERVICE]),
		submitted=maybe,
		asked=moments,
		decided=moments,
		locked_last=maybe,
		listed=st.lists(st.tuples(hours, maybe), max_size=2).map(tuple),
		left=moments,
		all_left=st.booleans(),
		delivered=maybe,
		billed=maybe,
		paid=maybe,
	)
)
def test_the_stages_of_an_old_order_have_neither_gap_nor_overlap_and_end_in_todays(papers):
	spans = life(papers)
	assert spans[0].entered == papers.created
	for one, following in pairwise(spans):
		assert one.left == following.entered >= one.entered
	last = spans[-1]
	assert (last.stage.name, last.stage.owner, last.left) == (papers.stage.name, papers.stage.owner, None)
