"""What is done for many orders of the board at once; who may do it is asked of each order."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.billing import by_hand
from sales_wh_flow.order import hold, promise_anew, refresh_status
from sales_wh_flow.picking import pick

MOST = 50
"""Orders in one call: what a request answers in time. The board sends more in parts."""

REFUSED = (
	*(frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError),
	*(frappe.QueryDeadlockError, frappe.QueryTimeoutError),
)
"""What ends the work for one order and leaves the others."""


@dataclass(frozen=True, slots=True)
class DeedForMany:
	"""``do``: of an order, returns the names of what was made, of ``doctype``."""

	doctype: str
	do: Callable


def deed_named(deed: str, day: str | None = None, reason: str | None = None) -> DeedForMany:
	"""Raises: ValidationError for a deed that there is not, PermissionError for who may do it to no order."""
	deeds = {
		"make_pick_lists": DeedForMany("Pick List", _make_pick_lists),
		"draft_invoice": DeedForMany("Sales Invoice", _draft_invoice),
		"promise": DeedForMany("Sales Order", lambda order: _promise(order, day or "", reason or "")),
	}
	if deed not in deeds:
		refuse(RuleViolation("no_such_deed", given=deed, known=", ".join(deeds)))
	found = deeds[deed]
	if found.doctype != "Sales Order":
		frappe.has_permission(found.doctype, "create", throw=True)
	elif not day:
		refuse(RuleViolation("promise_without_day"))
	return found


def do_to_held(name: str, deed: DeedForMany) -> list[str]:
	"""Do it to an order that is held first of all: what is read of it then is what others have done. Returns
	the names of what was made.
	"""
	return deed.do(hold.hold_order(name))


def _make_pick_lists(order) -> list[str]:
	order.check_permission("read")
	names = pick.make_lists(order)
	refresh_status.refresh_order(order.name)
	return names


def _draft_invoice(order) -> list[str]:
	order.check_permission("read")
	return [by_hand.draft_now(order.name)]


def _promise(order, day: str, reason: str) -> list[str]:
	order.check_permission("write")
	order.check_permission("submit")
	promise_anew.promise(order, day, reason)
	return []
