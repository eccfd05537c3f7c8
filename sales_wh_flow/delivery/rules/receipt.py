"""What a receiver did with a box: accepted it, part of it or nothing, or was not there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded

ACCEPTED, PARTLY_ACCEPTED, REFUSED, FAILED = "Accepted", "Partly Accepted", "Refused", "Failed Attempt"
"""Outcomes of an attempt."""

ANSWERS = ("accept", "part", "refuse", "fail")
"""What a driver taps."""

STATE_AFTER = {
	ACCEPTED: "Delivered",
	PARTLY_ACCEPTED: "Partly Accepted",
	REFUSED: "Refused",
	FAILED: "Delivery Failed",
}

UNDER_WAY = (
	*("Handed Over", "In Transit", "Out for Delivery", "Ready for Pickup"),
	*("Delivery Failed", "Returning"),
)
"""States of a box that somebody may still receive."""

_AT_THE_DOOR = timedelta(minutes=2)
"""So long a phone with a network needs at most to tell."""
CLOCKS_DIFFER = timedelta(minutes=10)
OLDEST = timedelta(days=7)
"""A phone sends what it kept within these days; later its time is not believed."""


@dataclass(frozen=True, slots=True)
class PackedRow:
	"""A row of a box as it was packed."""

	row: str
	item_code: str
	qty_stock: float
	serial_nos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAnswer:
	"""What the receiver did not take of a row, and why."""

	row: str
	refused_qty: float
	reason: str = ""
	refused_serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReceipt:
	"""What became of a row."""

	row: str
	accepted_qty: float
	refused_qty: float
	reason: str = ""
	refused_serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
	"""What became of the box."""

	outcome: str
	rows: tuple[RowReceipt, ...]

	@property
	def refused(self) -> tuple[RowReceipt, ...]:
		return tuple(row for row in self.rows if is_positive(row.refused_qty))


def receipt_of(
	answer: str, rows: Sequence[PackedRow], answers: Iterable[RowAnswer], reason: str
) -> tuple[Receipt | None, tuple[RuleViolation, ...]]:
	"""(the receipt, what is wrong with the answer): one of the two.

	``reason``: for the whole box, where it is refused or nobody was there. "part" of everything is a refusal.
	"""
	if answer not in ANSWERS:
		return None, (RuleViolation("unknown_answer", answer=answer, known=ANSWERS),)
	if answer == "part":
		return _part(rows, tuple(answers))
	if answer == "accept":
		return Receipt(ACCEPTED, tuple(RowReceipt(it.row, it.qty_stock, 0.0) for it in rows)), ()
	if not reason:
		return None, (RuleViolation("reason_for_box_missing"),)
	if answer == "fail":
		return Receipt(FAILED, tuple(RowReceipt(it.row, 0.0, 0.0) for it in rows)), ()
	return Receipt(REFUSED, tuple(_refused(it, reason) for it in rows)), ()


def _refused(row: PackedRow, reason: str) -> RowReceipt:
	return RowReceipt(row.row, 0.0, row.qty_stock, reason, row.serial_nos)


def _part(
	rows: Sequence[PackedRow], told: Sequence[RowAnswer]
) -> tuple[Receipt | None, tuple[RuleViolation, ...]]:
	known, answers = {it.row: it.item_code for it in rows}, {it.row: it for it in told}
	twice = sorted({it.row for it in told if it.row in known and answers[it.row] is not it})
	if twice:
		return None, tuple(RuleViolation("row_twice", item=known[row]) for row in twice)
	problems = [RuleViolation("row_not_in_box", row=row) for row in sorted(answers) if row not in known]
	found = []
	for it in rows:
		answer = answers.get(it.row) or RowAnswer(it.row, 0.0)
		problem = _wrong(it, answer)
		if problem:
			problems.append(problem)
		found.append(
			RowReceipt(
				it.row,
				rounded(it.qty_stock - answer.refused_qty),
				rounded(answer.refused_qty),
				answer.reason if is_positive(answer.refused_qty) else "",
				answer.refused_serials,
			)
		)
	if problems:
		return None, tuple(problems)
	if not any(is_positive(it.refused_qty) for it in found):
		return None, (RuleViolation("nothing_refused"),)
	if not any(is_positive(it.accepted_qty) for it in found):
		return Receipt(REFUSED, tuple(found)), ()
	return Receipt(PARTLY_ACCEPTED, tuple(found)), ()


def _wrong(row: PackedRow, answer: RowAnswer) -> RuleViolation | None:
	where = {"item": row.item_code}
	if answer.refused_qty < 0 or is_less(row.qty_stock, answer.refused_qty):
		return RuleViolation(
			"refused_more_than_packed", qty=answer.refused_qty, packed=row.qty_stock, **where
		)
	if not is_positive(answer.refused_qty):
		return None
	if not answer.reason:
		return RuleViolation("reason_for_row_missing", qty=answer.refused_qty, **where)
	if row.serial_nos and len(set(answer.refused_serials)) != answer.refused_qty:
		return RuleViolation("say_which_serials", qty=answer.refused_qty, **where)
	foreign = sorted(set(answer.refused_serials) - set(row.serial_nos))
	if foreign:
		return RuleViolation("serials_not_in_box", serials=tuple(foreign), **where)
	return None


def missing_of_proof(box: str, receiver: str, signature: str, photo: str) -> RuleViolation | None:
	"""What keeps a receipt from proving anything: a name, and a signature or a photo are needed."""
	if signature or photo:
		return None if receiver.strip() else RuleViolation("receiver_missing", box=box)
	if receiver.strip():
		return RuleViolation("picture_missing", box=box)
	return RuleViolation("proof_missing", box=box)


def happened_on(said: datetime | None, now: datetime) -> datetime:
	"""When it happened: as the device says, unless its clock can't be right."""
	if said is None or said > now + CLOCKS_DIFFER or said < now - OLDEST:
		return now
	return min(said, now)


def is_told_late(said: datetime | None, now: datetime) -> bool:
	"""Whether it is told so long after it happened that nobody stands at the door any more."""
	return said is not None and said < now - _AT_THE_DOOR


def note_is_received(states: Sequence[str]) -> bool:
	"""Whether the customer has everything of a Delivery Note that he will get, by the states of its boxes:
	each is accepted, or back with us after it was refused.
	"""
	over = {"Delivered", "Returned"}
	return bool(states) and set(states) <= over and "Delivered" in states
