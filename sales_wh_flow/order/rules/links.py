"""Which order's row a row of a Delivery Note or an invoice stands for, and that all its links say the same.

ERPNext counts what is delivered and billed by the order's row alone. A row that names an order, and no row of
it, satisfies *Is Sales Order Required* and is counted nowhere: it would ship and bill what nobody ordered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation


@dataclass(frozen=True, slots=True)
class Linked:
	"""A row with its links as they were sent; "" where it has none. ``note``, ``note_row``: of the paper
	between it and the order, for an invoice a Delivery Note, for a note an invoice.
	"""

	idx: int
	item_code: str
	order: str
	order_row: str
	note: str = ""
	note_row: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
	"""A row of a Sales Order. ``rate_base``: net, of one in the order's unit."""

	name: str
	order: str
	item_code: str
	rate_base: float


@dataclass(frozen=True, slots=True)
class NamedNote:
	"""A row of such a paper, and the order's row that it stands for; "" for none."""

	note: str
	order: str
	order_row: str


def completed(
	rows: Collection[Linked], order_rows: Mapping[str, NamedRow], note_rows: Mapping[str, NamedNote]
) -> tuple[list[NamedRow | None], list[RuleViolation]]:
	"""(the order's row that each row stands for, in their order; what contradicts itself).

	A row that names its order alone stands for the dearest row of its item there.
	"""
	found: list[NamedRow | None] = []
	wrong = []
	for row in rows:
		by_note = note_rows.get(row.note_row, NamedNote(row.note, "", ""))
		order_row = order_rows.get(row.order_row or by_note.order_row)
		order = row.order or (order_row.order if order_row else by_note.order)
		if (row.note and row.note != by_note.note) or _differ(row, by_note):
			wrong.append(RuleViolation("row_of_another_paper", idx=row.idx))
		elif order_row and order_row.order != order:
			wrong.append(RuleViolation("row_of_another_order", idx=row.idx, order=order))
		elif not order_row and order:
			order_row = _dearest(order, row.item_code, order_rows.values())
			if not order_row:
				wrong.append(RuleViolation("not_in_order", idx=row.idx, item=row.item_code, order=order))
		found.append(order_row)
	return found, wrong


def _differ(row: Linked, by_note: NamedNote) -> bool:
	"""Whether a row and the note's row that it bills name two rows of orders."""
	return bool(row.order_row and by_note.order_row and row.order_row != by_note.order_row)


def _dearest(order: str, item: str, order_rows: Collection[NamedRow]) -> NamedRow | None:
	meant = [it for it in order_rows if it.order == order and it.item_code == item]
	return max(meant, key=lambda it: (it.rate_base, it.name), default=None)
