"""What is wrong with a Return Case: everything at once, as data."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, is_whole, rounded
from sales_wh_flow.returns.rules.facts import REFUND, RESTOCK, CaseRow, ShippedRow


def problems_of_case(
	rows: Sequence[CaseRow],
	shipped: Mapping[str, ShippedRow],
	customer: str,
	company: str,
	*,
	is_of_box: bool = False,
) -> list[RuleViolation]:
	"""What a case can't even be saved with. What was refused of a box was counted at the door in pieces, so a
	case ``is_of_box`` may expect a part of a whole unit.
	"""
	found = [
		it
		for row in rows
		if not row.is_posted
		for it in _of_row(row, shipped.get(row.source), customer, company, is_of_box)
	]
	known = [row for row in rows if not row.is_posted and row.source in shipped and isfinite(row.claimed_qty)]
	return [*found, *_too_much(known, shipped, lambda row: row.claimed_qty), *_twice(known)]


def problems_of_posting(rows: Sequence[CaseRow], shipped: Mapping[str, ShippedRow]) -> list[RuleViolation]:
	"""What keeps these rows from being posted, beyond that."""
	found = [it for row in rows for it in _undecided(row, shipped[row.source])]
	return [*found, *_too_much(rows, shipped, lambda row: row.received_qty)]


def _of_row(
	row: CaseRow, shipped: ShippedRow | None, customer: str, company: str, is_of_box: bool
) -> Iterator[RuleViolation]:
	if shipped is None:
		yield RuleViolation("never_shipped", idx=row.idx)
		return
	where = {"idx": row.idx, "item": shipped.item_code, "note": shipped.note}
	if shipped.is_return or shipped.docstatus != 1:
		yield RuleViolation("note_not_in_force", **where)
	if (shipped.customer, shipped.company) != (customer, company):
		yield RuleViolation("shipped_to_another", **where, customer=shipped.customer, company=shipped.company)
	figures = (row.expected_qty, row.received_qty, row.inspected_qty)
	if not all(isfinite(qty) and qty >= 0 for qty in figures):
		yield RuleViolation("no_quantity", **where)
		return
	if not is_positive(row.claimed_qty):
		yield RuleViolation("nothing_announced", **where)
	if shipped.is_whole and not all(is_whole(qty) for qty in figures[is_of_box:]):
		yield RuleViolation("whole_units_only", **where, uom=shipped.uom)
	if is_less(row.received_qty, row.inspected_qty):
		yield RuleViolation(
			"inspected_too_much", **where, inspected=row.inspected_qty, received=row.received_qty
		)
	if row.batch_no and row.batch_no not in (shipped.batches or {}):
		yield RuleViolation("batch_not_shipped", **where, batch=row.batch_no)
	if row.credit_notes and (row.remedy != REFUND or is_less(row.received_qty, row.credited_qty)):
		yield RuleViolation("credited_already", **where, qty=row.credited_qty, bills=row.credit_notes)
	yield from _serials(row, shipped, where)


def _serials(row: CaseRow, shipped: ShippedRow, where: dict) -> Iterator[RuleViolation]:
	strange = [serial for serial in row.serials if serial not in shipped.serials]
	if strange:
		yield RuleViolation("serial_not_shipped", **where, serials=tuple(strange[:5]))
	elif row.serials and is_positive(row.received_qty):
		pieces = rounded(row.received_qty * shipped.conversion_factor)
		if pieces != len(row.serials):
			yield RuleViolation("serials_do_not_count", **where, count=len(row.serials), qty=pieces)


def _too_much(
	rows: Sequence[CaseRow], shipped: Mapping[str, ShippedRow], qty_of: Callable[[CaseRow], float]
) -> Iterator[RuleViolation]:
	"""Never more than was delivered and has not come back, over all rows of the case; of each batch, too."""
	asked: dict[str, float] = defaultdict(float)
	of_batch: dict[tuple[str, str], float] = defaultdict(float)
	last: dict[str, CaseRow] = {}
	for row in rows:
		asked[row.source] += qty_of(row)
		last[row.source] = row
		if row.batch_no:
			of_batch[row.source, row.batch_no] += qty_of(row) * shipped[row.source].conversion_factor
	for source, qty in asked.items():
		it = shipped[source]
		left = rounded(it.shipped_qty - it.returned_qty)
		if is_less(left, qty):
			where = {"idx": last[source].idx, "item": it.item_code, "note": it.note, "uom": it.uom}
			yield RuleViolation("returned_too_much", **where, asked=rounded(qty), left=max(left, 0.0))
	for (source, batch), qty in of_batch.items():
		it = shipped[source]
		left = (it.batches or {}).get(batch, 0.0)
		if batch in (it.batches or {}) and is_less(left, qty):
			where = {"idx": last[source].idx, "item": it.item_code, "note": it.note, "batch": batch}
			yield RuleViolation("batch_returned_too_much", **where, asked=rounded(qty), left=rounded(left))


def _twice(rows: Sequence[CaseRow]) -> Iterator[RuleViolation]:
	seen: set[tuple[str, str]] = set()
	for row in rows:
		for serial in row.serials:
			if (row.source, serial) in seen:
				yield RuleViolation("serial_twice", idx=row.idx, serial=serial)
			seen.add((row.source, serial))


def _undecided(row: CaseRow, shipped: ShippedRow) -> Iterator[RuleViolation]:
	where = {"idx": row.idx, "item": shipped.item_code}
	if not row.decision:
		yield RuleViolation("decision_missing", **where)
	if not row.remedy:
		yield RuleViolation("remedy_missing", **where)
	if shipped.is_disabled:
		yield RuleViolation("item_is_disabled", **where)
	if shipped.has_serials and not row.serials:
		yield RuleViolation("serials_missing", **where)
	if shipped.batches and not shipped.has_serials and not row.batch_no:
		yield RuleViolation("batch_missing", **where)
	if row.decision == RESTOCK:
		yield from _unfit_for_stock(row, shipped, where)


def _unfit_for_stock(row: CaseRow, shipped: ShippedRow, where: dict) -> Iterator[RuleViolation]:
	if shipped.asks_inspection and is_less(row.inspected_qty, row.received_qty):
		yield RuleViolation("not_inspected", **where, inspected=row.inspected_qty, received=row.received_qty)
	elif shipped.asks_inspection and not row.inspection:
		yield RuleViolation("inspection_missing", **where)
	elif shipped.asks_inspection and row.inspection != "Accepted":
		yield RuleViolation("inspection_rejected", **where)
	if row.batch_no in shipped.expired:
		yield RuleViolation("batch_expired", **where, batch=row.batch_no)
