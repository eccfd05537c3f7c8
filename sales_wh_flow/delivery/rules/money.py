"""What a receiver pays at the door: what is due for what he took, and what may be written down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.delivery.rules.receipt import ACCEPTED, PARTLY_ACCEPTED, Receipt, RowReceipt
from sales_wh_flow.packing.rules.collect import RowWorth

DECIMALS = 2


@dataclass(frozen=True, slots=True)
class MoneyTaken:
	"""``amount``: in the company's currency; ``reason``: why it is not what is due; ``due``: what the phone
	said was to be collected, None where it said nothing.
	"""

	amount: float
	mode: str = ""
	reference: str = ""
	reason: str = ""
	due: float | None = None


def borne_by_rows(worths: Mapping[str, RowWorth], asked: Mapping[str, float]) -> dict[str, float]:
	"""{row: what it bears}: what is ``asked`` for each order spread over its goods by their worth; where
	nothing is, what they are worth.
	"""
	if not any(asked.values()):
		return {row: it.worth for row, it in worths.items()}
	whole: dict[str, float] = defaultdict(float)
	for it in worths.values():
		whole[it.order] += it.worth
	return {
		row: asked.get(it.order, 0.0) * it.worth / whole[it.order] if it.worth else 0.0
		for row, it in worths.items()
	}


def due_for(collect: float, worths: Mapping[str, float], rows: Iterable[RowReceipt]) -> float:
	"""The part of ``collect``, which is for a whole box, that is due for what was accepted of it.

	``worths``: {row: what all of it bears}, of the rows that are paid at the door.
	"""
	return round(collect * share_taken(worths, rows), DECIMALS) if is_positive(collect) else 0.0


def share_taken(worths: Mapping[str, float], rows: Iterable[RowReceipt]) -> float:
	"""How much of what is paid at the door was accepted, 1 for all of it; 0 where nothing is."""
	whole = sum(worths.values())
	taken = sum(worths.get(row.row, 0.0) * _part_taken(row) for row in rows)
	return taken / whole if is_positive(whole) else 0.0


def agreed(due: float, money: MoneyTaken | None) -> float:
	"""What is due, where a phone rounded a part of it to the other cent: as the phone said."""
	shown = money.due if money else None
	return due if shown is None or is_less(_CENT, abs(shown - due)) else shown


_CENT = 0.01


def _part_taken(row: RowReceipt) -> float:
	asked = row.accepted_qty + row.refused_qty
	return row.accepted_qty / asked if is_positive(asked) else 0.0


def split(amount: float, dues: Mapping[str, float]) -> dict[str, float]:
	"""One amount for several boxes: each gets what is due for it while it lasts, the last paid the rest."""
	left, found = amount, {}
	for box, due in dues.items():
		found[box] = round(min(left, due), DECIMALS)
		left = round(left - found[box], DECIMALS)
	if found:
		last = [box for box in dues if is_positive(dues[box])][-1:] or [*dues][-1:]
		found[last[0]] = round(found[last[0]] + left, DECIMALS)
	return found


def problems_of(
	box: str,
	found: Receipt,
	due: float,
	money: MoneyTaken,
	*,
	is_late: bool = False,
	is_kept: bool = False,
) -> Iterator[RuleViolation]:
	"""What keeps this from being written down. Why another amount was taken is asked against what the phone
	showed, and of nobody who left the door long ago: ``is_late``. ``is_kept``: it was written down before.
	"""
	shown = due if money.due is None else money.due
	if money.amount < 0:
		yield RuleViolation("money_below_nothing", box=box, taken=money.amount)
	elif found.outcome not in (ACCEPTED, PARTLY_ACCEPTED):
		if is_positive(money.amount):
			yield RuleViolation("money_for_nothing", box=box, taken=money.amount)
	elif is_positive(money.amount) and not (is_positive(due) or is_positive(shown) or is_kept):
		yield RuleViolation("nothing_to_collect", box=box, taken=money.amount)
	elif is_positive(money.amount) and not money.mode:
		yield RuleViolation("mode_of_payment_missing", box=box, taken=money.amount)
	elif round(money.amount - shown, DECIMALS) and not money.reason and not is_late:
		yield RuleViolation("money_differs", box=box, taken=money.amount, due=shown)


def too_little(box: str, due: float, money: MoneyTaken | None) -> RuleViolation | None:
	"""The box was left, and less was paid than is due for it."""
	taken = money.amount if money else 0.0
	return RuleViolation("money_missing", box=box, taken=taken, due=due) if is_less(taken, due) else None
