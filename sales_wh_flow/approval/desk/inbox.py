"""What waits for a decision: a page of orders with their open approvals, for whoever may read them."""

import frappe
from frappe.utils import cint, get_datetime, now_datetime, nowdate

from sales_wh_flow.approval import figure_rights
from sales_wh_flow.approval.desk.answers import Inbox, InboxApproval, InboxOrder
from sales_wh_flow.approval.rules import inbox as rules
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store import inbox as store
from sales_wh_flow.base import said, settings
from sales_wh_flow.order import permissions

MOST_ORDERS = 100
"""Orders on one page, at most."""


def page(is_mine: bool, sort: str, start: int, length: int, **filters) -> Inbox:
	"""A page of orders and Quotations with open approvals. Statements: constant, however many approvals are
	open.
	"""
	within = _within(filters)
	now = now_datetime()
	counts, names = rules.paged(
		store.waiting_rows(within),
		store.seconds(now),
		is_mine,
		sort if sort in rules.SORTS else rules.DUE,
		max(start, 0),
		min(max(length, 1), MOST_ORDERS),
	)
	found: dict[str, list] = {name: [] for name in names}
	rows = store.approvals(within, names)
	figure_rights.word_visible_reasons(rows)
	for row in rows:
		found[row.quotation or row.sales_order].append(row)
	return {
		"is_on": settings.is_on(settings.APPROVAL),
		"mine": counts.mine,
		"overdue": counts.overdue,
		"all": counts.seen,
		"orders": [_order(rows, now) for rows in found.values() if rows],
	}


def waiting_for_me() -> int:
	"""How many orders and Quotations wait for the session's user."""
	return len({row[0] for row in store.waiting_rows(_within({}), is_mine=True)})


def orders_waiting_for_me(most: int) -> list[str]:
	"""The orders among them, at most so many."""
	return store.waiting_orders(_within({}), most)


def _within(filters: dict) -> store.InboxScope:
	mine = asked_people.waiting_for(frappe.session.user, nowdate())
	quotations = permissions.condition_on("Quotation", None)
	return store.scope(permissions.orders_visible(), quotations, mine, **filters)


def _order(rows: list, now) -> InboxOrder:
	first = rows[0]
	dues = [get_datetime(row.due) for row in rows if row.due]
	return {
		"sales_order": first.sales_order,
		"quotation": first.quotation,
		"customer": first.customer,
		"customer_name": first.customer_name,
		"company": first.company,
		"value": first.value,
		"currency": frappe.get_cached_value("Company", first.company, "default_currency"),
		"delivery_date": str(first.delivery_date or ""),
		"is_submitted": first.docstatus == 1,
		"asked_by": first.asked_by,
		"since": str(min(row.since for row in rows)),
		"due": str(min(dues)) if dues else "",
		"is_overdue": bool(dues) and min(dues) < now,
		"approvals": [_approval(row) for row in rows],
	}


def _approval(row) -> InboxApproval:
	return {
		"name": row.name,
		"rule": row.rule,
		"reason": row.reason,
		"since": str(row.since),
		"due": str(row.due or ""),
		"waits_for": said.worded(row.waits_for),
		"level": cint(row.level),
		"needed": cint(row.needed),
		"given": cint(row.given),
		"condition": said.worded(row.condition_text) if row.condition_state == "Offered" else "",
		"is_mine": bool(row.is_mine),
		"question": row.question or "",
		"note": row.note or "",
	}
