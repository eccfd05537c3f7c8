"""Goods that came: whether a Return Case expects them already, and which of its rows they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, is_positive, rounded


@dataclass(frozen=True, slots=True)
class ArrivedPart:
	"""So much of a row of a Delivery Note, in its unit. ``serials``: those that came."""

	source: str
	qty: float
	batch: str = ""
	serials: tuple[str, ...] = ()
	factor: float = 1.0
	"""Pieces in its unit."""


@dataclass(frozen=True, slots=True)
class Arrival:
	"""What was scanned: a box with all that lies in it, or a serial number (``box`` empty)."""

	box: str
	parts: tuple[ArrivedPart, ...]


@dataclass(frozen=True, slots=True)
class AwaitedRow:
	"""A row that an open case has not posted. ``boxes``: those that its case is about."""

	case: str
	name: str
	source: str
	expected_qty: float
	received_qty: float
	batch: str = ""
	serials: tuple[str, ...] = ()
	boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFill:
	"""What a row of a case gets: so much is here."""

	row: str
	received_qty: float
	serials: tuple[str, ...] = ()


def case_that_awaits(arrival: Arrival, rows: Sequence[AwaitedRow]) -> str | None:
	"""The open case that is about these goods: it names the box or the serial number, or expects as much of
	the same delivery and nothing of that has come. Of several the first.
	"""
	for row in rows:
		named = arrival.box in row.boxes if arrival.box else bool(_serials_of(arrival) & set(row.serials))
		if named:
			return row.case
	for case in dict.fromkeys(row.case for row in rows):
		mine = [row for row in rows if row.case == case]
		if arrival.parts and all(_is_expected(part, mine) for part in arrival.parts):
			return case
	return None


def is_in_already(arrival: Arrival, rows: Iterable[AwaitedRow]) -> bool:
	"""Whether a case counts these goods as received: they were scanned twice."""
	mine = [row for row in rows if is_positive(row.received_qty)]
	if not arrival.box:
		return any(_serials_of(arrival) <= set(row.serials) for row in mine)
	return any(arrival.box in row.boxes for row in mine)


def fill_rows(
	arrival: Arrival, rows: Sequence[AwaitedRow]
) -> tuple[tuple[RowFill, ...], tuple[ArrivedPart, ...]]:
	"""(what rows of the case get, what no row of it expects)."""
	got = {row.name: row.received_qty for row in rows}
	known = {row.name: row.serials for row in rows}
	fills: dict[str, RowFill] = {}
	rest = []
	for part in arrival.parts:
		left, serials = part.qty, part.serials
		for row in _rows_for(part, rows):
			qty = rounded(min(left, row.expected_qty - got[row.name]))
			if not is_positive(qty):
				continue
			got[row.name] = rounded(got[row.name] + qty)
			mine = serials if not is_less(qty, left) else serials[: round(qty * part.factor)]
			known[row.name] = tuple(dict.fromkeys((*known[row.name], *mine)))
			fills[row.name] = RowFill(row.name, got[row.name], known[row.name])
			left, serials = rounded(left - qty), tuple(it for it in serials if it not in mine)
		if is_positive(left):
			rest.append(ArrivedPart(part.source, left, part.batch, serials, part.factor))
	return tuple(fills.values()), tuple(rest)


def _is_expected(part: ArrivedPart, rows: Sequence[AwaitedRow]) -> bool:
	"""A serial number may join others of its row; of a box nothing has come."""
	is_one = len(part.serials) == 1
	found = [row for row in _rows_for(part, rows) if is_one or not is_positive(row.received_qty)]
	return not is_less(sum(row.expected_qty - row.received_qty for row in found), part.qty)


def _rows_for(part: ArrivedPart, rows: Iterable[AwaitedRow]) -> Iterator[AwaitedRow]:
	for row in rows:
		fits = row.source == part.source and row.batch in ("", part.batch)
		has_room = len(row.serials) < round(row.expected_qty * part.factor)
		if fits and (has_room or not part.serials or set(part.serials) <= set(row.serials)):
			yield row


def _serials_of(arrival: Arrival) -> set[str]:
	return {serial for part in arrival.parts for serial in part.serials}
