"""What a courier says on the telephone is written on the box, and counts like any word of it."""

import pytest

import frappe
from frappe.utils import add_days, now_datetime

from sales_wh_flow.claims import jobs as claims
from sales_wh_flow.couriers import api
from sales_wh_flow.delivery.store import proofs
from tests.couriers import couriers_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def courier():
	return world.make_courier()


def test_a_parcel_without_a_number_is_lost_found_and_delivered_as_somebody_heard(courier):
	box = world.make_box(state="Handed Over", courier=courier)

	said = [api.tell_of_box(box, what)["state"] for what in ("on_its_way", "lost", "on_its_way", "delivered")]

	assert said == ["In Transit", "Lost", "In Transit", "Delivered"]
	events = frappe.get_all("Courier Event", {"box": box}, ["road", "signature_ok", "owner"])
	assert len(events) == 4
	assert {(one.road, one.signature_ok, one.owner) for one in events} == {("People", 0, "Administrator")}
	assert proofs.unproved([box]) == [box], "a word by telephone proves no delivery"


def test_a_lost_and_a_damaged_parcel_are_claimed(courier):
	lost = world.make_box(state="In Transit", courier=courier)
	damaged, _number = world.make_parcel(courier)
	frappe.db.set_value("Order Box", damaged, "state", "Delivered")
	api.tell_of_box(lost, "lost")
	assert api.tell_of_box(damaged, "damaged")["state"] == "Delivered"

	claims.open_courier_claims()

	kinds = frappe.get_all("Courier Claim", {"box": ("in", (lost, damaged))}, ["box", "kind"], as_list=True)
	assert sorted(kinds) == sorted([(lost, "Lost"), (damaged, "Damaged")])


def test_the_same_word_told_twice_is_one_event(courier):
	box = world.make_box(state="In Transit", courier=courier)
	first = api.tell_of_box(box, "comes_back", key="phone-1-000009")
	second = api.tell_of_box(box, "comes_back", key="phone-1-000009")
	assert (first["state"], second["state"], second["outcome"]) == ("Returning", "Returning", "Known Already")
	assert frappe.db.count("Courier Event", {"box": box}) == 1


@pytest.mark.parametrize("state", ["Open", "Closed", "Cancelled", "Returned"])
def test_of_a_box_that_no_courier_has_nothing_is_said(courier, state):
	box = world.make_box(state=state, courier=courier)
	with pytest.raises(frappe.ValidationError, match="no courier has it"):
		api.tell_of_box(box, "lost")


def test_what_can_not_be_is_refused_in_words(courier):
	box = world.make_box(state="In Transit", courier=courier)
	for day in (add_days(now_datetime(), 2), add_days(now_datetime(), -40)):
		with pytest.raises(frappe.ValidationError, match="can't be the day"):
			api.tell_of_box(box, "lost", happened_on=str(day))
	with pytest.raises(frappe.ValidationError, match="nothing that can be said"):
		api.tell_of_box(box, "eaten")
	with pytest.raises(frappe.ValidationError, match="has no courier"):
		api.tell_of_box(world.make_box(state="In Transit"), "lost")
	assert not frappe.db.exists("Courier Event", {"box": box})
