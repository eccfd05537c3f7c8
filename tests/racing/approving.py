"""What people do about approvals, each as a user of their own. The harness commits."""

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.approval import escalate, jobs
from sales_wh_flow.base.retry import from_a_fresh_transaction
from sales_wh_flow.order_changes import api as order_changes_api
from tests.racing.actions import do
from tests.racing.harness import ready


def ask(user: str, order: str) -> list[str]:
	_arrive(user, order)
	return approval_api.ask_for_approval(order)["asked"]


def approve(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return approval_api.approve(approval)


def refuse(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return approval_api.refuse(approval, "too cheap")


def submit(user: str, order: str) -> str:
	do(_arrive(user, order), "submit")
	return order


def change_rate(user: str, order: str, rate: float) -> str:
	doc = _arrive(user, order)
	doc.items[0].rate = rate
	do(doc, "save")
	return order


def _arrive(user: str, order: str):
	"""The user has the order's form open."""
	frappe.set_user(user)
	doc = frappe.get_doc("Sales Order", order)
	ready()
	return doc


def offer(user: str, order: str, approval: str, cap: float) -> dict:
	_arrive(user, order)
	return approval_api.approve_with_condition(approval, "Smaller Discount", cap)


def accept(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return approval_api.accept_condition(approval)


def decide_by_link(user: str, order: str, token: str) -> dict:
	_arrive(user, order)
	return approval_api.decide_by_link(token, "approve")


def press(user: str, order: str, approval: str, moment: str) -> str:
	"""What the scheduler does with one approval whose time is up."""
	_arrive(user, order)
	when = frappe.utils.get_datetime(moment)
	return from_a_fresh_transaction(lambda: escalate.escalate_one(order, approval, when))


def update_items(user: str, order: str, rate: float) -> None:
	"""ERPNext's Update Items dialog, with another rate in the order's only line."""
	rows = rows_at(order, rate)
	frappe.set_user(user)
	ready()
	order_changes_api.update_items("Sales Order", rows, order)


def rows_at(order: str, rate: float) -> list[dict]:
	"""What the dialog sends."""
	(row,) = frappe.get_doc("Sales Order", order).items
	return [
		{
			"docname": row.name,
			"item_code": row.item_code,
			"qty": row.qty,
			"rate": rate,
			"conversion_factor": 1,
			"delivery_date": str(row.delivery_date),
		}
	]


def deliver(user: str, note: str) -> str:
	doc = frappe.get_doc("Delivery Note", note)
	frappe.set_user(user)
	ready()
	do(doc, "submit")
	return note


def follow_rules(rule: str) -> dict:
	"""The job that runs after a rule was changed."""
	ready()
	return jobs.follow_rules(rule)
