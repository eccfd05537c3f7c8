"""One list a person: the delayed orders that are his to do something about."""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.delays import follow, sayings
from sales_wh_flow.delays.answers import MyDelay
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.order import permissions

MOST = 200


def delays_of_me() -> list[MyDelay]:
	"""The delay alerts of the session's user, the latest first, those snoozed last; one statement."""
	return in_words(delays_of(frappe.session.user, MOST))


def delays_of_all() -> list[MyDelay]:
	"""The delay alerts of everybody, of orders that the session's user may read; one statement."""
	if follow.mode() == follow.OFF:
		return []
	user = frappe.session.user
	visible = permissions.of_visible_orders(store.DOCTYPE, user)
	return in_words(store.worklist(user, (), visible, MOST, of_everybody=True))


def delays_of(user: str, most: int) -> list[dict]:
	"""The delays that are a user's matter, as stored; one statement."""
	if follow.mode() == follow.OFF:
		return []
	visible = permissions.of_visible_orders(store.DOCTYPE, user)
	return store.worklist(user, frappe.get_roles(user), visible, most)


def count_of_me() -> int:
	"""How many delays are the session user's matter and awake, also those beyond the list; one statement."""
	if follow.mode() == follow.OFF:
		return 0
	user = frappe.session.user
	return store.count_open(user, frappe.get_roles(user), permissions.of_visible_orders(store.DOCTYPE, user))


def in_words(rows: list[dict]) -> list[MyDelay]:
	"""The rows of the work list with cause and next step worded in the reader's language."""
	return [
		{
			"name": row["name"],
			"sales_order": row["sales_order"],
			"customer_name": row["customer_name"],
			"flow_status": row["flow_status"],
			"stage": row["stage"],
			"warehouse": row["warehouse"],
			"lateness": row["lateness"],
			"promised_on": str(row["promised_on"] or ""),
			"expected_on": str(row["expected_on"] or ""),
			"cause": said.worded(row["cause"]),
			"best_step": row["best_step"],
			"step": sayings.step_words(row["best_step"]),
			"state": row["state"],
			"snoozed_until": str(row["snoozed_until"] or ""),
			"snooze_reason": row["snooze_reason"] or "",
			"due_on": str(row["due_on"] or ""),
			"level": row["level"],
			"responsible_user": row["responsible_user"],
			"responsible_name": row["responsible_name"],
			"responsible_role": row["responsible_role"],
		}
		for row in rows
	]
