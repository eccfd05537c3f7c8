"""What open orders would hold if each had locked its stock, the oldest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_less, rounded


@dataclass(frozen=True, slots=True)
class UndeliveredLine:
	"""A line that is still to be delivered. Unit: stock UOM."""

	order: str
	bin_key: BinKey
	open_stock: float


@dataclass(frozen=True, slots=True)
class LockedInTurn:
	"""What one order would hold: lines in full, lines in all, and the earlier orders it stands behind."""

	order: str
	full: int
	lines: int
	behind: tuple[str, ...]


def hold_in_turn(lines: Iterable[UndeliveredLine], free: Mapping[BinKey, float]) -> tuple[LockedInTurn, ...]:
	"""One for each order, in the order in which they are given: an earlier one takes first."""
	left = dict(free)
	takers: dict[BinKey, list[str]] = defaultdict(list)
	full: dict[str, int] = defaultdict(int)
	asked: dict[str, int] = {}
	behind: dict[str, set[str]] = defaultdict(set)
	for line in lines:
		asked[line.order] = asked.get(line.order, 0) + 1
		there = max(left.get(line.bin_key, 0.0), 0.0)
		if is_less(there, line.open_stock):
			behind[line.order].update(it for it in takers[line.bin_key] if it != line.order)
		else:
			full[line.order] += 1
		left[line.bin_key] = rounded(max(there - line.open_stock, 0.0))
		takers[line.bin_key].append(line.order)
	return tuple(
		LockedInTurn(one, full[one], lines_, tuple(sorted(behind[one]))) for one, lines_ in asked.items()
	)
