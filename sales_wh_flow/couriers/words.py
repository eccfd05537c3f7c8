"""What users read for the normal states and reasons of couriers."""

from frappe import _

from sales_wh_flow.couriers.rules import states


def state_words(state: str | None) -> str:
	"""A normal state in words; what is none as it is."""
	known = {
		states.PENDING: _("Announced"),
		states.PICKED_UP: _("Picked up by the courier"),
		states.IN_TRANSIT: _("In transit"),
		states.ON_HOLD: _("Held up"),
		states.OUT_FOR_DELIVERY: _("Out for delivery"),
		states.READY_FOR_PICKUP: _("Ready to be fetched"),
		states.DELIVERED: _("Delivered"),
		states.DELIVERY_FAILED: _("Delivery failed"),
		states.DELIVERY_DELAYED: _("Delayed"),
		states.RETURN_TO_SENDER: _("On its way back to us"),
		states.CANCELLED: _("Label cancelled"),
		states.UNKNOWN: _("Not understood"),
	}
	return known.get(state or "", state or "")


def incident_words(reason: str | None) -> str:
	"""A reason in words; what is none as it is."""
	known = {**_of_couriers(), **_of_people(), **_of_nobody()}
	return known.get(reason or "", reason or "")


def _of_couriers() -> dict[str, str]:
	return {
		"carrier_damaged_parcel": _("Parcel damaged by the courier"),
		"carrier_sorting_error": _("Sorted to the wrong place"),
		"carrier_address_not_found": _("The courier did not find the address"),
		"carrier_parcel_lost": _("Parcel lost"),
		"carrier_not_enough_time": _("The courier ran out of time"),
		"carrier_vehicle_issue": _("Trouble with the vehicle"),
		"carrier_capacity_exceeded": _("The courier had no room"),
		"carrier_mechanical_delay": _("Technical trouble of the courier"),
		"parcel_being_researched": _("The courier is looking for the parcel"),
	}


def _of_people() -> dict[str, str]:
	return {
		"retailer_cancelled": _("Cancelled by us"),
		"retailer_incorrect_data": _("Wrong data from us"),
		"retailer_not_ready": _("Parcel was not ready"),
		"retailer_incorrect_parcel": _("Wrong parcel handed over"),
		"retailer_incorrect_dimensions": _("Wrong size or weight declared"),
		"retailer_packaging_issue": _("Badly packed"),
		"consignee_refused": _("Refused by the receiver"),
		"consignee_business_closed": _("Receiver's business closed"),
		"consignee_not_available": _("Receiver not available"),
		"consignee_not_home": _("Receiver not at home"),
		"consignee_cancelled": _("Cancelled by the receiver"),
		"consignee_verification_failed": _("Receiver could not be identified"),
		"consignee_incorrect_address": _("Wrong address"),
		"consignee_access_restricted": _("No access to the address"),
		"consignee_safe_place_unavailable": _("No safe place to leave it"),
	}


def _of_nobody() -> dict[str, str]:
	return {
		"customs_delay": _("Held up by customs"),
		"customs_documentation": _("Customs papers missing"),
		"customs_duties_unpaid": _("Duties not paid"),
		"customs_prohibited": _("Not allowed by customs"),
		"customs_inspection": _("Inspected by customs"),
		"weather_delay": _("Weather"),
		"natural_disaster": _("Natural disaster"),
		"force_majeure": _("Force majeure"),
		"security_issue": _("Security"),
		"regulatory_hold": _("Held by an authority"),
		"unknown": _("Reason unknown"),
	}
