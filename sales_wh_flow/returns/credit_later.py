"""Credit what came back after the fact, and say what may be done with a case next."""

import frappe

from sales_wh_flow.base.may import may
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import case_state, credit, late, open_case, post, waive
from sales_wh_flow.returns.answers import NextOfCase, PostedCase, RowToInspect
from sales_wh_flow.returns.rules.facts import CANCELLED, NOTHING, OPEN, PARTLY_POSTED, REPAIR
from sales_wh_flow.returns.store import invoiced


def credit_case(name: str) -> PostedCase:
	"""Make the credit notes that are due of a case whose goods are back; submitted by the setting."""
	open_case.check_is_on()
	case = post.held_case(name)
	before = len(case.documents)
	credit.make_credit_notes(case)
	if len(case.documents) == before and any(credit.not_credited(case)):
		refuse(RuleViolation("nothing_invoiced", case=name))
	post.submit_drafts(case)
	case_state.save_case(case)
	return case_state.shown_case(case)


def what_next(case) -> NextOfCase:
	"""What the form of a case offers the session's user: only what will work."""
	is_alive = is_on(RETURNS) and case.state != CANCELLED
	answer = case_state.shown_case(case)
	has_drafts = any(it["docstatus"] == 0 for it in answer["documents"])
	is_due = is_positive(answer["not_credited"])
	is_late = late.waits(case)
	asks = waive.asks_of_case(case) if is_late else ()
	may_write = may(case, "write")
	may_return = bool(may_write and frappe.has_permission("Delivery Note", "create"))
	came = [row for row in case.rows if not row.return_note and is_positive(row.received_qty or 0)]
	undecided = [row.idx for row in came if not (row.decision and row.remedy)]
	return {
		**answer,
		"may_post": bool(is_alive and may_return and came and not (undecided or is_late)),
		"may_credit": bool(is_alive and is_due and credit.may_credit()),
		"may_waive": bool(is_alive and is_late and waive.may_waive(case, asks)),
		"may_cancel": bool(is_alive and may_write and case.state == OPEN and not case.documents),
		"may_end": bool(is_alive and may_write and case.state == PARTLY_POSTED and not came),
		"may_fill": bool(is_alive and may_write and case.state in (OPEN, PARTLY_POSTED)),
		"to_inspect": _to_inspect(case) if is_alive else [],
		"given_away": _given_away(case) if is_alive else [],
		"has_drafts": has_drafts,
		"undecided": undecided,
		"without_serials": _without_serials(came) if is_alive else [],
		"waits_for_waiver": bool(is_alive and is_late),
		"waivers": waive.waivers_shown(case, asks),
	}


def _given_away(case) -> list[int]:
	"""The numbers of rows that nobody has invoiced, and that are to be paid all the same: ERPNext's own
	invoice of the note leaves out all that came back.
	"""
	return [
		row.idx
		for row in case.rows
		if row.remedy in (NOTHING, REPAIR)
		and not invoiced.invoices_of([row.delivery_note_item], [row.sales_order_item])
	]


def _without_serials(came) -> list[int]:
	"""The numbers of rows that are here, and whose serial numbers somebody has to say."""
	return [
		row.idx
		for row in came
		if not row.serial_nos and frappe.get_cached_value("Item", row.item_code, "has_serial_no")
	]


def _to_inspect(case) -> list[RowToInspect]:
	"""Rows that are here, whose item asks for inspection, for who may make it."""
	if not frappe.has_permission("Quality Inspection", "create"):
		return []
	return [
		{"row": row.name, "idx": row.idx}
		for row in case.rows
		if not row.return_note
		and is_positive(row.received_qty or 0)
		and frappe.get_cached_value("Item", row.item_code, "inspection_required_before_delivery")
	]
