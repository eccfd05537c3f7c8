"""What a Return Case says of itself, whoever saves it: the facts of its rows are those of what was shipped.

People fill in what came, its condition and the decision. Everything else is put back to what is true.
"""

from collections.abc import Mapping

import frappe
from frappe.utils import now_datetime, nowdate

from sales_wh_flow.base import records
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.returns import asked
from sales_wh_flow.returns import late as lateness
from sales_wh_flow.returns.rules import judge
from sales_wh_flow.returns.rules.facts import (
	CANCELLED,
	FROM_PAGE,
	OPEN,
	PARTLY_POSTED,
	POSTED,
	CaseRow,
	ShippedRow,
)
from sales_wh_flow.returns.store import inspections
from sales_wh_flow.returns.store import shipped as store

_BY_FLOW = (
	*("state", "announced_on", "box", "waived_by", "waived_on", "waiver_reason", "waiver_answer"),
	*("is_outside_window", "days_late", "late_value", "late_since", "waiver_due_on"),
	*("cancel_reason", "announced_from"),
	*("return_courier", "return_tracking_no", "return_label", "scanned_boxes"),
)
_FLOW = object()
"""The flow's own mark on a case that it saves; no request can send it."""


def save_as_flow(case) -> None:
	"""Save what the flow wrote into a case. Whoever called the flow was checked at its entrance."""
	alongside(case).writer = _FLOW
	# Whoever may post or credit need not be one of those who fill cases in.
	case.flags.ignore_permissions = True
	try:
		case.save()
	finally:
		alongside(case).writer = None


def fill(case) -> None:
	"""Hook of every save. Raises: ValidationError with all that is wrong with the rows."""
	if alongside(case).writer is _FLOW:
		return
	before = case.get_doc_before_save()
	_refuse_ended(before)
	_put_back(case, before)
	shipped = store.read_rows(row.delivery_note_item for row in case.rows)
	_check_readable(case, before, shipped)
	_name_customer(case, shipped)
	for row in case.rows:
		_fill_row(row, shipped.get(row.delivery_note_item))
		_stamp(row)
	_fill_only_serials(case, shipped)
	rows = rows_of(case)
	refuse(judge.problems_of_case(rows, shipped, case.customer, case.company, is_of_box=bool(case.box)))
	case.state = state_by_rows(case)
	orders = {row.sales_order for row in case.rows}
	case.sales_order = orders.pop() if len(orders) == 1 else None
	late = lateness.read_late(case, [row for row in rows if not row.is_posted], shipped)
	if lateness.note_late(case, late):
		asks = asked.asks_of(case, late, shipped)
		lateness.set_due(case, asks)
		alongside(case).asks = asks


def tell_of_late(case) -> None:
	"""Hook after each save: whoever may let late goods in is told once that they wait for that."""
	asks = alongside(case).take("asks")
	if asks:
		lateness.tell_who_may_waive(case, asks)


def rows_of(case) -> tuple[CaseRow, ...]:
	"""The rows of a case as its rules take them."""
	said_by = inspections.results_of(row.quality_inspection for row in case.rows)
	return tuple(
		CaseRow(
			row.idx,
			row.name or f"new {row.idx}",
			row.delivery_note_item or "",
			row.expected_qty or 0.0,
			row.received_qty or 0.0,
			row.inspected_qty or 0.0,
			row.batch_no or "",
			serials_in(row.serial_nos),
			row.decision or "",
			row.remedy or "",
			bool(row.return_note),
			said_by.get((row.quality_inspection, row.item_code, row.delivery_note), ""),
			row.reason or "",
			row.credited_qty or 0.0,
			_credit_notes(case, row) if is_positive(row.credited_qty or 0) else (),
		)
		for row in case.rows
	)


def _credit_notes(case, row) -> tuple[str, ...]:
	return tuple(
		it.document_name
		for it in case.documents
		if it.case_row == row.name and it.document_type == "Sales Invoice"
	)


def state_by_rows(case) -> str:
	"""How far a case is that is not cancelled: what is still to come keeps it from being posted."""
	if not any(row.return_note for row in case.rows):
		return OPEN
	claims = [max(row.expected_qty or 0, row.received_qty or 0) for row in case.rows if not row.return_note]
	return PARTLY_POSTED if any(is_positive(qty) for qty in claims) else POSTED


def serials_in(text: str | None) -> tuple[str, ...]:
	"""The serial numbers of a text, one a line or with commas between them."""
	return tuple(it.strip() for it in (text or "").replace(",", "\n").split("\n") if it.strip())


def check_may_be_deleted(case) -> None:
	"""Raises: ValidationError for a case that has made documents, or was cancelled; not while sample data or
	old records are removed.
	"""
	if (case.documents or case.state != OPEN) and not records.are_removed():
		refuse(RuleViolation("case_is_kept", case=case.name, state=case.state))


def _check_readable(case, before, shipped: Mapping[str, ShippedRow]) -> None:
	"""Nobody learns by a case what was shipped with a note that is not theirs to read."""
	if alongside(case).from_box or alongside(case).from_page:
		return  # opened by the receipt of a box, whoever brought it, or by the customer whose goods they are
	known = {row.delivery_note_item for row in before.rows} if before else set()
	new = {row.delivery_note_item for row in case.rows} - known
	for note in sorted({shipped[row].note for row in new if row in shipped}):
		frappe.get_doc("Delivery Note", note).check_permission("read")


def _refuse_ended(before) -> None:
	if before and before.state in (POSTED, CANCELLED):
		refuse(RuleViolation("case_is_ended", case=before.name, state=before.state))


def _put_back(case, before) -> None:
	"""What the flow alone writes; rows that are posted stay as they were posted."""
	for field in _BY_FLOW:
		case.set(field, before.get(field) if before else None)
	scanned = dict.fromkeys((*(case.scanned_boxes or "").split("\n"), *alongside(case).scanned))
	case.scanned_boxes = "\n".join(box for box in scanned if box) or None
	if before:
		case.customer, case.company, case.customer_name = (
			before.customer,
			before.company,
			before.customer_name,
		)
	else:
		case.state, case.announced_on, case.box = OPEN, nowdate(), alongside(case).from_box
		case.announced_from = FROM_PAGE if alongside(case).from_page else None
	for table in ("documents", "waiver_answers"):
		case.set(table, [row.as_dict() for row in before.get(table)] if before else [])
	stored = {row.name: row for row in before.rows} if before else {}
	kept = {row.name for row in case.rows}
	refuse(
		RuleViolation("posted_row_is_kept", idx=row.idx, item=row.item_code, note=row.return_note)
		if row.return_note
		else RuleViolation(
			"credited_already",
			idx=row.idx,
			item=row.item_code,
			note=row.delivery_note,
			qty=row.credited_qty,
			bills=_credit_notes(before, row),
		)
		for name, row in stored.items()
		if (row.return_note or is_positive(row.credited_qty or 0)) and name not in kept
	)
	for row in case.rows:
		was = stored.get(row.name)
		if was and was.return_note:
			row.update({df.fieldname: was.get(df.fieldname) for df in row.meta.fields})
		else:
			row.return_note, row.credited_qty = None, was.credited_qty if was else 0.0
			row.received_on, row.decided_on = (was.received_on, was.decided_on) if was else (None, None)


def _name_customer(case, shipped: Mapping[str, ShippedRow]) -> None:
	"""A new case is of the customer and company whose goods its first row is about."""
	first = next(
		(shipped[row.delivery_note_item] for row in case.rows if row.delivery_note_item in shipped), None
	)
	if first and not case.get_doc_before_save():
		case.customer, case.company = first.customer, first.company
		case.customer_name = frappe.get_cached_value("Customer", first.customer, "customer_name")


def _fill_row(row, shipped: ShippedRow | None) -> None:
	if row.return_note or shipped is None:
		return
	row.update(
		{
			"item_code": shipped.item_code,
			"item_name": shipped.item_name,
			"delivery_note": shipped.note,
			"sales_order": shipped.order or None,
			"sales_order_item": shipped.order_row or None,
			"from_warehouse": shipped.warehouse,
			"shipped_qty": shipped.shipped_qty,
			"uom": shipped.uom,
			"conversion_factor": shipped.conversion_factor,
		}
	)
	if row.condition and not row.decision:
		row.decision = frappe.get_cached_value("Return Condition", row.condition, "decision")


def _fill_only_serials(case, shipped: Mapping[str, ShippedRow]) -> None:
	"""Where all that is still with the customer came back, its serial numbers are known."""
	open_rows = [row for row in case.rows if not row.return_note]
	for row in open_rows:
		it = shipped.get(row.delivery_note_item)
		is_alone = sum(other.delivery_note_item == row.delivery_note_item for other in open_rows) == 1
		if it and it.serials and is_alone and is_positive(row.received_qty) and not row.serial_nos:
			if rounded(row.received_qty * it.conversion_factor) == len(it.serials):
				row.serial_nos = "\n".join(sorted(it.serials))


def _stamp(row) -> None:
	"""When its goods were here, and when somebody had decided about them; kept as long as that is so."""
	is_here = bool(row.received_qty)
	is_decided = bool(is_here and row.decision and row.remedy)
	row.received_on = (row.received_on or now_datetime()) if is_here else None
	row.decided_on = (row.decided_on or now_datetime()) if is_decided else None
