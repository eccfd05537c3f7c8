"""One list a person: the delayed orders that are his to do something about."""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.delays import sayings
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.order import permissions

MOST = 200


def delays_of_me() -> list[dict]:
	"""Shape: see ``delays.api.my_delays``; one statement."""
	return in_words(delays_of(frappe.session.user))


def delays_of(user: str, most: int = MOST) -> list[dict]:
	"""The delays that are a user's matter, as stored; one statement."""
	visible = permissions.of_visible_orders(store.DOCTYPE, user)
	return store.worklist(user, frappe.get_roles(user), visible, most)


def in_words(rows: list[dict]) -> list[dict]:
	"""In words of the reader."""
	days = ("promised_on", "expected_on", "snoozed_until", "due_on")
	return [
		{
			**row,
			**{name: str(row[name] or "") for name in days},
			"cause": said.worded(row["cause"]),
			"step": sayings.step_words(row["best_step"]),
		}
		for row in rows
	]
