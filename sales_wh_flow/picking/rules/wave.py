"""Waves: many orders of a warehouse picked in one walk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.stock_lock.rules.facts import PickFacts

BY_COURIER, BY_DAY, ALL = "Courier", "Day", "All"
GROUPINGS = (BY_COURIER, BY_DAY, ALL)


@dataclass(frozen=True, slots=True)
class Ready:
	"""An order with something locked in a warehouse that is on no Pick List. ``courier``: its name and
	service, "" for none.
	"""

	order: str
	courier: str
	ships_on: date
	lines: int = 1


@dataclass(frozen=True, slots=True)
class WaveGroup:
	"""Orders that could go into one wave; ``key`` names them: a courier, a day (ISO), or ""."""

	key: str
	orders: tuple[str, ...]
	lines: int


def groups(ready: Iterable[Ready], by: str) -> tuple[WaveGroup, ...]:
	"""The orders, grouped: by courier in alphabetical order (none last), by day earliest first, or all."""
	found: dict[str, list[Ready]] = {}
	for one in sorted(ready, key=lambda one: (one.ships_on, one.order)):
		found.setdefault(key_of(one, by), []).append(one)
	ordered = sorted(found.items(), key=lambda it: (not it[0], it[0]))
	return tuple(
		WaveGroup(key, tuple(one.order for one in ones), sum(one.lines for one in ones))
		for key, ones in ordered
	)


def key_of(one: Ready, by: str) -> str:
	"""What an order has in common with the others of its group."""
	if by == BY_COURIER:
		return one.courier
	return one.ships_on.isoformat() if by == BY_DAY else ""


def in_walking_order(rows: Iterable[tuple[str, PickFacts]]) -> tuple[tuple[str, PickFacts], ...]:
	"""(order, pick) rows as somebody walks from Bin to Bin: by warehouse, item and batch, then by order, so
	that each Bin is visited once.
	"""
	return tuple(
		sorted(
			rows,
			key=lambda it: (
				it[1].warehouse,
				it[1].item_code,
				it[1].batch_no or "",
				it[0],
				it[1].sales_order_item,
			),
		)
	)


def short(wanted_stock: float, found_stock: float) -> float:
	"""What a picker did not find of a row."""
	return max(rounded(wanted_stock - max(found_stock, 0.0)), 0.0)
