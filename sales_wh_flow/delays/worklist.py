"""One list a person: the delayed orders that are his to do something about."""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.delays import sayings
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.order import permissions

MOST = 200


def delays_of_me() -> list[dict]:
	"""Shape: see ``delays.api.my_delays``; one statement."""
	visible = permissions.of_visible_orders(store.DOCTYPE, frappe.session.user)
	rows = store.worklist(frappe.session.user, frappe.get_roles(), visible, MOST)
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
