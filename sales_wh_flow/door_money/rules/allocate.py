"""What is paid with money that was handed in: invoices first, then orders as an advance."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.delivery.rules.money import DECIMALS


@dataclass(frozen=True, slots=True)
class OpenDebt:
	"""``amount``: what is still to be paid of this invoice or order, in the currency of the customer's
	account; ``orders``: what it is for.
	"""

	doctype: str
	name: str
	amount: float
	orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenFor:
	"""So much of the money was taken for these orders."""

	amount: float
	orders: Collection[str]


def allocate(
	amount: float, claims: Iterable[TakenFor], owed: Sequence[OpenDebt]
) -> tuple[list[OpenDebt], list[OpenDebt]]:
	"""(the parts of an amount that pay each of these, what is owed after that), in their order.

	Each claim pays what is owed of its own orders, while the amount lasts. What is over pays nothing.
	"""
	left, open_still = amount, [it.amount for it in owed]
	for claim in claims:
		of_claim = min(left, claim.amount)
		for at, it in enumerate(owed):
			if not set(it.orders).isdisjoint(claim.orders):
				part = max(round(min(of_claim, open_still[at]), DECIMALS), 0.0)
				open_still[at], of_claim, left = (
					round(value - part, DECIMALS) for value in (open_still[at], of_claim, left)
				)
	paid = [round(it.amount - still, DECIMALS) for it, still in zip(owed, open_still, strict=True)]
	return (
		[replace(it, amount=part) for it, part in zip(owed, paid, strict=True) if is_positive(part)],
		[replace(it, amount=still) for it, still in zip(owed, open_still, strict=True)],
	)


@dataclass(frozen=True, slots=True)
class MoneyOfProof:
	"""What a proof says was taken of a customer. ``orders``: what lay in the box; ``due``: what was to be
	collected, for ``paid_orders``, those of them that are paid at the door.
	"""

	proof: str
	company: str
	customer: str
	mode: str
	reference: str
	amount: float
	orders: tuple[str, ...]
	due: float
	paid_orders: tuple[str, ...]


def by_payment(rows: Iterable[MoneyOfProof]) -> list[Sequence[MoneyOfProof]]:
	"""What becomes one Payment Entry: of one customer, paid in one way, under one slip's number."""
	groups: dict[tuple, list[MoneyOfProof]] = {}
	for row in rows:
		groups.setdefault((row.company, row.customer, row.mode, row.reference), []).append(row)
	return [*groups.values()]
