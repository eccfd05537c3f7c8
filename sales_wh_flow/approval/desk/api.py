"""What approvers' screens ask (why, what if, what waits for me), and what is said before a decision."""

import frappe

from sales_wh_flow.approval import api as approvals
from sales_wh_flow.approval import asking, entrance, subject
from sales_wh_flow.approval import quotation as quotation_flow
from sales_wh_flow.approval.desk import along
from sales_wh_flow.approval.desk import inbox as inbox_flow
from sales_wh_flow.approval.desk import quotation as quotation_for_people
from sales_wh_flow.approval.desk import reasons as reasons_flow
from sales_wh_flow.approval.desk import what_if as what_if_flow
from sales_wh_flow.approval.desk.answers import (
	Answered,
	ApprovalsOfQuotation,
	AskedBack,
	AskedForQuotation,
	BroughtByApproving,
	ExplainedRule,
	Inbox,
	Reminded,
	WhatIf,
	Withdrawn,
)
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import border, retry
from sales_wh_flow.base.answers import CardNumber
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with


@frappe.whitelist(methods=["GET"])
@border.checked()
def approval_reasons(sales_order: str) -> list[ExplainedRule]:
	"""Why, or why not, each enabled rule asks about an order; by the rule's name."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reasons_flow.explain_rules(order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def what_if(sales_order: str) -> WhatIf:
	"""What would come of approving an order now; nothing is written."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return what_if_flow.show_what_if(order)


@frappe.whitelist(methods=["GET"])
@border.checked(due=border.name)
def approval_inbox(
	mine: bool = True,
	company: str | None = None,
	customer: str | None = None,
	rule: str | None = None,
	due: str | None = None,
	older_than_days: int | None = None,
	min_value: float | None = None,
	sort: str = "due",
	start: int = 0,
	page_length: int = 20,
) -> Inbox:
	"""Orders and Quotations with open approvals that this user may read; ``mine``: only those the user can
	decide now.

	``due``: overdue, today (overdue included) or any. ``min_value``: in company currency. ``sort``: due,
	oldest or value.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	return inbox_flow.page(
		mine,
		sort,
		start,
		page_length,
		company=company,
		customer=customer,
		rule=rule,
		due=due,
		older_than_days=older_than_days,
		min_value=min_value,
	)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def approvals_waiting_for_me(filters: str | list | dict | None = None) -> CardNumber:
	"""What the number card shows: how many orders wait for this user's decision, and where it leads.

	Frappe's card posts ``filters``; there are none.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	return {"value": inbox_flow.waiting_for_me(), "fieldtype": "Int", "route": ["approval-inbox"]}


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def what_approving_brings(approvals: list[str] | str) -> BroughtByApproving:
	"""What else the user's approval of these answers, and whether the last submits; nothing is written."""
	frappe.has_permission("Order Approval", "read", throw=True)
	return along.brought_by_approving(list(dict.fromkeys(approvals)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def remind(approval: str) -> Reminded:
	"""Tell those who have not decided yet once more; who may write the order."""
	order = entrance.order_to_change(approval)
	return {"reminded": retry.from_a_fresh_transaction(lambda: asking.remind(order, approval))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw(sales_order: str, comment: str | None = None) -> Withdrawn:
	"""Take back what is asked about a draft; who may write it."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return {"withdrawn": retry.from_a_fresh_transaction(lambda: asking.withdraw(sales_order, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw_from_quotation(quotation: str, comment: str | None = None) -> Withdrawn:
	"""Take back what is asked about a draft; who may write it."""
	frappe.get_doc("Quotation", quotation).check_permission("write")
	about = Subject(subject.QUOTATION, quotation)
	return {"withdrawn": retry.from_a_fresh_transaction(lambda: asking.withdraw(about, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_back(approval: str, comment: str) -> AskedBack:
	"""Ask whoever asked a question, as one who may decide."""
	order = entrance.order_to_decide(approval)
	return {"asked_back": retry.from_a_fresh_transaction(lambda: asking.ask_back(order, approval, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def answer(approval: str, comment: str) -> Answered:
	"""Answer an approver's question; who may write the order."""
	order = entrance.order_to_change(approval)
	return {
		"answered": retry.from_a_fresh_transaction(lambda: asking.answer_question(order, approval, comment))
	}


@frappe.whitelist(methods=["GET"])
@border.checked()
def quotation_approvals(quotation: str) -> ApprovalsOfQuotation:
	"""What the order made from a Quotation would be asked about; a draft's alone. Nothing is written."""
	doc = frappe.get_doc("Quotation", quotation)
	doc.check_permission("read")
	return quotation_for_people.approvals_of_quotation(doc)


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_about_quotation(quotation: str, note: str | None = None) -> AskedForQuotation:
	"""Ask for what a saved draft owes, with a note to whoever decides."""
	frappe.get_doc("Quotation", quotation).check_permission("write")
	asked = retry.from_a_fresh_transaction(lambda: quotation_flow.ask_for_quotation(quotation, note or ""))
	return {
		"asked": asked,
		**quotation_for_people.approvals_of_quotation(frappe.get_doc("Quotation", quotation)),
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def decide_about_quotation(approval: str, action: str, comment: str | None = None) -> ApprovalsOfQuotation:
	"""Approve or refuse as the session's user."""
	verb = approvals.verb_of(action)
	about = entrance.order_to_decide(approval)
	if not about.is_quotation:
		refuse_with(RuleViolation("about_no_quotation", approval=approval))
	approvals.decided(about, lambda: verb(about, approval, comment))
	return quotation_for_people.approvals_of_quotation(frappe.get_doc("Quotation", about.name))
