"""What payment terms come to: days of credit, share and discount, however they are named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

AFTER_DATE, AFTER_MONTH, MONTHS_AFTER = (
	"Day(s) after invoice date",
	"Day(s) after the end of the invoice month",
	"Month(s) after the end of the invoice month",
)


@dataclass(frozen=True, slots=True)
class Term:
	"""A row of a template. ``share`` in percent; ``discount`` in percent, or an amount if ``is_amount``.

	``basis``, ``days``, ``months``: when it is due; ``early_basis``, ``early``: until when it is cheaper.
	"""

	share: float
	basis: str = AFTER_DATE
	days: int = 0
	months: int = 0
	discount: float = 0.0
	is_amount: bool = False
	early_basis: str = AFTER_DATE
	early: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Instalment:
	"""What is to be paid ``days`` after the order. ``early_days``: how long the discount is given."""

	days: int
	share: float
	discount: float = 0.0
	is_amount: bool = False
	early_days: int = 0


AT_ONCE = (Instalment(0, 100.0),)


def instalments(terms: Iterable[Term], ordered_on: date) -> tuple[Instalment, ...]:
	"""What a template comes to for an order of that day.

	Source: ERPNext `accounts_controller.get_due_date`, `get_discount_date`, 15.71.
	"""
	return joined(
		Instalment(
			max((_due(ordered_on, it.basis, it.days, it.months) - ordered_on).days, 0),
			it.share,
			it.discount,
			it.is_amount,
			max((_due(ordered_on, it.early_basis, it.early, it.early) - ordered_on).days, 0)
			if it.discount
			else 0,
		)
		for it in terms
	)


def joined(rows: Iterable[Instalment]) -> tuple[Instalment, ...]:
	"""Instalments in their plainest form, earliest first: those that differ by their share alone are one."""
	shares: dict[tuple[Any, ...], float] = {}
	for row in rows:
		key = (row.days, row.discount, row.is_amount, row.early_days if row.discount else 0)
		shares[key] = shares.get(key, 0.0) + row.share
	return tuple(
		sorted(
			Instalment(days, round(share, 2), discount, is_amount, early)
			for (days, discount, is_amount, early), share in shares.items()
			if share or discount
		)
	)


def is_special(written: tuple[Instalment, ...], usual: tuple[Instalment, ...]) -> bool:
	"""Whether the order is paid otherwise than usual.

	Paying everything at once asks for nothing, and neither do the usual terms with fewer days: a schedule
	that was copied from a Quotation still counts from the Quotation's date.
	"""
	if written in ((), AT_ONCE):
		return False
	return len(written) != len(usual) or any(
		(now.share, now.discount, now.is_amount) != (then.share, then.discount, then.is_amount)
		or now.days > then.days
		or now.early_days > then.early_days
		for now, then in zip(written, usual, strict=True)
	)


def _due(start: date, basis: str, days: int, months: int) -> date:
	if basis == MONTHS_AFTER:
		years, month = divmod(start.month - 1 + months, 12)
		return _end_of_month(date(start.year + years, month + 1, 1))
	return (_end_of_month(start) if basis == AFTER_MONTH else start) + timedelta(days=days)


def _end_of_month(day: date) -> date:
	return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
