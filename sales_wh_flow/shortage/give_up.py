"""Take what is missing out of an order: into a backorder of its own, or for good.

What is served stays as it is: its rows, locks and approvals. ERPNext users deliver, bill and close by order,
so a backorder is a Sales Order of its own that points at the one it was split off from.
"""

import frappe
from frappe.utils import add_days, cint, cstr, flt, getdate, nowdate

from sales_wh_flow.approval import keep_as_draft
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.store import workflows
from sales_wh_flow.base import control_fields, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.order_changes import change_lines
from sales_wh_flow.shortage import look, timeline
from sales_wh_flow.shortage.rules import ways_out as rules
from sales_wh_flow.shortage.rules.ways_out import ShortLine
from sales_wh_flow.shortage.store import actions, closed_lines


def backorder(
	order: str, rows: list[str] | None = None, due: str | None = None, *, is_automatic: bool = False
) -> str:
	"""Move what the rows miss into a Sales Order of its own, due on a later day. Returns its name.

	It is submitted at once where the approval rules let it, else it stays a draft to ask approval for.
	Prices stay as agreed; charges of a fixed amount stay with the first order. What was requested or ordered
	for the rows goes with them. Call it in a fresh transaction.
	Raises: ValidationError when nothing is missing, or nothing would stay.
	"""
	doc = hold.hold_submitted(order)
	short = look.lines_to_settle(doc, rows)
	found = rules.order_lines(short)
	left = _left(doc, found)
	made = _new_order(doc, found, _due(doc, short, due))
	# A policy splits whoever submits the order; else the desk asked for the right to create orders.
	made.flags.ignore_permissions = is_automatic
	made.insert()
	for line, row in zip(found, made.items, strict=True):
		order_rows.relink_supply(line.row, made.name, row.name)
		for part, new in _same_parts(doc, line.row, made, row.name):
			order_rows.relink_part_supply(part, made.name, new)
	change_lines.apply(order, left)
	is_submitted = _submit(made, is_automatic)
	actions.record_for(order, _missing(found), rules.BACKORDER, made)
	lines = actions.lines_to_tell(_missing(found))
	note(doc, timeline.split_off, order=made.name, lines=lines, is_submitted=is_submitted)
	note(made, timeline.split_from, order=doc.name)
	refresh_status.refresh_order(doc.name)
	return made.name


def close_short(order: str, reason: str, rows: list[str] | None = None) -> float:
	"""Bring the ordered quantity of the rows down to what was served, of bundles to the whole ones that their
	components make. Returns what was given up, in stock UOM. Call it in a fresh transaction.

	Raises: ValidationError without a reason, when nothing is missing, or nothing would stay.
	"""
	why = require_reason(reason, RuleViolation("why_missing", order=order))
	doc = hold.hold_submitted(order)
	found = rules.order_lines(look.lines_to_settle(doc, rows))
	left = _left(doc, found)
	change_lines.apply(order, left)
	for line in found:
		if is_positive(left[line.row]):
			closed_lines.add_closed(line.row, line.missing_stock)
	lines = {row.name: row for row in doc.items}
	actions.record(
		closed_lines.deed_of_row(order, lines[line.order_row], rules.CLOSE_SHORT, line.missing_stock, why)
		for line in found
	)
	note(doc, timeline.closed_short, lines=actions.lines_to_tell(_missing(found)), reason=why)
	refresh_status.refresh_order(doc.name)
	return sum(line.missing_stock for line in found)


def keep_backorder_alive(doc) -> None:
	"""A backorder lives on when the order it was split off from is cancelled: its link must not forbid it."""
	doc.ignore_linked_doctypes = (*(doc.get("ignore_linked_doctypes") or ()), "Sales Order")


def forget_actions(doc) -> None:
	"""What was done for an order that is deleted stays on record."""
	actions.outlive(doc.name)


def _left(doc, found: tuple[ShortLine, ...]) -> dict[str, float]:
	"""{row: what stays of it in its own UOM}. Raises: ValidationError when the order would be empty."""
	rows = {row.name: row for row in doc.items}
	left = {line.row: change_lines.left_of(rows[line.row], line.missing_stock) for line in found}
	if not any(is_positive(left.get(row.name, flt(row.qty))) for row in doc.items):
		refuse(RuleViolation("nothing_would_stay", order=doc.name))
	return left


def _missing(found: tuple[ShortLine, ...]) -> list[tuple[ShortLine, float]]:
	return [(line, line.missing_stock) for line in found]


def _due(doc, found: tuple[ShortLine, ...], due: str | None) -> dict[str, str]:
	"""{order line: when its backorder is due}: the day given, else when its stock is expected, else the
	setting's number of days after the row's own date; never before today.
	"""
	if due:
		return {line.order_row: str(max(getdate(due), getdate(nowdate()))) for line in found}
	expected = look.expected_days(doc)
	days = cint(settings.flow_settings().backorder_days)
	dates = {row.name: row.delivery_date or doc.delivery_date or nowdate() for row in doc.items}
	found_days: dict[str, str] = {}
	for line in found:
		day = expected.get(line.row) or add_days(dates[line.order_row], days)
		earliest = getdate(found_days.get(line.order_row) or nowdate())
		found_days[line.order_row] = str(max(getdate(day), earliest))
	return found_days


def _same_parts(doc, row: str, made, new_row: str) -> list[tuple[str, str]]:
	"""(component of the order's line, the same component of the new order's line)."""
	new: dict[str, list[str]] = {}
	for part in made.packed_items:
		if part.parent_detail_docname == new_row:
			new.setdefault(part.item_code, []).append(part.name)
	old = [part for part in doc.packed_items if part.parent_detail_docname == row]
	return [(part.name, new[part.item_code].pop(0)) for part in old if new.get(part.item_code)]


def _new_order(doc, found: tuple[ShortLine, ...], due: dict[str, str]):
	made = frappe.copy_doc(doc, ignore_no_copy=False)
	rows = {row.name: row for row in doc.items}
	made.items = []
	for line in found:
		row = frappe.copy_doc(rows[line.row], ignore_no_copy=False)
		factor = flt(row.conversion_factor) or 1.0
		qty = flt(rows[line.row].qty) - change_lines.left_of(rows[line.row], line.missing_stock)
		row.update({"qty": qty, "stock_qty": qty * factor, "delivery_date": due[line.row]})
		is_bundle = any(part.parent_detail_docname == line.row for part in doc.packed_items)
		row.update({"warehouse": line.warehouse, "swf_keep_warehouse": 1})
		row.reserve_stock = int(not is_bundle)
		row.update(_settled_elsewhere(row))
		made.append("items", row)
	made.update(
		{
			"transaction_date": nowdate(),
			"delivery_date": max(due.values()),
			"ignore_pricing_rule": 1,
			"discount_amount": 0 if not flt(doc.additional_discount_percentage) else doc.discount_amount,
			"packed_items": [],
			"payment_schedule": [],
			"reserve_stock": 0,
			"taxes": [row for row in made.taxes if row.charge_type != "Actual"],
		}
	)
	control_fields.put(made, swf_backorder_of=doc.name)
	if doc.po_no:  # ERPNext may be set to refuse a customer's order number that comes twice
		made.po_no = f"{doc.po_no} / {order_rows.count_backorders(doc.name) + 1}"
	for one in (made, *made.get_all_children()):
		one.docstatus = 0
	return made


def _settled_elsewhere(row) -> dict:
	"""Links of the first order's row that would be counted twice."""
	links = ("prevdoc_docname", "quotation_item", "blanket_order", "purchase_order", "purchase_order_item")
	return {name: None for name in links if cstr(row.get(name))}


def _submit(made, is_automatic: bool) -> bool:
	"""Submit the backorder; False when approval is owed or a Workflow owns the submit: it stays a draft."""
	if workflows.active():
		return False
	frappe.db.savepoint("swf_backorder")
	try:
		order = frappe.get_doc("Sales Order", made.name)
		order.flags.ignore_permissions = is_automatic  # as when it was made
		with keep_as_draft.refusing():
			order.submit()
	except ApprovalRequired:
		frappe.db.rollback(save_point="swf_backorder")
		frappe.clear_messages()
		return False
	return True
