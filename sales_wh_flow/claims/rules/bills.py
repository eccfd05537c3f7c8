"""What a courier bills for parcels against what they were expected to cost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, is_positive

FITS, DEARER, CHEAPER = "As Expected", "Dearer", "Cheaper"
UNKNOWN, TWICE, NO_PRICE, VOIDED = "Unknown Number", "Billed Twice", "No Price Known", "Not Sent"
VERDICTS = (FITS, DEARER, CHEAPER, UNKNOWN, TWICE, NO_PRICE, VOIDED)
BEYOND = (DEARER, UNKNOWN, TWICE, VOIDED)
"""What is not owed as it is billed."""


@dataclass(frozen=True, slots=True)
class BilledParcel:
	"""A row of a bill. ``amount`` without tax."""

	number: str
	amount: float


@dataclass(frozen=True, slots=True)
class SentParcel:
	"""What is known under a number: its boxes, together. ``is_sent``: it has left; ``billed_on``: an earlier
	bill that has it.
	"""

	boxes: tuple[str, ...]
	freight: float
	is_sent: bool = True
	billed_on: str = ""


@dataclass(frozen=True, slots=True)
class JudgedParcel:
	"""``difference``: billed less expected; what is not owed at all counts in full."""

	verdict: str
	expected: float
	difference: float
	boxes: tuple[str, ...] = ()


def judge_parcels(
	rows: Sequence[BilledParcel], known: dict[str, SentParcel], tolerance_pct: float
) -> list[JudgedParcel]:
	"""Each row of a bill in turn. A second row of a number, or one of an earlier bill, is billed twice."""
	seen: dict[str, int] = defaultdict(int)
	found = []
	for row in rows:
		seen[row.number] += 1
		parcel = known.get(row.number)
		found.append(_judged(row, parcel, seen[row.number] > 1, tolerance_pct))
	return found


def _judged(
	row: BilledParcel, parcel: SentParcel | None, is_again: bool, tolerance_pct: float
) -> JudgedParcel:
	if parcel is None:
		return JudgedParcel(UNKNOWN, 0.0, row.amount)
	if is_again or parcel.billed_on:
		return JudgedParcel(TWICE, 0.0, row.amount, parcel.boxes)
	if not parcel.is_sent:
		return JudgedParcel(VOIDED, 0.0, row.amount, parcel.boxes)
	if not is_positive(parcel.freight):
		return JudgedParcel(NO_PRICE, 0.0, 0.0, parcel.boxes)
	difference = round(row.amount - parcel.freight, 2)
	allowed = parcel.freight * max(tolerance_pct, 0.0) / 100
	if not is_less(allowed, abs(difference)):
		return JudgedParcel(FITS, parcel.freight, difference, parcel.boxes)
	return JudgedParcel(DEARER if difference > 0 else CHEAPER, parcel.freight, difference, parcel.boxes)
