"""Where an order stands with its money."""

from dataclasses import dataclass
from datetime import date

from sales_wh_flow.base.quantities import HALF_CENT

STATES = (
	*("Not Invoiced", "To Invoice", "Partly Invoiced", "Invoiced"),
	*("Partly Paid", "Promised", "Overdue", "Paid", "Nothing to Pay"),
)
SETTLED = ("Paid", "Nothing to Pay")
"""Nobody has to do anything about the money any more."""


@dataclass(frozen=True, slots=True)
class MoneyFigures:
	"""Amounts in the company's currency; ``paid`` with advances on the order."""

	ordered: float
	invoiced: float
	paid: float
	overdue: float
	is_billed_in_full: bool = False
	due_on: date | None = None
	promised_until: date | None = None
	last_paid_on: date | None = None
	ordered_on: date | None = None

	@property
	def is_paid(self) -> bool:
		return self.is_billed_in_full and self.invoiced - self.paid < HALF_CENT

	@property
	def has_nothing_to_pay(self) -> bool:
		"""All of it came back before it was invoiced, or is credited."""
		return self.is_paid and self.invoiced < HALF_CENT <= self.ordered

	def is_settled_by(self, day: date) -> bool:
		"""Whether anything is invoiced, and nothing of that is open that was due by then."""
		is_open = self.invoiced - self.paid >= HALF_CENT
		return self.invoiced >= HALF_CENT and (not is_open or bool(self.due_on and self.due_on > day))

	@property
	def paid_on(self) -> date | None:
		return self.last_paid_on if self.is_paid else None

	@property
	def days_to_cash(self) -> int | None:
		"""None until all is paid."""
		if self.paid_on is None or self.ordered_on is None or self.has_nothing_to_pay:
			return None
		return (self.paid_on - self.ordered_on).days


@dataclass(frozen=True, slots=True)
class PromiseFacts:
	"""A promise to pay. ``state``: as it was last written."""

	promised_on: date
	made_on: date
	is_withdrawn: bool = False
	state: str = "Open"


def money_state(figures: MoneyFigures, may_be_invoiced: bool, today: date) -> str:
	"""One of STATES: what somebody has to do about next goes first."""
	if figures.is_paid:
		return "Nothing to Pay" if figures.has_nothing_to_pay else "Paid"
	if figures.overdue >= HALF_CENT:
		is_promised = figures.promised_until is not None and figures.promised_until >= today
		return "Promised" if is_promised else "Overdue"
	if may_be_invoiced:
		return "To Invoice"
	if figures.invoiced < HALF_CENT and not figures.is_billed_in_full:
		return "Not Invoiced"
	if not figures.is_billed_in_full:
		return "Partly Invoiced"
	return "Partly Paid" if figures.paid >= HALF_CENT else "Invoiced"


def promise_state(promise: PromiseFacts, figures: MoneyFigures, today: date) -> str:
	"""Kept once all that was due by its day is paid by then; what is invoiced, or due, later breaks it no
	more.
	"""
	if promise.is_withdrawn:
		return "Withdrawn"
	if figures.is_settled_by(promise.promised_on):
		if promise.state == "Kept":
			return "Kept"
		if figures.last_paid_on and figures.last_paid_on >= promise.made_on:
			return "Kept" if figures.last_paid_on <= promise.promised_on else "Broken"
	return "Broken" if promise.promised_on < today else "Open"
