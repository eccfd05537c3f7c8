"""The normal states and reasons of couriers (the vocabulary of karrio), whose delay each is, and what it
makes of a box.
"""

from sales_wh_flow.packing.rules import states as box_states

PENDING, PICKED_UP, IN_TRANSIT, ON_HOLD = "pending", "picked_up", "in_transit", "on_hold"
OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERED = "out_for_delivery", "ready_for_pickup", "delivered"
DELIVERY_FAILED, DELIVERY_DELAYED = "delivery_failed", "delivery_delayed"
RETURN_TO_SENDER, CANCELLED, UNKNOWN = "return_to_sender", "cancelled", "unknown"

NORMAL_STATES = (
	*(PENDING, PICKED_UP, IN_TRANSIT, ON_HOLD, OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERED),
	*(DELIVERY_FAILED, DELIVERY_DELAYED, RETURN_TO_SENDER, CANCELLED, UNKNOWN),
)

CARRIER, RETAILER, CONSIGNEE = "carrier", "retailer", "consignee"
CUSTOMS, WEATHER, OTHER = "customs", "weather", "other"
GROUPS = (CARRIER, RETAILER, CONSIGNEE, CUSTOMS, WEATHER, OTHER)

LOST_REASON, REFUSED_REASON = "carrier_parcel_lost", "consignee_refused"
DAMAGED_REASON = "carrier_damaged_parcel"

REASONS = {
	CARRIER: (
		*(DAMAGED_REASON, "carrier_sorting_error", "carrier_address_not_found", LOST_REASON),
		*("carrier_not_enough_time", "carrier_vehicle_issue", "carrier_capacity_exceeded"),
		"carrier_mechanical_delay",
	),
	RETAILER: (
		*("retailer_cancelled", "retailer_incorrect_data", "retailer_not_ready"),
		*("retailer_incorrect_parcel", "retailer_incorrect_dimensions", "retailer_packaging_issue"),
	),
	CONSIGNEE: (
		*(REFUSED_REASON, "consignee_business_closed", "consignee_not_available", "consignee_not_home"),
		*("consignee_cancelled", "consignee_verification_failed", "consignee_incorrect_address"),
		*("consignee_access_restricted", "consignee_safe_place_unavailable"),
	),
	CUSTOMS: (
		*("customs_delay", "customs_documentation", "customs_duties_unpaid", "customs_prohibited"),
		"customs_inspection",
	),
	WEATHER: ("weather_delay", "natural_disaster", "force_majeure"),
	OTHER: ("parcel_being_researched", "security_issue", "regulatory_hold", "unknown"),
}
"""Incident reasons by the group that says who caused them."""

_GROUP_OF = {reason: group for group, reasons in REASONS.items() for reason in reasons}

US, CUSTOMER, COURIER, NOBODY = "Us", "Customer", "Courier", "Nobody"

_GROUP_IS_DELAY_OF = {
	CARRIER: COURIER,
	RETAILER: US,
	CONSIGNEE: CUSTOMER,
	CUSTOMS: NOBODY,
	WEATHER: NOBODY,
	OTHER: COURIER,
}
_REASON_IS_DELAY_OF = {
	"customs_documentation": US,
	"customs_duties_unpaid": CUSTOMER,
	"security_issue": NOBODY,
	"regulatory_hold": NOBODY,
}
"""Where a reason says more than its group: papers are the sender's, duties the receiver's."""

_IS_A_DELAY = frozenset({ON_HOLD, DELIVERY_FAILED, DELIVERY_DELAYED, RETURN_TO_SENDER})

_BOX_STATE_OF = {
	PICKED_UP: box_states.HANDED_OVER,
	IN_TRANSIT: box_states.IN_TRANSIT,
	ON_HOLD: box_states.IN_TRANSIT,
	DELIVERY_DELAYED: box_states.IN_TRANSIT,
	OUT_FOR_DELIVERY: box_states.OUT_FOR_DELIVERY,
	READY_FOR_PICKUP: box_states.READY_FOR_PICKUP,
	DELIVERED: box_states.DELIVERED,
	DELIVERY_FAILED: box_states.DELIVERY_FAILED,
	RETURN_TO_SENDER: box_states.RETURNING,
}
"""A label that was made, or cancelled, moves no box; neither does what nobody understands."""


def group_of_reason(reason: str) -> str:
	"""The group of an incident reason; empty for none, ``other`` for one nobody knows."""
	return _GROUP_OF.get(reason, OTHER) if reason else ""


def delay_of(state: str, reason: str) -> str:
	"""Whose delay an event is: Us, Customer, Courier or Nobody; empty where it tells of none.

	What holds a parcel without a reason is the courier's, who has it.
	"""
	if reason and state != DELIVERED:
		return _REASON_IS_DELAY_OF.get(reason) or _GROUP_IS_DELAY_OF[group_of_reason(reason)]
	return COURIER if state in _IS_A_DELAY else ""


def box_state_of(state: str, reason: str) -> str | None:
	"""What an event makes of its box; None where it moves none."""
	if reason == LOST_REASON and state != DELIVERED:
		return box_states.LOST
	if reason == REFUSED_REASON and state == DELIVERY_FAILED:
		return box_states.REFUSED
	return _BOX_STATE_OF.get(state)
