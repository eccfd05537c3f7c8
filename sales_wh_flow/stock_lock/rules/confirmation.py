"""What of a plan still holds under the locks: stock and demand may have changed since it was made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.rules.allocation import FULL_LINES, FULL_ORDER, in_units
from sales_wh_flow.stock_lock.rules.facts import WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import ServingGrant


def confirmed(
	grants: Iterable[ServingGrant], lines: Iterable[WaitingLine], free: Mapping[BinKey, float]
) -> tuple[ServingGrant, ...]:
	"""What of a plan still holds, now that everything is locked: never more than is free or waited for.

	A line that wants all or nothing, and an order that does, gets nothing when a part of it is gone. Of a
	bundle each component gets what completes as many as the scarcest still can.
	"""
	planned, now = tuple(grants), {line.row: line for line in lines}
	wanted = {grant.row: grant.qty_stock for grant in planned}
	missed = {line.order for line in now.values() if line.take == FULL_ORDER and line.row not in wanted}
	left, can = dict(free), {}
	for unit in _planned_together(planned, now):
		given = _still_there(unit, wanted, left)
		if unit[0].take in (FULL_LINES, FULL_ORDER) and bundles.lacks_some(unit, given):
			given = [0.0] * len(unit)
		for line, qty in zip(unit, given, strict=True):
			can[line.row] = rounded(qty)
			left[line.bin_key] = rounded(left.get(line.bin_key, 0.0) - qty)
			if line.take == FULL_ORDER and not is_positive(qty):
				missed.add(line.order)
	return tuple(
		replace(grant, qty_stock=can[grant.row])
		for grant in planned
		if is_positive(can.get(grant.row, 0.0)) and grant.order not in missed
	)


def _planned_together(
	planned: Iterable[ServingGrant], now: Mapping[str, WaitingLine]
) -> list[tuple[WaitingLine, ...]]:
	"""The lines of a plan that still wait, in its order; all that waits of a bundle at the place of the
	first.
	"""
	parts: dict[tuple[str, str], list[WaitingLine]] = defaultdict(list)
	for line in now.values():
		parts[line.order, line.bundle].append(line)
	units: dict[tuple[str, str], tuple[WaitingLine, ...]] = {}
	for line in (now[grant.row] for grant in planned if grant.row in now):
		together = parts[line.order, line.bundle] if line.bundle else [line]
		units.setdefault((line.order, line.bundle or line.row), tuple(together))
	return list(units.values())


def _still_there(
	unit: Sequence[WaitingLine], wanted: Mapping[str, float], left: Mapping[BinKey, float]
) -> list[float]:
	"""What each line of a unit can have of what was planned for it."""
	planned: dict[BinKey, float] = defaultdict(float)
	for line in unit:
		planned[line.bin_key] += wanted.get(line.row, 0.0)
	there = {key: min(qty, max(left.get(key, 0.0), 0.0)) for key, qty in planned.items()}
	if unit[0].bundle:
		return bundles.share([bundles.waiting_part(line) for line in unit], there)
	(line,) = unit
	return [in_units(line, line.qty_stock, min(there[line.bin_key], line.qty_stock))]
