"""Which Message Rules speak of an order, and which of their templates a reader gets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CUSTOMER, SELLER, WAREHOUSE, ACCOUNTS = "Customer", "Seller", "Warehouse", "Accounts"
MAIL, DESK, WEBHOOK, NOTIFICATION = "Mail", "Desk", "Webhook", "Notification"
SHADOW, ON = "Shadow", "On"

ROLES = {WAREHOUSE: "Stock User", ACCOUNTS: "Accounts User"}
"""Whom a rule tells that names no role."""


@dataclass(frozen=True, slots=True)
class MessageRuleFacts:
	"""A rule that is On or in Shadow; empty ``company`` or ``customer_group`` means any. ``templates``:
	(language, Email Template), an empty language for all others.
	"""

	name: str
	state: str
	milestone: str
	audience: str
	channel: str
	company: str
	customer_group: str
	receiver_role: str
	digest: bool
	webhook_shown: str
	notification: str
	templates: tuple[tuple[str, str], ...] = ()

	@property
	def role(self) -> str:
		return self.receiver_role or ROLES.get(self.audience, "")


def rules_for(
	rules: Iterable[MessageRuleFacts], milestone: str, company: str, groups: Sequence[str]
) -> tuple[MessageRuleFacts, ...]:
	"""Those that speak of this milestone of an order. ``groups``: the customer's and all above it."""
	return tuple(
		it
		for it in rules
		if it.milestone == milestone
		and it.company in ("", company)
		and (not it.customer_group or it.customer_group in groups)
	)


def template_in(templates: Sequence[tuple[str, str]], language: str) -> str:
	"""The Email Template for a reader of this language, "" for the app's own words. de-AT reads de."""
	known = dict(templates)
	for wanted in (language, language.partition("-")[0], ""):
		if wanted in known:
			return known[wanted]
	return ""
