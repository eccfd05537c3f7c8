"""What an order passes and somebody may want to be told of."""

CONFIRMED = "Confirmed"
APPROVED_AND_LOCKED = "Approved and Locked"
SHORT = "Short"
DELAYED = "Delayed"
READY = "Ready"
DISPATCHED = "Dispatched"
DELIVERED = "Delivered"
REFUSED = "Refused"
RETURN_ANNOUNCED = "Return Announced"
RETURN_RECEIVED = "Return Received"
REFUNDED = "Refunded"
MAY_BE_INVOICED = "May Be Invoiced"

MILESTONES = (
	*(CONFIRMED, APPROVED_AND_LOCKED, SHORT, DELAYED, READY, DISPATCHED, DELIVERED),
	*(REFUSED, RETURN_ANNOUNCED, RETURN_RECEIVED, REFUNDED, MAY_BE_INVOICED),
)

OF_STATUS = {
	"Locked": APPROVED_AND_LOCKED,
	"Backordered": SHORT,
	"Partly Locked": SHORT,
	"Ready for Dispatch": READY,
}
"""The milestone that a flow status means, when an order comes to it."""

FOR_EYES_OUTSIDE = frozenset(
	{"new_date", "old_date", "tracking_no", "tracking_link", "courier", "document", "reason", "lines"}
)
"""What a customer may be told of what happened; whatever else a caller notes is for people inside."""


def milestone_named(name: str) -> str:
	"""One of MILESTONES; ``may_be_invoiced`` is May Be Invoiced, too. Raises: LookupError."""
	wanted = name.replace("_", " ").lower()
	for milestone in MILESTONES:
		if milestone.lower() == wanted:
			return milestone
	raise LookupError(name)
