"""A parcel's events come in any order, twice and late; its box ends where the parcel is."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.couriers.rules import states
from sales_wh_flow.couriers.rules.order_of_events import (
	BoxStep,
	CourierWord,
	deciding,
	next_state,
	settled_by_people,
	way_to,
)

MORNING = datetime(2026, 11, 2, 8)
REASONS = ("", states.LOST_REASON, states.REFUSED_REASON, "customs_delay")

words = st.builds(
	CourierWord,
	key=st.uuids().map(str),
	state=st.sampled_from(states.NORMAL_STATES),
	reason=st.sampled_from(REASONS),
	happened_on=st.integers(0, 6).map(lambda hours: MORNING + timedelta(hours=hours)),
)


def said(state, hour, key="", reason=""):
	return CourierWord(key or f"{state}{hour}", state, reason, MORNING + timedelta(hours=hour))


def replayed(current, words):
	"""The box after each event came in turn, with those that are known by then."""
	for count in range(1, len(words) + 1):
		current = next_state(current, None, words[:count]) or current
	return current


@given(st.lists(words, max_size=7, unique_by=lambda word: word.key), st.data())
def test_any_order_of_the_same_events_ends_in_the_same_state(events, data):
	other = data.draw(st.permutations(events))
	start = data.draw(st.sampled_from(("Closed", "Handed Over")))
	assert replayed(start, events) == replayed(start, list(other))


@given(st.lists(words, min_size=1, max_size=7, unique_by=lambda word: word.key))
def test_an_event_that_comes_twice_changes_nothing(events):
	assert deciding(events) == deciding([*events, *events])


@given(st.lists(words, min_size=1, max_size=6, unique_by=lambda word: word.key), words)
def test_an_older_event_never_moves_a_box_back(events, late):
	before = deciding(events)
	says_more = late.state in ("delivered", "return_to_sender") or (before and before.state == "picked_up")
	if before and late.happened_on < before.happened_on and not says_more:
		assert deciding([*events, late]) == before


def test_what_a_depot_scanned_was_picked_up_before_whatever_the_clocks_say():
	assert next_state("Handed Over", None, [said("picked_up", 5), said("in_transit", 3)]) == "In Transit"


def test_a_courier_who_has_a_box_that_nobody_handed_over_proves_the_hand_over():
	assert way_to("Closed", "Out for Delivery") == ("Handed Over", "Out for Delivery")
	assert way_to("Cancelled", "Out for Delivery") == ()


def test_a_delivery_that_people_proved_is_undone_by_no_later_scan_of_a_depot():
	assert next_state("Delivered", MORNING, [said("in_transit", 4)]) is None


def test_a_depots_scan_after_the_delivery_undoes_nothing():
	assert next_state("Delivered", None, [said("delivered", 3), said("in_transit", 4)]) is None


def test_a_parcel_that_goes_back_is_not_delivered_when_it_reaches_us():
	events = [said("return_to_sender", 2), said("delivered", 5)]
	assert next_state("In Transit", None, events) == "Returning"


def test_a_lost_parcel_that_is_found_travels_on():
	events = [said("on_hold", 2, reason=states.LOST_REASON), said("in_transit", 5)]
	assert next_state("Lost", None, events) == "In Transit"


def test_what_a_person_said_later_stands_against_an_older_event():
	driver_on = MORNING + timedelta(hours=4)
	assert next_state("Delivered", driver_on, [said("out_for_delivery", 3)]) is None
	assert next_state("Delivered", driver_on, [said("return_to_sender", 6)]) == "Returning"


def step(state, hour, is_by_people=True):
	return BoxStep(state, MORNING + timedelta(hours=hour), is_by_people)


def test_a_number_written_on_the_way_says_nothing_of_where_the_box_is():
	way = [step("Closed", 1), step("Handed Over", 2), step("In Transit", 3, False), step("In Transit", 9)]
	assert settled_by_people(way) is None
	assert settled_by_people([*way, step("Delivered", 10)]) == MORNING + timedelta(hours=10)
	assert settled_by_people([*way, step("Delivered", 10), step("Delivered", 11)]) == MORNING + timedelta(
		hours=10
	)


def test_a_courier_knows_better_than_the_hand_over_when_the_parcel_left():
	scanned_on = MORNING + timedelta(hours=4)
	assert next_state("Handed Over", scanned_on, [said("in_transit", 3)]) == "In Transit"


def test_a_box_in_our_hands_is_moved_by_no_courier():
	for state in ("Open", "Returned", "Cancelled", "Partly Accepted"):
		assert next_state(state, None, [said("delivered", 3)]) is None
