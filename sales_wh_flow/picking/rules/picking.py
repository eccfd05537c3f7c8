"""What is to be picked: the locks, less what is on a Pick List already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.stock_lock.rules.facts import PickFacts


def plan_picking(locked: Iterable[PickFacts], listed: Iterable[PickFacts]) -> tuple[PickFacts, ...]:
	"""One row per line, warehouse and batch that still has to go on a Pick List, in the order of the locks.

	``locked``: what the locks hold, one entry per batch or serial number. ``listed``: what open Pick Lists
	hold.
	"""
	on_lists: dict[tuple[Any, ...], float] = defaultdict(float)
	listed_serials: set[str] = set()
	for pick in listed:
		if pick.serial_nos:
			listed_serials.update(pick.serial_nos)
		else:
			on_lists[_key(pick)] += pick.qty_stock
	rows: dict[tuple[Any, ...], PickFacts] = {}
	for lock in locked:
		left = _left(lock, on_lists, listed_serials)
		if left is None:
			continue
		key = _key(left)
		known = rows.get(key)
		rows[key] = (
			left
			if known is None
			else replace(
				known,
				qty_stock=rounded(known.qty_stock + left.qty_stock),
				serial_nos=(*known.serial_nos, *left.serial_nos),
			)
		)
	return tuple(rows.values())


def without_missing(
	planned: Iterable[PickFacts],
	missing: Mapping[tuple[str, str, str], float],
	lines: Mapping[str, str],
) -> tuple[PickFacts, ...]:
	"""What is left to pick when what was not found at a place is not sent for again. ``missing``: by order
	row, item and warehouse; ``lines``: {component of a bundle: its order row}.
	"""
	left, rows = dict(missing), []
	for pick in planned:
		key = (lines.get(pick.sales_order_item, pick.sales_order_item), pick.item_code, pick.warehouse)
		gone = min(left.get(key, 0.0), pick.qty_stock)
		left[key] = left.get(key, 0.0) - gone
		qty = rounded(pick.qty_stock - gone)
		if is_positive(qty):
			serials = pick.serial_nos[: int(qty)]
			rows.append(replace(pick, qty_stock=qty, serial_nos=serials) if gone else pick)
	return tuple(rows)


def over_picked(
	order: str, rows: Iterable[PickFacts], held: Mapping[tuple[str, str], float]
) -> tuple[RuleViolation, ...]:
	"""The rows that pick more than is held for their line in their warehouse; ``held`` is keyed by both."""
	left, problems = dict(held), []
	for row in rows:
		key = (row.sales_order_item, row.warehouse)
		available = left.get(key, 0.0)
		left[key] = available - row.qty_stock
		if is_positive(row.qty_stock - available):
			problems.append(
				RuleViolation(
					"picked_more_than_locked",
					idx=row.idx,
					qty=row.qty_stock,
					item=row.item_code,
					warehouse=row.warehouse,
					order=order,
					locked=max(rounded(available), 0.0),
				)
			)
	return tuple(problems)


def _left(
	lock: PickFacts, on_lists: dict[tuple[Any, ...], float], listed_serials: set[str]
) -> PickFacts | None:
	"""What of a lock is on no list; takes it out of ``on_lists``."""
	if lock.serial_nos:
		return None if listed_serials.issuperset(lock.serial_nos) else lock
	taken = min(on_lists[_key(lock)], lock.qty_stock)
	on_lists[_key(lock)] -= taken
	qty = rounded(lock.qty_stock - taken)
	return replace(lock, qty_stock=qty) if is_positive(qty) else None


def _key(pick: PickFacts) -> tuple[Any, ...]:
	return (pick.sales_order_item, pick.warehouse, pick.batch_no)
