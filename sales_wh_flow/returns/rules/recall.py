"""Where the goods of a batch, or with a serial number, are now: at customers, in boxes, on stock, used up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import is_positive, rounded


@dataclass(frozen=True, slots=True)
class LotMove:
	"""One movement of the lot in the stock ledger. ``qty_stock``: in stock UOM, less than 0 for what left.
	``row``: of the document; ``of_row``: the row that it takes back, or its own.
	"""

	doctype: str
	document: str
	row: str
	of_row: str
	item_code: str
	warehouse: str
	day: date
	batch_no: str
	serial_no: str
	qty_stock: float


@dataclass(frozen=True, slots=True)
class WentOut:
	"""What left by one row of a document, of one batch. Quantities in stock UOM."""

	doctype: str
	document: str
	row: str
	item_code: str
	batch_no: str
	day: date
	sent: float
	returned: float
	serials_sent: tuple[str, ...]
	serials_kept: tuple[str, ...]

	@property
	def kept(self) -> float:
		return max(rounded(self.sent - self.returned), 0.0)


def went_out(moves: Iterable[LotMove]) -> tuple[WentOut, ...]:
	"""What left to customers, the last first, with what came back of it."""
	by_row: dict[tuple[str, str], list[LotMove]] = defaultdict(list)
	for move in moves:
		by_row[move.of_row, move.batch_no].append(move)
	sent = (_summed_up(one) for one in by_row.values() if any(it.qty_stock < 0 for it in one))
	return tuple(sorted(sent, key=lambda one: (one.day, one.document, one.row), reverse=True))


def _summed_up(moves: list[LotMove]) -> WentOut:
	out, back = ([it for it in moves if (it.qty_stock < 0) is way] for way in (True, False))
	serials, came = ({it.serial_no for it in some} - {""} for some in (out, back))
	first = out[0]
	return WentOut(
		doctype=first.doctype,
		document=first.document,
		row=first.of_row,
		item_code=first.item_code,
		batch_no=first.batch_no,
		day=first.day,
		sent=rounded(-sum(it.qty_stock for it in out)),
		returned=rounded(sum(it.qty_stock for it in back)),
		serials_sent=tuple(sorted(serials)),
		serials_kept=tuple(sorted(serials - came)),
	)


def on_stock(moves: Iterable[LotMove]) -> Mapping[tuple[str, str, str], float]:
	"""{(item, batch, warehouse): on hand} of the lot, where something is; all its movements are given."""
	found: dict[tuple[str, str, str], float] = defaultdict(float)
	for move in moves:
		found[move.item_code, move.batch_no, move.warehouse] += move.qty_stock
	return {place: rounded(qty) for place, qty in sorted(found.items()) if is_positive(rounded(qty))}
