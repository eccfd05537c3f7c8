"""Which boxes go into a hand-over, which leave together, and what a note says of them."""

from dataclasses import replace

import pytest

from sales_wh_flow.delivery.rules import note_rows, scan_in, together
from sales_wh_flow.delivery.rules.note_rows import BoxContent, Parcel
from sales_wh_flow.delivery.rules.scan_in import Manifest, ScannedBox
from sales_wh_flow.delivery.rules.together import BoxOfOrder

BOX = ScannedBox("BOX-1", "Closed", "Company", "Main", "Nordpost")
MANIFEST = Manifest("HO-1", "Open", "Company", "Main", "Nordpost")


def code(box=BOX, manifest=MANIFEST):
	found = scan_in.refusal(box, manifest)
	return found and found.code


def test_a_closed_box_of_the_courier_and_warehouse_goes_in():
	assert code() is None


def test_a_box_without_a_courier_goes_with_any():
	assert code(replace(BOX, courier="")) is None


@pytest.mark.parametrize(
	("change", "expected"),
	[
		({"state": "Open"}, "box_still_open"),
		({"state": "Handed Over", "handover": "HO-0"}, "box_has_left"),
		({"state": "Delivered", "document": "DN-1"}, "box_has_left"),
		({"state": "In Transit"}, "box_left_unnoted"),
		({"state": "Cancelled"}, "box_has_ended"),
		({"is_empty": True}, "box_holds_nothing"),
		({"warehouse": "Other"}, "box_of_other_warehouse"),
		({"company": "Other"}, "box_of_other_warehouse"),
		({"courier": "Other"}, "box_of_other_courier"),
		({"handover": "HO-2"}, "box_in_other_handover"),
		({"dead_orders": ("SO-1",)}, "box_of_cancelled_order"),
		({"held_orders": ("SO-1",)}, "box_of_held_order"),
		({"reopened_orders": ("SO-1",)}, "box_of_reopened_order"),
	],
)
def test_every_other_box_is_refused_with_its_reason(change, expected):
	assert code(replace(BOX, **change)) == expected


def test_a_box_that_is_paid_at_the_door_goes_with_somebody_who_collects():
	owed = replace(BOX, asks_money=True)

	assert code(owed, replace(MANIFEST, collects=False)) == "nobody_collects"
	assert code(owed) is None
	assert code(manifest=replace(MANIFEST, collects=False)) is None


@pytest.mark.parametrize("state", ["Closing", "Closed", "Cancelled"])
def test_nothing_goes_into_a_hand_over_that_is_not_open(state):
	assert code(manifest=replace(MANIFEST, state=state)) == "handover_not_open"


def test_a_second_scan_of_a_box_that_lies_in_the_hand_over_changes_nothing():
	assert scan_in.is_in(replace(BOX, handover="HO-1"), MANIFEST)
	assert not scan_in.is_in(replace(BOX, handover="HO-1", state="Handed Over"), MANIFEST)


@pytest.mark.parametrize(
	("change", "expected"),
	[
		({}, None),
		({"state": "Open"}, "box_still_open"),
		({"handover": "HO-2"}, "box_not_in_handover"),
		({"handover": ""}, "box_not_in_handover"),
		({"dead_orders": ("SO-1",)}, "box_of_cancelled_order"),
		({"courier": "Other"}, "box_of_other_courier"),
		({"state": "In Transit"}, None),
		({"state": "In Transit", "dead_orders": ("SO-1",)}, None),
		({"state": "In Transit", "document": "DN-1"}, "box_has_left"),
		({"state": "Returned"}, "box_has_ended"),
	],
)
def test_a_box_that_changed_since_its_scan_stays_when_the_hand_over_is_closed(change, expected):
	found = scan_in.stays(replace(BOX, **{"handover": "HO-1", **change}), MANIFEST)

	assert (found and found.code) == expected


def test_boxes_of_one_order_leave_together_and_so_do_orders_of_one_box():
	orders_of = {"B1": ["SO-1"], "B2": ["SO-1", "SO-2"], "B3": ["SO-2"], "B4": ["SO-3"], "B0": ["SO-4"]}

	assert together.leaving_together(orders_of) == (("B0",), ("B1", "B2", "B3"), ("B4",))


def test_what_is_missing_of_an_order_is_counted():
	boxes = [
		*(BoxOfOrder("SO-1", f"B{n}", "Closed", "HO-1") for n in (1, 2, 3)),
		BoxOfOrder("SO-1", "B4", "Open"),
		BoxOfOrder("SO-1", "B5", "Cancelled"),
		BoxOfOrder("SO-2", "B6", "Closed", "HO-1"),
		BoxOfOrder("SO-2", "B7", "Delivered", "HO-0"),
		BoxOfOrder("SO-3", "B8", "Closed", "HO-2"),
	]

	first, second = together.missing_of_orders(boxes, "HO-1")

	assert (first.order, first.here, first.of, first.missing) == ("SO-1", 3, 4, (("B4", "Open"),))
	assert (second.order, second.here, second.of, second.missing) == ("SO-2", 1, 2, ())


CONTENT = BoxContent("B1", "SO-1", "row", "ITEM", "Main", 2)


def test_boxes_of_two_customers_or_addresses_leave_on_no_common_note():
	one = Parcel("B1", "Customer", "Home")

	assert note_rows.goes_nowhere([one, Parcel("B2", "Customer", "Home")]) is None
	assert note_rows.goes_nowhere([one, Parcel("B2", "Customer", "Work")]).code == "boxes_of_two_addresses"
	assert note_rows.goes_nowhere([one, Parcel("B2", "Other", "Home")]).code == "boxes_of_two_addresses"


def test_a_note_names_whole_tracking_numbers_alone():
	assert note_rows.numbers_that_fit({"B", "A"}) == "A, B"
	assert note_rows.numbers_that_fit(f"{n:020}" for n in range(9)) == ", ".join(f"{n:020}" for n in range(6))


def test_a_note_that_is_not_what_its_boxes_hold_is_named_by_row():
	part = replace(CONTENT, packed_item="part", qty_stock=4)

	assert note_rows.differs([CONTENT, part], {"row": 2, "part": 4}) is None
	assert note_rows.differs([CONTENT, part], {"row": 2, "part": 6}) == ("part", 4, 6)
	assert note_rows.differs([CONTENT], {}) == ("row", 2, 0)
