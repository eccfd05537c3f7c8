"""Events of one parcel come at the same moment, and while its number is being written."""

import pytest

import frappe

from sales_wh_flow.couriers import jobs
from tests.couriers import couriers_world as world
from tests.racing.harness import call_of


@pytest.fixture(scope="module")
def courier(site):
	frappe.set_user("Administrator")
	name = world.make_courier()
	frappe.db.commit()
	return name


def committed(made):
	frappe.db.commit()
	return made


def told(courier, number, state, hours, key):
	return call_of(world.tell_committed, courier, number, state, hours, key, start_within_s=0.02)


def done(outcomes):
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	return sorted(it.result for it in outcomes)


def test_one_message_told_by_four_processes_at_once_is_taken_once(race, round, courier):
	box, number = committed(world.make_parcel(courier))
	outcomes = race(*(told(courier, number, "in_transit", 1, f"once-{number}") for _ in range(4)))
	assert done(outcomes) == ["Known Already"] * 3 + ["Moved"]
	assert frappe.db.count("Courier Event", {"box": box}) == 1
	assert world.story_of(box) == ["In Transit"]


def test_all_events_of_a_parcel_at_once_leave_it_where_it_is(race, round, courier):
	box, number = committed(world.make_parcel(courier))
	events = (("picked_up", 9), ("in_transit", 8), ("out_for_delivery", 2), ("delivered", 1))
	outcomes = race(*(told(courier, number, *event, frappe.generate_hash(length=12)) for event in events))
	done(outcomes)
	assert world.state_of(box) == "Delivered"
	assert frappe.db.count("Courier Event", {"box": box}) == 4


def test_many_parcels_at_once_keep_nobody_waiting_in_a_circle(race, round, courier):
	parcels = committed([world.make_parcel(courier) for _ in range(4)])
	calls = [
		call_of(world.tell_many_committed, courier, [number for _box, number in parcels]) for _ in range(4)
	]
	done(race(*calls))
	assert {world.state_of(box) for box, _number in parcels} == {"Out for Delivery"}


def test_news_that_come_while_the_number_is_written_are_not_lost(race, round, courier):
	box = committed(world.make_box(state="Handed Over", courier=courier))
	number = frappe.generate_hash(length=12).upper()
	writing = call_of(world.write_committed, box, number, start_within_s=0.02)
	outcomes = race(writing, told(courier, number, "out_for_delivery", 1, frappe.generate_hash(length=12)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	frappe.db.rollback()
	jobs.match_numbers()
	frappe.db.rollback()
	assert world.state_of(box) == "Out for Delivery"
