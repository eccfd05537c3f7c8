"""How much of a price is goods and how much is tax, where prices are written with tax inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ON_NET, ON_ROW_AMOUNT, ON_ROW_TOTAL, ON_QUANTITY = (
	"On Net Total",
	"On Previous Row Amount",
	"On Previous Row Total",
	"On Item Quantity",
)


@dataclass(frozen=True, slots=True)
class TaxRow:
	"""A row of an order's taxes. ``rate``: percent, or the amount for each piece of *On Item Quantity*.

	``based_on``: the number of the row it is based on, counted from 1; 0 = none. ``is_inside``: the price of
	the goods includes it.
	"""

	account: str
	charge_type: str
	rate: float
	is_inside: bool
	based_on: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
	"""Tax inside a line's price: ``share`` of the net price, and ``per_piece`` for each piece sold."""

	share: float = 0.0
	per_piece: float = 0.0

	def net(self, amount: float, qty: float) -> float:
		"""The amount without its tax, in the same currency. ``qty``: in the line's own UOM."""
		return (amount - self.per_piece * qty) / (1 + self.share)


NOTHING_INSIDE = Inside()


def inside(rows: Sequence[TaxRow], own_rates: Mapping[str, float]) -> Inside:
	"""The tax inside the prices of one line. ``own_rates``: account -> rate of the line's own tax template.

	By rates and not by the amounts of the order: those are rounded, and would move by a cent when a line is
	split. Source: ERPNext `taxes_and_totals.determine_exclusive_rate`, 15.71.
	"""
	amounts: list[float] = []
	totals: list[float] = []
	per_piece = 0.0
	for row in rows:
		rate = own_rates.get(row.account, row.rate)
		amount = 0.0
		if row.is_inside:
			amount = rate / 100 * _base(row, amounts, totals)
			if row.charge_type == ON_QUANTITY:
				per_piece += rate
		amounts.append(amount)
		totals.append((totals[-1] if totals else 1.0) + amount)
	return Inside(totals[-1] - 1, per_piece) if totals else NOTHING_INSIDE


def _base(row: TaxRow, amounts: Sequence[float], totals: Sequence[float]) -> float:
	"""What the rate is a percentage of, where the net price is 1."""
	if row.charge_type == ON_NET:
		return 1.0
	before = row.based_on - 1
	if not 0 <= before < len(amounts):
		return 0.0
	return {ON_ROW_AMOUNT: amounts, ON_ROW_TOTAL: totals}.get(row.charge_type, (0.0,) * len(amounts))[before]
