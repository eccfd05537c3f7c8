"""Promise an order for another day: somebody decided so, and says why."""

from datetime import date

import frappe
from frappe.utils import add_years, getdate, nowdate

from sales_wh_flow.base import timeline
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.settings import FORECAST, is_on
from sales_wh_flow.order import refresh_forecast
from sales_wh_flow.order import timeline as words
from sales_wh_flow.order.answers import NewPromise
from sales_wh_flow.order.rules.held_statuses import OVER
from sales_wh_flow.order.store import forecast as store

_FURTHEST_YEARS = 5
"""A later day is a slip of the finger."""


def promise(order, day: str, reason: str) -> NewPromise:
	"""The last promise of a submitted order becomes this day; what was requested and promised first stays.

	The caller has checked that the session's user may change the order. Raises: ValidationError for a draft,
	an order that is over, a day that is past, or without a reason.
	"""
	new = getdate(day)
	_check(order, new)
	why = require_reason(reason, RuleViolation("promise_without_reason"))
	known = store.hold_promise(order.name)
	store.set_last_promise(order.name, new)
	timeline.note(order, words.promised_anew, day=new, before=known, reason=why)
	refresh_forecast.refresh_forecasts([order.name])
	lateness = frappe.db.get_value("Sales Order", order.name, "swf_lateness")
	return {"promised_on": str(new), "lateness": lateness or ""}


def _check(order, day: date) -> None:
	problems = []
	if not is_on(FORECAST):
		problems.append(RuleViolation("forecast_is_off"))
	if not order.docstatus.is_submitted() or order.status in OVER:
		problems.append(RuleViolation("nothing_to_promise", order=order.name))
	if day < getdate(nowdate()):
		problems.append(RuleViolation("promise_in_the_past", day=day))
	if day > getdate(add_years(nowdate(), _FURTHEST_YEARS)):
		problems.append(RuleViolation("promise_too_far", day=day, years=_FURTHEST_YEARS))
	if problems:
		refuse(problems)
