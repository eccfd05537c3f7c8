"""What a customer owes and since when it is overdue, as accounts see it: instalment by instalment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.approval.rules.still_covers import rounded_money


@dataclass(frozen=True, slots=True)
class OpenVoucher:
	"""What is left open of a document of the customer's account; negative: money of his that settles nothing.

	``instalments``: (due, amount) of its payment schedule; empty = all is due on ``due``. Unit: company
	currency.
	"""

	name: str
	open_base: float
	due: date
	instalments: tuple[tuple[date, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Overdue:
	"""``count``: documents with something overdue; ``on_account_base``: money that settled nothing yet."""

	amount_base: float = 0.0
	count: int = 0
	oldest_days: int = 0
	on_account_base: float = 0.0


def overdue_debts(vouchers: Iterable[OpenVoucher], today: date) -> Overdue:
	"""What is overdue once the customer's money on account has paid the oldest debts first."""
	known = tuple(vouchers)
	on_account = left = rounded_money(-sum(it.open_base for it in known if it.open_base < 0))
	late = sorted(
		(due, it.name, amount) for it in known for due, amount in _unpaid(it) if due < today and amount > 0
	)
	amount, names, oldest = 0.0, set(), None
	for due, name, part in late:
		paid = min(left, part)
		left -= paid
		if rounded_money(part - paid) > 0:
			amount += part - paid
			names.add(name)
			oldest = oldest or due
	return Overdue(rounded_money(amount), len(names), (today - oldest).days if oldest else 0, on_account)


def _unpaid(voucher: OpenVoucher) -> Iterable[tuple[date, float]]:
	"""The parts not paid yet, the earliest instalments being paid first."""
	if voucher.open_base <= 0:
		return
	if not voucher.instalments:
		yield voucher.due, voucher.open_base
		return
	left = voucher.open_base
	for due, amount in sorted(voucher.instalments, reverse=True):
		part = min(left, amount)
		left -= part
		yield due, part
	if left > 0:
		yield min(due for due, _amount in voucher.instalments), left
