"""Which incident of a parcel is a claim against its courier, and until when it has to be made."""

from dataclasses import dataclass
from datetime import date, timedelta

LOST, DAMAGED, LATE, OVERCHARGED = "Lost", "Damaged", "Late", "Overcharged"
KINDS = (LOST, DAMAGED, LATE, OVERCHARGED)

TO_CLAIM, CLAIMED, ACCEPTED, PAID, REFUSED, DROPPED = (
	*("To Claim", "Claimed", "Accepted", "Paid", "Refused", "Dropped"),
)
STATES = (TO_CLAIM, CLAIMED, ACCEPTED, PAID, REFUSED, DROPPED)
OVER = frozenset({PAID, REFUSED, DROPPED})

_MAY_FOLLOW = {
	TO_CLAIM: {CLAIMED, DROPPED},
	CLAIMED: {ACCEPTED, PAID, REFUSED, DROPPED, TO_CLAIM},
	ACCEPTED: {PAID, REFUSED, CLAIMED},
	PAID: {ACCEPTED},
	REFUSED: {CLAIMED, DROPPED},
	DROPPED: {TO_CLAIM},
}


@dataclass(frozen=True, slots=True)
class Incident:
	"""Something that happened to a box which its courier answers for. ``worth``: of its goods,
	``freight``: of the box, both in the company's currency.
	"""

	box: str
	kind: str
	happened_on: date
	worth: float
	freight: float = 0.0


def claim_may_become(old: str, new: str) -> bool:
	"""Whether a claim in state ``old`` can become ``new``."""
	return old == new or new in _MAY_FOLLOW.get(old, frozenset())


def deadline(happened_on: date, within_days: int) -> date | None:
	"""The last day on which the courier takes the claim; None where nobody said how long it may take."""
	return happened_on + timedelta(days=within_days) if within_days > 0 else None


def amount(incident: Incident) -> float:
	"""What is claimed at first: goods and freight of what is lost or damaged, freight of what is late."""
	if incident.kind == LATE:
		return round(incident.freight, 2)
	return round(incident.worth + incident.freight, 2)
