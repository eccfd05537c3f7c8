"""ERPNext puts an order on hold, closes or re-opens it with a bare write of its status: only `on_change`
tells.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.approval import judge_change
from sales_wh_flow.approval.store import requests
from sales_wh_flow.base import compat, said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, any_on, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.stock_lock import cut_excess, release, sayings
from sales_wh_flow.stock_lock.store import reservations


def start_as_draft(doc) -> None:
	"""A draft that is saved or submitted is neither closed nor on hold, whatever was sent along or written
	before: ERPNext would keep the status when it is submitted, and the order would lock stock for nobody.
	"""
	if doc.status in NO_DEMAND and any_on():
		doc.status = "Draft"


def refuse_for_draft(doc) -> None:
	"""ERPNext's Close and Hold take drafts, too, when called from outside its form.

	Raises: ValidationError
	"""
	if doc.docstatus.is_draft() and doc.status in NO_DEMAND and any_on():
		refuse(RuleViolation("draft_has_no_status", order=doc.name, status=doc.status))


def follow_bare_write(doc) -> tuple[bool, str]:
	"""Whether suppliers send rows of the order, and its new status, empty when there is none; see below."""
	is_sent = _follow_supplier(doc)
	_follow_closed_rows(doc)
	return is_sent, _follow_status(doc)


def _follow_supplier(doc) -> bool:
	"""ERPNext writes what a supplier has sent to the customer without a save; the flow status follows.
	Returns whether the order has such rows.
	"""
	is_sent_so = doc.docstatus.is_submitted() and any(row.delivered_by_supplier for row in doc.items)
	if is_sent_so:
		refresh_status.refresh_order(doc.name)
	return is_sent_so


def _follow_closed_rows(doc) -> None:
	"""A row that ERPNext closed gives its stock back; opened again it waits for its turn like any other."""
	closed = {row.name for row in doc.items if row.get(compat.ROW_CLOSED)}
	if not closed or not doc.docstatus.is_submitted() or not is_on(STOCK_LOCK):
		return
	closed |= {part.name for part in doc.get("packed_items") or () if part.parent_detail_docname in closed}
	if any(lock.sales_order_item in closed for lock in reservations.open_of_order(doc.name)):
		cut_excess.cut_excess([doc.name], said.keep(sayings.row_closed))
	refresh_status.refresh_order(doc.name)


def _follow_status(doc) -> str:
	"""Give back or lock again what the new status asks for, and refresh the flow status. Returns the new
	status, empty when there is none."""
	before = doc.get_doc_before_save()
	seen = alongside(doc).seen_status or ""
	if before and not seen:  # a draft was never closed, whatever somebody wrote: see `start_as_draft`
		seen = "Draft" if before.docstatus.is_draft() else before.status
	if not doc.docstatus.is_submitted() or seen == doc.status or not {seen, doc.status} & {*NO_DEMAND}:
		return ""
	alongside(doc).seen_status = doc.status
	if doc.status not in NO_DEMAND:
		judge_change.reopened(doc)
	is_held = bool(requests.held_orders([doc.name]))
	freed = release.after_status_change(doc, seen, lambda: is_held)
	refresh_status.refresh_order(doc.name)
	if is_held and is_on(STOCK_LOCK):
		_say_what_is_locked(doc, freed, seen == "Closed")
	return doc.status


def _say_what_is_locked(doc, freed: float, was_closed: bool) -> None:
	"""An order whose change waits for approval gives its locks back for good when it is closed: they return
	after the approval, as far as the stock is free by then.
	"""
	if is_positive(freed):
		text = _(
			"What Sales Order {0} had locked is free for others now. Its change still waits for approval: if "
			"you open the order again, it locks nothing before that is given."
		)
	elif was_closed:
		text = _(
			"Sales Order {0} is open again, and its change still waits for approval: nothing is locked for "
			"it before that is given. What it had locked was given back when it was closed."
		)
	else:
		return
	frappe.msgprint(
		text.format(frappe.bold(escape_html(doc.name))), title=_("Waits for Approval"), indicator="orange"
	)
