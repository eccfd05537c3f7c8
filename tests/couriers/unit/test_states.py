"""What couriers say, whose delay it is, and what it makes of a box."""

import pytest

from sales_wh_flow.couriers.rules import states


def test_the_vocabulary_has_twelve_states_and_reasons_in_six_groups():
	assert len(set(states.NORMAL_STATES)) == 12
	assert tuple(states.REASONS) == states.GROUPS and len(states.GROUPS) == 6
	every = [reason for reasons in states.REASONS.values() for reason in reasons]
	assert len(every) == len(set(every)) == 35


@pytest.mark.parametrize(
	("state", "reason", "whose"),
	[
		("delivery_delayed", "carrier_vehicle_issue", "Courier"),
		("on_hold", "retailer_incorrect_data", "Us"),
		("delivery_failed", "consignee_not_home", "Customer"),
		("on_hold", "customs_inspection", "Nobody"),
		("on_hold", "customs_documentation", "Us"),
		("on_hold", "customs_duties_unpaid", "Customer"),
		("delivery_delayed", "weather_delay", "Nobody"),
		("on_hold", "parcel_being_researched", "Courier"),
		("on_hold", "a reason nobody knows", "Courier"),
		("on_hold", "", "Courier"),
		("in_transit", "", ""),
		("delivered", "", ""),
		("delivered", "consignee_not_home", ""),
	],
)
def test_each_reason_says_whose_delay_it_is(state, reason, whose):
	assert states.delay_of(state, reason) == whose


@pytest.mark.parametrize(
	("state", "reason", "box"),
	[
		("pending", "", None),
		("cancelled", "", None),
		("unknown", "", None),
		("picked_up", "", "Handed Over"),
		("in_transit", "", "In Transit"),
		("on_hold", "customs_delay", "In Transit"),
		("delivery_delayed", "", "In Transit"),
		("out_for_delivery", "", "Out for Delivery"),
		("ready_for_pickup", "", "Ready for Pickup"),
		("delivered", "", "Delivered"),
		("delivery_failed", "consignee_not_home", "Delivery Failed"),
		("delivery_failed", "consignee_refused", "Refused"),
		("return_to_sender", "consignee_refused", "Returning"),
		("on_hold", "carrier_parcel_lost", "Lost"),
		("unknown", "carrier_parcel_lost", "Lost"),
	],
)
def test_each_state_makes_one_thing_of_a_box(state, reason, box):
	assert states.box_state_of(state, reason) == box


def test_every_state_is_known_to_boxes():
	from sales_wh_flow.packing.rules import states as box_states

	known = {value for name, value in vars(box_states).items() if name.isupper() and isinstance(value, str)}
	every = {
		states.box_state_of(state, reason)
		for state in states.NORMAL_STATES
		for reason in ("", states.LOST_REASON, states.REFUSED_REASON)
	}
	assert every - {None} <= known
