"""Let a return in after its window, or not; end a case that comes to nothing."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.returns import case_state, fill_case, late, post, sayings
from sales_wh_flow.returns.rules import windows
from sales_wh_flow.returns.rules.facts import CANCELLED, OPEN, PARTLY_POSTED, POSTED
from sales_wh_flow.returns.store import shipped as store


def check_may_waive(case) -> None:
	"""Raises: PermissionError naming the roles, unless the session's user may let the case in; of one that is
	not late, unless he may by the settings.
	"""
	found = late_goods_of(case) or late.by_settings()
	if not late.user_may_waive(case, found):
		refuse(_forbidden(case, found))


def late_goods_of(case):
	"""What of a stored case is too late."""
	rows = [row for row in fill_case.rows_of(case) if not row.is_posted]
	return late.read_late(case, rows, store.read_rows(row.source for row in rows))


def answer_late(name: str, answer: str, reason: str | None) -> None:
	"""A case that is too late is let in (WAIVED), or not (REFUSED); whoever opened it learns which.

	Raises: ValidationError without a reason, or where there is nothing to waive; PermissionError.
	"""
	case = post.held_case(name)
	why = require_reason(reason, RuleViolation("waiver_without_reason", case=name))
	if case.state in (CANCELLED, POSTED) or not case.is_outside_window:
		refuse(RuleViolation("nothing_to_waive", case=name))
	check_may_waive(case)
	if case.waived_by and (case.waiver_answer or late.WAIVED) == answer:
		return
	case.update(
		{
			"waiver_answer": answer,
			"waived_by": frappe.session.user,
			"waived_on": now_datetime(),
			"waiver_reason": str(why),
		}
	)
	fill_case.save_as_flow(case)
	told = sayings.late_is_let_in if answer == late.WAIVED else sayings.late_is_refused
	notify(_who_waits(case), name, said.keep(told, case=name, why=why), doctype="Return Case")


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


def expect_no_more(name: str) -> None:
	"""What was announced and did not come is not waited for any more; what was posted stays.

	Raises: ValidationError where nothing is posted, which is cancelled instead, and for goods that are here.
	"""
	case = post.held_case(name)
	if case.state == POSTED:
		return
	if case.state != PARTLY_POSTED:
		refuse(RuleViolation("nothing_is_posted", case=name))
	here = [row for row in case.rows if not row.return_note and is_positive(row.received_qty or 0)]
	refuse(RuleViolation("goods_are_here", idx=row.idx, item=row.item_code) for row in here)
	case.set("rows", [row for row in case.rows if row.return_note])
	case_state.save_case(case)


def _who_waits(case) -> set[str]:
	"""Whoever opened the case; who wrote the order, where a customer did."""
	owner = case.owner
	if owner == "Guest":
		owner = frappe.db.get_value("Sales Order", case.rows[0].sales_order, "owner")
	return {owner} - {frappe.session.user, None}


def _forbidden(case, found) -> RuleViolation:
	roles = windows.roles_that_waive(found)
	if not roles:
		return RuleViolation("nobody_waives", case=case.name, days=case.days_late)
	if set(roles) & set(frappe.get_roles()):
		return RuleViolation("waives_own_case", case=case.name)
	return RuleViolation("may_not_waive", role=", ".join(_(role) for role in roles))
