"""What is paid with money that was handed in: invoices first, then orders as an advance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_positive

_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class OpenDebt:
	"""``amount``: what is still to be paid of this invoice or order, in the currency of the customer's
	account.
	"""

	doctype: str
	name: str
	amount: float


def allocate(amount: float, owed: Iterable[OpenDebt]) -> list[OpenDebt]:
	"""The parts of an amount that pay each of these, in their order. What is over pays none of them."""
	left, found = amount, []
	for it in owed:
		part = round(min(left, it.amount), _DECIMALS)
		if is_positive(part):
			found.append(OpenDebt(it.doctype, it.name, part))
			left = round(left - part, _DECIMALS)
	return found


@dataclass(frozen=True, slots=True)
class MoneyOfProof:
	"""What a proof says was taken of a customer. ``orders``: what lay in the box."""

	proof: str
	company: str
	customer: str
	mode: str
	reference: str
	amount: float
	orders: tuple[str, ...]


def by_payment(rows: Iterable[MoneyOfProof]) -> list[Sequence[MoneyOfProof]]:
	"""What becomes one Payment Entry: of one customer, paid in one way, under one slip's number."""
	groups: dict[tuple, list[MoneyOfProof]] = {}
	for row in rows:
		groups.setdefault((row.company, row.customer, row.mode, row.reference), []).append(row)
	return [*groups.values()]
