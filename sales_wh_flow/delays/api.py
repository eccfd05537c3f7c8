"""What the desk and other programs may call about delayed orders."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.base.answers import CardNumber
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.delays import act, worklist
from sales_wh_flow.delays.answers import MyDelay


@frappe.whitelist(methods=["GET"])
@border.checked(of_everybody=border.flag)
def my_delays(of_everybody: bool | str | int = False) -> list[MyDelay]:
	"""The delay alerts of the session's user, those that are snoozed last, the latest first; at most 200.

	``of_everybody``: also those that are others' to mend; for managers.
	"""
	frappe.has_permission("Delay Alert", "read", throw=True)
	if not of_everybody:
		return worklist.delays_of_me()
	if act.RULERS.isdisjoint(frappe.get_roles()):
		refuse(RuleViolation("delays_of_others"))
	return worklist.delays_of_all()


@frappe.whitelist(methods=["POST"])
@border.checked(alert=border.name)
def snooze(alert: str, until: str, reason: str) -> str:
	"""Put an alert off until then, and say why. Returns the moment."""
	return act.snooze(_readable(alert), until, reason)


@frappe.whitelist(methods=["POST"])
@border.checked(alert=border.name, to_user=border.name)
def hand_over(alert: str, to_user: str, reason: str) -> str:
	"""Give an alert to somebody else, and say why. Returns the user."""
	return act.hand_over(_readable(alert), to_user, reason)


def _readable(name: str):
	alert = frappe.get_doc("Delay Alert", name)
	alert.check_permission("read")
	return alert


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def delays_waiting_for_me(filters: str | dict | list | None = None) -> CardNumber:
	"""For the number card: how many delayed orders are mine to do something about, and where they stand."""
	frappe.has_permission("Delay Alert", "read", throw=True)
	return {"value": worklist.count_of_me(), "fieldtype": "Int", "route": ["my-delays"]}
