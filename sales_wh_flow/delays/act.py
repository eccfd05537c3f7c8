"""What a person does about a delay alert: put it off, or hand it over. Each is kept with its reason."""

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.delays import follow, sayings
from sales_wh_flow.delays.rules import alerts
from sales_wh_flow.delays.rules.alerts import AlertAsIs
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.delays.store.alerts import Happening
from sales_wh_flow.order.permissions import readable_orders

RULERS = frozenset({"Sales Manager", "System Manager"})
"""Roles that may change anybody's alert."""
_LONGEST_SLEEP_DAYS = 60


def snooze(alert, until: str, reason: str) -> str:
	"""Nobody is asked, and nothing goes up a level, until then. Returns that moment."""
	moment = get_datetime(until)
	held = _mine(alert)
	if moment <= now_datetime():
		refuse(RuleViolation("snooze_in_the_past", until=moment, order=held.order))
	if moment > add_to_date(now_datetime(), days=_LONGEST_SLEEP_DAYS):
		refuse(RuleViolation("snooze_too_long", days=_LONGEST_SLEEP_DAYS, order=held.order))
	why = require_reason(reason, RuleViolation("alert_reason_missing", order=held.order))
	values = {"state": alerts.SNOOZED, "snoozed_until": moment, "snooze_reason": why}
	store.change_alerts({held.name: values})
	store.tell_happenings([Happening(held.name, alerts.SNOOZE, level=held.level, reason=why)])
	return str(moment)


def hand_over(alert, to_user: str, reason: str) -> str:
	"""It is this person's matter from now on, until it is done or goes up a level. Returns the person."""
	held = _mine(alert)
	why = require_reason(reason, RuleViolation("alert_reason_missing", order=held.order))
	if not _may_take_over(held, to_user):
		refuse(RuleViolation("cannot_take_over", user=to_user, order=held.order))
	values = {
		"responsible_user": to_user,
		"responsible_role": None,
		"is_handed_over": 1,
		"state": alerts.OPEN,
		"snoozed_until": None,
		"due_on": follow.due_from_now(held.order, held.level),
	}
	store.change_alerts({held.name: values})
	happening = Happening(held.name, alerts.HANDED_OVER, to_user, level=held.level, reason=why)
	store.tell_happenings([happening])
	notify([to_user], held.order, said.keep(sayings.news_of_delays, raised=0, escalated=1))
	return to_user


def _mine(alert) -> AlertAsIs:
	"""The alert, locked. Raises: ValidationError when it is done, PermissionError when it is not the session
	user's.
	"""
	held = store.hold_alert(alert.name)
	if held is None:
		refuse(RuleViolation("alert_is_done", order=alert.sales_order))
	if not _is_mine(held):
		refuse(RuleViolation("not_your_alert", order=held.order, owner=held.user or held.role))
	return held


def _is_mine(held: AlertAsIs) -> bool:
	roles = set(frappe.get_roles())
	if not RULERS.isdisjoint(roles):
		return True
	return held.user == frappe.session.user if held.user else held.role in roles


def _may_take_over(held: AlertAsIs, user: str) -> bool:
	is_there = frappe.db.get_value("User", {"name": user, "enabled": 1, "user_type": "System User"})
	return bool(is_there and readable_orders([held.order], user))
