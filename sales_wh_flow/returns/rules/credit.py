"""What of returned goods is credited, on which invoice."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.base.quantities import is_less, is_positive, rounded


@dataclass(frozen=True, slots=True)
class CreditClaim:
	"""Goods of a case that came back and are to be credited: ``qty`` that is not credited yet."""

	case_row: str
	note_row: str
	order_row: str
	qty: float
	is_of_line: bool = False
	"""Nobody has invoiced its own delivery: it was paid with what it replaces, so any invoice of the order's
	row is meant.
	"""


@dataclass(frozen=True, slots=True)
class LineBilledByOrder:
	"""A row of an order that is invoiced by the order. ``delivered``: for good, what came back among it;
	``back``: of that, what came back, is not sent again and not to be paid, ``back_first`` of it before the
	last invoice was made; ``billed``: of what is ``invoiced``, what is credited is taken off.
	"""

	ordered: float
	delivered: float
	back: float
	billed: float
	invoiced: float
	back_first: float

	@property
	def over_billed(self) -> float:
		"""What stands on invoices beyond what is to be paid: of all that is ordered where all was invoiced,
		else of what was delivered. What came back before it was invoiced is on no invoice.
		"""
		is_all_invoiced = not is_less(self.invoiced, self.ordered - self.back_first)
		due = (self.ordered if is_all_invoiced else self.delivered) - self.back
		return max(rounded(self.billed - due), 0.0)


@dataclass(frozen=True, slots=True)
class PaperOfLine:
	"""What an invoice, or a return, has of an order's row. ``first_made``, ``first_qty``: of the document
	that it was amended from at first; its own where it was not amended.
	"""

	made: datetime
	qty: float
	first_made: datetime
	first_qty: float


def came_back_first(invoices: Collection[PaperOfLine], returns: Collection[PaperOfLine]) -> float:
	"""What of the returned goods these invoices left out: what came back before the last of them was made.
	One that is amended is as old as the first, so what came back until then is left out only as far as it has
	less than the first.
	"""
	last, anew = max(it.first_made for it in invoices), max(it.made for it in invoices)
	before = sum(it.qty for it in returns if it.first_made < last)
	meanwhile = sum(it.qty for it in returns if last <= it.first_made < anew)
	return rounded(before + min(meanwhile, sum(max(it.first_qty - it.qty, 0.0) for it in invoices)))


@dataclass(frozen=True, slots=True)
class InvoiceRow:
	"""A row of a submitted invoice; ``left_qty``: invoiced and not credited. ``note_row`` empty = billed by
	the order.
	"""

	name: str
	invoice: str
	note_row: str
	order_row: str
	left_qty: float


@dataclass(frozen=True, slots=True)
class CreditShare:
	"""So much of a claim is credited on this row of this invoice."""

	case_row: str
	invoice: str
	invoice_row: str
	qty: float


def share_out_credit(
	claims: Iterable[CreditClaim], invoiced: Sequence[InvoiceRow]
) -> tuple[CreditShare, ...]:
	"""Each claim on the invoices of its own delivery, then of its order line, in the order of ``invoiced``.

	Never more than is left of an invoice's row; what is not invoiced is not credited.
	"""
	left = {row.name: row.left_qty for row in invoiced}
	found = []
	for claim in claims:
		open_qty = claim.qty
		of_line = [row for row in invoiced if claim.is_of_line and row.order_row == claim.order_row]
		for row in (*_of_note(claim, invoiced), *_of_order(claim, invoiced), *of_line):
			qty = rounded(min(open_qty, left[row.name]))
			if is_positive(qty):
				left[row.name] = rounded(left[row.name] - qty)
				open_qty = rounded(open_qty - qty)
				found.append(CreditShare(claim.case_row, row.invoice, row.name, qty))
	return tuple(found)


def _of_note(claim: CreditClaim, invoiced: Sequence[InvoiceRow]) -> list[InvoiceRow]:
	return [row for row in invoiced if row.note_row == claim.note_row]


def _of_order(claim: CreditClaim, invoiced: Sequence[InvoiceRow]) -> list[InvoiceRow]:
	return [
		row for row in invoiced if not row.note_row and claim.order_row and row.order_row == claim.order_row
	]


def credited_part(amount: float, credited_net: float, whole_net: float) -> float:
	"""What of a fixed amount on the whole invoice (freight, a discount) belongs to the credited goods."""
	return amount * min(credited_net / whole_net, 1.0) if is_positive(whole_net) else 0.0
