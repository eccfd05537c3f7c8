"""Why somebody refused goods, or could not be given them, and whose delay that is."""

CARRIER, RETAILER, CONSIGNEE, CUSTOMS, WEATHER, OTHER = (
	*("Carrier", "Retailer", "Consignee", "Customs"),
	*("Weather", "Other"),
)
"""Groups of reasons: those that couriers tell of, too."""

US, CUSTOMER, COURIER, NOBODY = "Us", "Customer", "Courier", "Nobody"

REFUSED = {
	"Damaged": CARRIER,
	"Wrong Item": RETAILER,
	"Too Many": RETAILER,
	"Poor Quality": RETAILER,
	"Too Late": RETAILER,
	"Not Ordered": CONSIGNEE,
	"No Money": CONSIGNEE,
	"No Room": CONSIGNEE,
}
"""Why a receiver refuses, and the group it is in."""

FAILED = {
	"Nobody There": CONSIGNEE,
	"Closed": CONSIGNEE,
	"No Access": CONSIGNEE,
	"Wrong Address": RETAILER,
	"Vehicle Broke Down": CARRIER,
	"Out of Time": CARRIER,
	"Weather": WEATHER,
}
"""Why an attempt failed."""

_DELAY_OF = {CARRIER: COURIER, RETAILER: US, CONSIGNEE: CUSTOMER}


def reason_group(reason: str | None) -> str:
	"""The group of a reason, "Other" of one that somebody typed; "" for none."""
	if not reason:
		return ""
	return REFUSED.get(reason) or FAILED.get(reason) or OTHER


def delay_of_reason(group: str) -> str:
	"""Whose delay it is."""
	return _DELAY_OF.get(group, NOBODY)
