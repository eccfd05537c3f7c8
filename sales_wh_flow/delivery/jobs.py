"""What runs in the background for hand-overs. Every job may be run twice, and may be killed anywhere."""

from collections.abc import Sequence

import frappe
from frappe import _

from sales_wh_flow.base import retry, retry_each
from sales_wh_flow.base.told import told_by
from sales_wh_flow.delivery import close, forget


def close_handover(handover: str) -> str | None:
	"""Let the boxes of a hand-over leave, group by group, each in a transaction of its own. Returns the state
	in the end.

	A group that is refused stays, with the reason on its rows; the others leave.
	"""
	for boxes in close.groups_left(handover):
		_leave_or_stay(handover, boxes)
		close.tell_progress(handover)
	state = retry.from_a_fresh_transaction(lambda: close.finish_closing(handover))
	close.tell_progress(handover)
	return state


def forget_old_pictures() -> int:
	"""Photos, signatures and positions that are kept no longer go, some at a time. Returns of how many
	records.
	"""
	gone = 0
	for work in (forget.forget_some_pictures, forget.forget_some_positions):
		while done := retry.from_a_fresh_transaction(work):
			gone += done
	return gone


def _leave_or_stay(handover: str, boxes: Sequence[str]) -> None:
	try:
		retry.from_a_fresh_transaction(lambda: close.let_leave(handover, boxes))
	except Exception as problem:
		if not isinstance(problem, frappe.ValidationError):
			retry_each.log_failure(_("Boxes of hand-over {0} could not leave").format(handover))
		why = told_by(problem, most=800)
		retry.from_a_fresh_transaction(lambda: close.keep_back(handover, boxes, why))
	frappe.clear_messages()
