"""Which Billing Policy an order falls under, and which periods are over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ON_ORDER, ON_DISPATCH, ON_PROOF = "On Order", "On Dispatch", "On Proof"
ORDER, DELIVERY_NOTE, CUSTOMER_AND_PERIOD = "Order", "Delivery Note", "Customer and Period"


@dataclass(frozen=True, slots=True)
class BillingPolicyFacts:
	"""An enabled policy; an empty ``company`` or ``customer_group`` means any."""

	name: str
	company: str
	customer_group: str
	moment: str
	invoice_per: str
	period: str
	draft_by_itself: bool


def billing_policy_of(
	policies: Iterable[BillingPolicyFacts], company: str, groups: Sequence[str]
) -> BillingPolicyFacts | None:
	"""The narrowest that fits. ``groups``: the customer's group and those above it, the narrowest first.

	A policy for a group goes before one for a company, a nearer group before a wider one.
	"""
	fitting = [
		it
		for it in policies
		if it.company in ("", company) and (not it.customer_group or it.customer_group in groups)
	]

	def width(it: BillingPolicyFacts) -> tuple[int, bool, str]:
		far = groups.index(it.customer_group) if it.customer_group else len(groups)
		return (far, not it.company, it.name)

	return min(fitting, key=width, default=None)


def first_day(period: str, today: date) -> date:
	"""The first day of the period that runs: what was before it is over."""
	if period == "Day":
		return today
	return today.replace(day=1) if period == "Month" else today - timedelta(days=today.weekday())
