"""The states of a box, and which may follow which."""

OPEN = "Open"
CLOSED = "Closed"
HANDED_OVER = "Handed Over"
IN_TRANSIT = "In Transit"
OUT_FOR_DELIVERY = "Out for Delivery"
READY_FOR_PICKUP = "Ready for Pickup"
DELIVERED = "Delivered"
PARTLY_ACCEPTED = "Partly Accepted"
REFUSED = "Refused"
DELIVERY_FAILED = "Delivery Failed"
RETURNING = "Returning"
RETURNED = "Returned"
LOST = "Lost"
CANCELLED = "Cancelled"

STATES = (
	*(OPEN, CLOSED, HANDED_OVER, IN_TRANSIT, OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERED),
	*(PARTLY_ACCEPTED, REFUSED, DELIVERY_FAILED, RETURNING, RETURNED, LOST, CANCELLED),
)
"""In the order of a box's life."""

IN_THE_HOUSE = frozenset({OPEN, CLOSED})
"""It stands in the warehouse; its goods are packed and have not left."""

ON_ITS_WAY = frozenset({HANDED_OVER, IN_TRANSIT, OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERY_FAILED})
"""It has left and nobody has it yet."""

AT_THE_DOOR = frozenset({DELIVERED, PARTLY_ACCEPTED})
"""The customer has it, or what was accepted of it."""

_ROAD = frozenset({IN_TRANSIT, OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERY_FAILED})
_ENDS = frozenset({DELIVERED, PARTLY_ACCEPTED, REFUSED, RETURNING, RETURNED, LOST})
_FROM_THE_ROAD = _ROAD | _ENDS

_MAY_FOLLOW = {
	OPEN: frozenset({CLOSED, CANCELLED}),
	# Returned: it left with its note alone, no hand-over says so.
	CLOSED: frozenset({OPEN, HANDED_OVER, CANCELLED, RETURNED}),
	# Back to Closed: the hand-over was a mistake, or its note was cancelled.
	HANDED_OVER: _FROM_THE_ROAD | {CLOSED},
	**dict.fromkeys(_ROAD, _FROM_THE_ROAD | {CLOSED}),
	# What was proved can be proved anew; what was lost can turn up.
	DELIVERED: frozenset(
		{PARTLY_ACCEPTED, REFUSED, DELIVERY_FAILED, RETURNING, RETURNED, HANDED_OVER, CLOSED}
	),
	PARTLY_ACCEPTED: frozenset(
		{DELIVERED, REFUSED, DELIVERY_FAILED, RETURNING, RETURNED, HANDED_OVER, CLOSED}
	),
	# Back to Closed: its note is cancelled, because it came back as it left.
	REFUSED: frozenset(
		{DELIVERED, PARTLY_ACCEPTED, DELIVERY_FAILED, RETURNING, RETURNED, LOST, HANDED_OVER, CLOSED}
	),
	RETURNING: frozenset({RETURNED, LOST, DELIVERED, IN_TRANSIT, OUT_FOR_DELIVERY, CLOSED}),
	# Where it was before: the return that took it back was cancelled.
	RETURNED: (_FROM_THE_ROAD | {CLOSED, HANDED_OVER}) - {RETURNED},
	LOST: _FROM_THE_ROAD,
	CANCELLED: frozenset(),
}


def may_follow(old: str, new: str) -> bool:
	"""Whether a box in state ``old`` can become ``new``. A state follows itself: the same is told twice."""
	return old == new or new in _MAY_FOLLOW[old]
