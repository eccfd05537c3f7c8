"""Couriers that send nothing are asked: bounded rounds that go on where they ended, each parcel by itself."""

from datetime import datetime, timezone

import pytest

import frappe

from sales_wh_flow.couriers import jobs
from sales_wh_flow.couriers.adapters import karrio_sdk
from sales_wh_flow.couriers.port import CourierIsSilent
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from tests.couriers import couriers_world as world


@pytest.fixture
def asked(monkeypatch, committed):
	"""The numbers that were asked about. ``asked.silent``: those nobody answers for."""

	class Asked(list):
		silent = frozenset()

	numbers = Asked()

	def track(port, number):
		numbers.append(number)
		if number in numbers.silent:
			raise CourierIsSilent(number)
		return (
			ToldEvent(
				f"e-{number}", number, "OK", "delivered", "", datetime(2026, 1, 1, tzinfo=timezone.utc)
			),
		)

	monkeypatch.setattr(karrio_sdk, "is_there", lambda: True)
	monkeypatch.setattr(karrio_sdk.KarrioSdk, "track", track)
	monkeypatch.setattr(jobs, "MOST_PARCELS", 2)
	frappe.db.sql("update `tabCourier` set polls = 0")
	return numbers


@pytest.fixture
def courier(asked, committed):
	name = world.make_courier("Karrio", carrier="dhl_universal", polls=1)
	committed()
	return name


def parcels_of(courier, count, committed):
	made = [world.make_parcel(courier) for _turn in range(count)]
	frappe.db.sql("update `tabOrder Box` set creation = '2025-12-31' where courier = %s", courier)
	committed()
	return made


def test_a_round_is_bounded_and_the_next_goes_on(asked, courier, committed):
	made = parcels_of(courier, 3, committed)
	assert jobs.ask_couriers() == 2
	assert asked == [number for _box, number in made[:2]]
	assert jobs.ask_couriers() == 1
	assert asked[2:] == [made[2][1]]
	assert {world.state_of(box) for box, _number in made} == {"Delivered"}


def test_what_is_told_again_is_written_once(asked, courier, committed):
	((box, number),) = parcels_of(courier, 1, committed)
	jobs.ask_couriers()
	frappe.db.sql("update `tabOrder Box` set state = 'In Transit' where name = %s", box)
	committed()
	jobs.ask_couriers()
	assert asked == [number, number]
	assert frappe.db.count("Courier Event", {"courier": courier}) == 1


def test_a_parcel_nobody_answers_for_keeps_no_other_from_being_asked(asked, courier, committed):
	made = parcels_of(courier, 2, committed)
	asked.silent = {made[0][1]}
	jobs.ask_couriers()
	assert [world.state_of(box) for box, _number in made] == ["Handed Over", "Delivered"]
	assert frappe.get_all("Error Log", {"method": ("like", f"%{courier}%")})


def test_a_courier_that_answers_nothing_is_left_alone_until_the_next_round(
	asked, courier, committed, monkeypatch
):
	monkeypatch.setattr(jobs, "MOST_PARCELS", 50)
	made = parcels_of(courier, 8, committed)
	asked.silent = {number for _box, number in made}
	assert jobs.ask_couriers() == 4
	assert len(asked) == 5


def test_what_is_delivered_is_asked_about_no_more(asked, courier, committed):
	parcels_of(courier, 1, committed)
	jobs.ask_couriers()
	jobs.ask_couriers()
	assert len(asked) == 1


def test_without_the_package_nobody_is_asked(asked, courier, committed, monkeypatch):
	parcels_of(courier, 1, committed)
	monkeypatch.setattr(karrio_sdk, "is_there", lambda: False)
	assert jobs.ask_couriers() == 0 and asked == []
