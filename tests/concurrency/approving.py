"""What people do about approvals, each as a user of their own. The harness commits."""

import frappe

from sales_wh_flow import api
from sales_wh_flow.flow import escalate
from sales_wh_flow.store.retry import from_a_fresh_transaction

from .actions import do
from .harness import ready


def ask(user: str, order: str) -> list[str]:
	_arrive(user, order)
	return api.ask_for_approval(order)["asked"]


def approve(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return api.approve(approval)


def refuse(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return api.refuse(approval, "too cheap")


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
	return api.approve_with_condition(approval, "Smaller Discount", cap)


def accept(user: str, order: str, approval: str) -> dict:
	_arrive(user, order)
	return api.accept_condition(approval)


def decide_by_link(user: str, order: str, token: str) -> dict:
	_arrive(user, order)
	return api.decide_by_link(token, "approve")


def press(user: str, order: str, approval: str, moment: str) -> str:
	"""What the scheduler does with one approval whose time is up."""
	_arrive(user, order)
	when = frappe.utils.get_datetime(moment)
	return from_a_fresh_transaction(lambda: escalate.one(order, approval, when))
