"""How often the customer's page is looked at: by the link that is shown, by the customer who is logged in; by
the address only for whoever shows a link that is not ours.
"""

import frappe

from sales_wh_flow.base import turns
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.milestones import page_link

MOST_LOOKS, _LOOKS_S = 60, 600
MOST_WRITTEN, _WRITTEN_S = 20, 3600


TOO_OFTEN = "page_too_often"
"""Somebody looks, or writes, more often than a customer does."""


def count_look(token: str | None) -> None:
	"""Raises: RuleViolation."""
	_count("customer_page", token, MOST_LOOKS, _LOOKS_S)


def count_written(token: str | None) -> None:
	"""Something is written on the page. Raises: RuleViolation."""
	_count("customer_page:written", token, MOST_WRITTEN, _WRITTEN_S)


def _count(what: str, token: str | None, most: int, seconds: int) -> None:
	if turns.count_turn(what, _who(token), seconds) > most:
		raise RuleViolation("page_too_often")


def _who(token: str | None) -> str:
	link = page_link.name_of_ours(token) if token else None
	if link:
		return f"link:{link}"
	if not token and frappe.session.user != "Guest":
		return f"user:{frappe.session.user}"
	request = getattr(frappe.local, "request", None)
	return f"address:{turns.address_of(request)}"
