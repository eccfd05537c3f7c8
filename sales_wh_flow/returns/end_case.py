"""Let a return in after its window, or end a case that comes to nothing."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.returns import fill_case, post
from sales_wh_flow.returns.rules.facts import CANCELLED, OPEN


def check_may_waive() -> None:
	"""Raises: PermissionError unless the session's user has the role of the settings."""
	if post.waiver_role() not in frappe.get_roles():
		refuse(RuleViolation("may_not_waive", role=_(post.waiver_role())))


def let_in_late(name: str, reason: str | None) -> None:
	"""The window does not count for this case.

	Raises: ValidationError without a reason, or where there is nothing to waive.
	"""
	case = post.held_case(name)
	why = require_reason(reason, RuleViolation("waiver_without_reason", case=name))
	if case.state == CANCELLED or not case.is_outside_window:
		refuse(RuleViolation("nothing_to_waive", case=name))
	if not case.waived_by:
		case.update(
			{"waived_by": frappe.session.user, "waived_on": now_datetime(), "waiver_reason": str(why)}
		)
		fill_case.save_as_flow(case)


def cancel_case(name: str, reason: str | None) -> None:
	"""End a case of which nothing is posted; ended twice is ended once.

	Raises: ValidationError naming the documents that have to be cancelled first.
	"""
	case = post.held_case(name)
	if case.state == CANCELLED:
		return
	why = require_reason(reason, RuleViolation("cancel_without_reason", case=name))
	if case.state != OPEN or case.documents:
		made = tuple(dict.fromkeys(row.document_name for row in case.documents))
		refuse(RuleViolation("case_has_documents", case=name, documents=made))
	case.update({"state": CANCELLED, "cancel_reason": str(why)})
	fill_case.save_as_flow(case)
