"""What approvers' screens ask (why, what if, what waits for me), and what is said before a decision."""

import frappe

from sales_wh_flow.approval import api as approvals
from sales_wh_flow.approval import asking, entrance, subject
from sales_wh_flow.approval import quotation as quotation_flow
from sales_wh_flow.approval.desk import inbox as inbox_flow
from sales_wh_flow.approval.desk import quotation as quotation_for_people
from sales_wh_flow.approval.desk import reasons as reasons_flow
from sales_wh_flow.approval.desk import what_if as what_if_flow
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import border, retry


@frappe.whitelist(methods=["GET"])
@border.checked()
def approval_reasons(sales_order: str) -> list[dict]:
	"""Why, or why not, each enabled rule asks about an order; by the rule's name.

	Shape: [{"rule", "criterion", "explanation", "verdict", "is_shadow", "measured", "allowed", "reason",
	"state"}], all in words. ``verdict``: Hit, Not Hit, Out of Scope or Error (nobody can tell, so the order
	is held); ``state``: Open, Approved, Rejected, Not Asked or empty.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reasons_flow.explain_rules(order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def what_if(sales_order: str) -> dict:
	"""What would come of approving an order now; nothing is written.

	Shape: {"sales_order", "customer", "customer_name", "currency", "exposure": {"limit", "before", "order",
	"after", "share_pct", "pending_orders", "pending_value", "shared_by"}, "margin": null or {"revenue",
	"cost", "margin", "margin_pct", "worst": [{"margin_pct", "idx", "item_code"}], "lines_without_cost"},
	"stock": null or {"lines": [{"idx", "item_code", "item_name", "uom", "warehouse", "needed", "free",
	"locked", "missing", "expected"}], "others": {"named": [{"sales_order", "customer", "item_code",
	"warehouse", "wanted", "before", "after", "lost", "day_before", "day_after"}], "more", "hidden"}}}. Unit:
	quantities in stock UOM, amounts in company currency. ``stock`` is null while Stock Lock is off,
	``margin`` for who may not see ERPNext's gross profit; ``hidden`` counts orders that the user may not
	read.
	"""
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
) -> dict:
	"""Orders and Quotations with open approvals that this user may read; ``mine``: only those the user can
	decide now.

	``due``: overdue, today (overdue included) or any. ``min_value``: in company currency. ``sort``: due,
	oldest or value. Shape: {"is_on", "mine", "overdue", "all" (counts of orders that fit the filters),
	"orders": [{"sales_order", "quotation" (one of them is empty), "customer", "customer_name", "company",
	"value", "currency", "delivery_date", "is_submitted", "asked_by", "since", "due", "is_overdue",
	"approvals": [{"name", "rule", "reason", "since", "due", "waits_for", "level", "needed", "given",
	"condition", "is_mine", "question", "note"}]}]}. Times as text, empty where there is none;
	``condition``: offered and not answered yet; ``question``: likewise; ``note``: what whoever asks says.
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
def approvals_waiting_for_me(filters: str | list | dict | None = None) -> dict:
	"""What the number card shows: how many orders wait for this user's decision, and where it leads.

	Frappe's card posts ``filters``; there are none. Shape: {"value", "fieldtype", "route"}.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	return {"value": inbox_flow.waiting_for_me(), "fieldtype": "Int", "route": ["approval-inbox"]}


@frappe.whitelist(methods=["POST"])
@border.checked()
def remind(approval: str) -> dict:
	"""Tell those who have not decided yet once more; who may write the order. Shape: {"reminded": [full
	name]}.
	"""
	order = entrance.order_to_change(approval)
	return {"reminded": retry.from_a_fresh_transaction(lambda: asking.remind(order, approval))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw(sales_order: str, comment: str | None = None) -> dict:
	"""Take back what is asked about a draft; who may write it. Shape: {"withdrawn": [rule]}."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	return {"withdrawn": retry.from_a_fresh_transaction(lambda: asking.withdraw(sales_order, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def withdraw_from_quotation(quotation: str, comment: str | None = None) -> dict:
	"""Take back what is asked about a draft; who may write it. Shape: {"withdrawn": [rule]}."""
	frappe.get_doc("Quotation", quotation).check_permission("write")
	about = Subject(subject.QUOTATION, quotation)
	return {"withdrawn": retry.from_a_fresh_transaction(lambda: asking.withdraw(about, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_back(approval: str, comment: str) -> dict:
	"""Ask whoever asked a question, as one who may decide. Shape: {"asked_back": full name}."""
	order = entrance.order_to_decide(approval)
	return {"asked_back": retry.from_a_fresh_transaction(lambda: asking.ask_back(order, approval, comment))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def answer(approval: str, comment: str) -> dict:
	"""Answer an approver's question; who may write the order. Shape: {"answered": full name}."""
	order = entrance.order_to_change(approval)
	return {
		"answered": retry.from_a_fresh_transaction(lambda: asking.answer_question(order, approval, comment))
	}


@frappe.whitelist(methods=["GET"])
@border.checked()
def quotation_approvals(quotation: str) -> dict:
	"""What the order made from a Quotation would be asked about; a draft's alone. Nothing is written.

	Shape: {"is_on", "is_gated", "may_ask", "owed": [{"rule", "criterion", "reason", "state", "approval",
	"waits_for", "who_in_turn", "who_can_decide": [full name], "decided_by", "comment", "may_i_decide"}]}.
	``is_gated``: it goes out only with these approvals. ``state``: Open, Approved, Rejected or Not Asked.
	"""
	doc = frappe.get_doc("Quotation", quotation)
	doc.check_permission("read")
	return quotation_for_people.approvals_of_quotation(doc)


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_about_quotation(quotation: str, note: str | None = None) -> dict:
	"""Ask for what a saved draft owes, with a note to whoever decides. Shape: as ``quotation_approvals``,
	with "asked": [new approval].
	"""
	frappe.get_doc("Quotation", quotation).check_permission("write")
	asked = retry.from_a_fresh_transaction(lambda: quotation_flow.ask_for_quotation(quotation, note or ""))
	return {
		"asked": asked,
		**quotation_for_people.approvals_of_quotation(frappe.get_doc("Quotation", quotation)),
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def decide_about_quotation(approval: str, action: str, comment: str | None = None) -> dict:
	"""Approve or refuse as the session's user. Shape: as ``quotation_approvals``."""
	if action not in ("approve", "refuse"):
		frappe.throw(frappe._("Choose approve or refuse, not {0}.").format(frappe.utils.escape_html(action)))
	about = entrance.order_to_decide(approval)
	if not about.is_quotation:
		name = frappe.bold(frappe.utils.escape_html(approval))
		frappe.throw(
			frappe._("Order Approval {0} is about no Quotation.").format(name), frappe.DoesNotExistError
		)
	(approvals.approve if action == "approve" else approvals.refuse)(approval, comment)
	return quotation_for_people.approvals_of_quotation(frappe.get_doc("Quotation", about.name))
