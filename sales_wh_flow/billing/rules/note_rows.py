"""What is left to invoice of rows of Delivery Notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sales_wh_flow.base.quantities import is_positive, rounded


@dataclass(frozen=True, slots=True)
class NoteRow:
	"""A row of a submitted note. ``open_qty``: on no invoice yet, drafts counted; ``kept``: of that, what
	came back and is to be paid all the same; ``day``: of the moment.
	"""

	note: str
	row: str
	order: str
	order_row: str
	open_qty: float
	kept: float
	day: date

	@property
	def came_back_whole(self) -> bool:
		"""Whether all that is open came back: ERPNext makes no invoice of the note for it."""
		return not is_positive(self.open_qty - self.kept)


def without_billed(rows: Iterable[NoteRow], billed: Mapping[str, float]) -> list[NoteRow]:
	"""The rows, the oldest first, less what is ``billed`` of their order's row ({row: quantity}) without
	naming a note: taken off where all that is open came back, since no invoice of the note can have it.
	"""
	left, found = dict(billed), []
	for row in rows:
		qty = min(left.get(row.order_row, 0.0), row.open_qty) if row.came_back_whole else 0.0
		if is_positive(qty):
			left[row.order_row] = rounded(left[row.order_row] - qty)
			rest = rounded(row.open_qty - qty)
			row = replace(row, open_qty=rest, kept=rest)
		if is_positive(row.open_qty):
			found.append(row)
	return found
