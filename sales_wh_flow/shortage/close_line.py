"""Close one line of an order, or a part of it, and open it again: whether its stock is there or not.

The ordered quantity comes down, so that percentages, status, demand, locks and credit follow by ERPNext's
own Update Items. ERPNext 15 has no flag on a row that says so; what was closed is told by the ledger of
shortages, which outlives a line that went altogether. Opened again, the line has the turn of its order: the
queue goes by when the order was submitted.
"""

import frappe
from frappe.utils import flt

from sales_wh_flow.base import compat
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, is_whole, rounded
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order_changes import change_lines
from sales_wh_flow.order_changes.change_lines import NewLine
from sales_wh_flow.shortage import timeline
from sales_wh_flow.shortage.answers import ClosableLines, LineToClose
from sales_wh_flow.shortage.rules.ways_out import CLOSE_SHORT, OPEN_AGAIN
from sales_wh_flow.shortage.store import actions, closed_lines
from sales_wh_flow.shortage.store.closed_lines import ClosedLine


def close_part(order: str, row: str, qty: float, reason: str) -> None:
	"""Give up ``qty`` of a line, in its own UOM, saying why. Call it in a fresh transaction.

	Raises: ValidationError without a reason, for more than is open, and where no line would stay.
	"""
	why = require_reason(reason, RuleViolation("why_missing", order=order))
	doc = hold.hold_submitted(order)
	line = next((it for it in doc.items if it.name == row), None)
	if line is None:
		refuse(RuleViolation("line_is_gone", order=order))
	where = {"idx": line.idx, "item": line.item_code, "uom": line.uom}
	asked, open_qty = rounded(qty), _open_qty(line)
	if not is_positive(asked) or is_less(open_qty, asked):
		refuse(RuleViolation("closes_too_much", **where, asked=asked, open=open_qty))
	if frappe.get_cached_value("UOM", line.uom, "must_be_whole_number") and not is_whole(asked):
		refuse(RuleViolation("closes_whole_units", **where))
	stock = rounded(asked * (flt(line.conversion_factor) or 1.0))
	left = change_lines.left_of(line, stock)
	if not is_positive(left) and len(doc.items) == 1:
		refuse(RuleViolation("nothing_would_stay", order=order))
	change_lines.apply(order, {row: left})
	if is_positive(left):
		closed_lines.add_closed(row, stock)
	actions.record([closed_lines.deed_of_row(order, line, CLOSE_SHORT, stock, why)])
	lines = [[line.idx, stock, line.item_code, line.warehouse]]
	note(doc, timeline.closed_short, lines=lines, reason=why)
	refresh_status.refresh_order(order)


def reopen_line(order: str, row: str, qty: float, reason: str) -> str:
	"""Order ``qty`` of a line again that was closed short, at the price it had; the name of its row, a new
	one where the line had gone. Call it in a fresh transaction.

	Raises: ValidationError without a reason, and for more than was closed.
	"""
	why = require_reason(reason, RuleViolation("why_missing", order=order))
	doc = hold.hold_submitted(order)
	closed = next((it for it in closed_lines.of_order(order) if it.row == row), None)
	asked = rounded(qty)
	if closed is None or not is_positive(asked) or is_less(closed.closed_qty, asked):
		left = closed.closed_qty if closed else 0.0
		refuse(RuleViolation("opens_too_much", order=order, asked=asked, left=left))
	stock = rounded(asked * closed.factor)
	line = next((it for it in doc.items if it.name == row), None)
	if line is not None:
		change_lines.apply(order, {row: rounded(flt(line.qty) + asked)})
		closed_lines.add_closed(row, -stock)
	else:
		(row,) = change_lines.apply(order, {}, [_line_anew(doc, closed, asked)])
	actions.record([closed_lines.deed_of(order, closed.row, closed, closed.factor, OPEN_AGAIN, stock, why)])
	note(doc, timeline.line_opened_again, lines=[[0, stock, closed.item_code, closed.warehouse]], reason=why)
	refresh_status.refresh_order(order)
	return row


def _open_qty(row) -> float:
	"""What the line still asks for; a replacement that is to be sent is no part of it, nor what ERPNext
	closed.
	"""
	if row.get(compat.ROW_CLOSED):
		return 0.0
	gross = flt(row.delivered_qty) + flt(row.get("swf_returned_qty"))
	return max(rounded(flt(row.qty) - gross), 0.0)


def _line_anew(doc, closed: ClosedLine, qty: float) -> NewLine:
	return NewLine(
		item_code=closed.item_code,
		qty=qty,
		rate=closed.rate,
		uom=closed.uom,
		factor=closed.factor,
		warehouse=closed.warehouse,
		delivery_date=closed.delivery_date or doc.delivery_date,
	)


def shown_closing(doc) -> ClosableLines:
	"""What of an order may be closed short, and what was; quantities in the line's own UOM."""
	rows = {row.name: row.idx for row in doc.items}
	lines = [(row, row.name, row.idx, _open_qty(row)) for row in doc.items]
	closed = [(it, it.row, rows.get(it.row, 0), it.closed_qty) for it in closed_lines.of_order(doc.name)]
	return {
		"open": [_shown(*line) for line in lines if is_positive(line[-1])],
		"closed": [_shown(*line) for line in closed if is_positive(line[-1])],
	}


def _shown(line, row: str, idx: int, qty: float) -> LineToClose:
	name = frappe.get_cached_value("Item", line.item_code, "item_name") or line.item_code
	return {
		"row": row,
		"idx": idx,
		"item_code": line.item_code,
		"item_name": name,
		"uom": line.uom,
		"qty": qty,
	}
