"""What the desk and other programs may call about approvals. Writes are POST; the actor is
the session's user.

Each call loads the document by name, checks permission on it, and hands over to one verb.
"""

import frappe

from sales_wh_flow.approval import decide, entrance, mail, under_condition
from sales_wh_flow.approval import forward as forward_flow
from sales_wh_flow.approval import gate as approval_flow
from sales_wh_flow.approval.answers import (
	ApprovalsOfOrder,
	AskedForOrder,
	DecisionByLink,
	Forwarded,
	OneOfMany,
	ShownDecision,
	ShownMeasure,
	TriedRule,
)
from sales_wh_flow.approval.desk import dry_run, explain
from sales_wh_flow.approval.refusals import FiguresChanged
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import deciding
from sales_wh_flow.base import border, retry
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with


@frappe.whitelist(methods=["GET"])
@border.checked()
def approvals_of(sales_order: str) -> ApprovalsOfOrder:
	"""An order's approvals, and what a draft owes by the rules of this moment."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return explain.explain_approvals(order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def try_rule(rule: str, sales_order: str) -> TriedRule:
	"""Dry run: what a saved rule, enabled or not, says of an order. Nothing is written, nobody is told."""
	frappe.get_doc("Order Approval Rule", rule).check_permission("read")
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return dry_run.of_rule(rule, order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def approval_measures() -> dict[str, list[ShownMeasure]]:
	"""{criterion: what its rules can measure, the usual one first}."""
	frappe.has_permission("Order Approval Rule", "read", throw=True)
	return dry_run.measures()


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_for_approval(sales_order: str, note: str | None = None) -> AskedForOrder:
	"""Ask for what the saved draft owes, with a note to whoever decides."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	asked = retry.from_a_fresh_transaction(lambda: approval_flow.ask(sales_order, note or ""))
	return {"asked": asked, **explain.explain_approvals(frappe.get_doc("Sales Order", sales_order))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def approve(approval: str, comment: str | None = None) -> ShownDecision:
	"""Approve as the session's user. The last approval submits the order."""
	order = entrance.order_to_decide(approval)
	return _shown(decided(order, lambda: decide.grant(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def refuse(approval: str, comment: str) -> ShownDecision:
	"""Refuse as the session's user, saying why."""
	order = entrance.order_to_decide(approval)
	return _shown(retry.from_a_fresh_transaction(lambda: decide.refuse_approval(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def approve_with_condition(
	approval: str, kind: str, value: float = 0.0, comment: str | None = None
) -> ShownDecision:
	"""Approve if the sales user accepts a condition.

	``kind``: Smaller Discount (``value`` the most percent below list price), Prepayment (``value`` percent of
	the total) or Available Quantity.
	"""
	order = entrance.order_to_decide(approval)
	percent = float(value or 0)
	return _shown(decided(order, lambda: under_condition.offer(order, approval, kind, percent, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def accept_condition(approval: str) -> ShownDecision:
	"""Change the order as the approver asked, with the session user's right to write it."""
	order = entrance.order_to_change(approval)
	return _shown(retry.from_a_fresh_transaction(lambda: under_condition.accept(order, approval)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def decline_condition(approval: str, comment: str | None = None) -> ShownDecision:
	"""Leave the order as it is; the approver decides anew."""
	order = entrance.order_to_change(approval)
	return _shown(retry.from_a_fresh_transaction(lambda: under_condition.decline(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def forward(approval: str, to_user: str, comment: str) -> Forwarded:
	"""Let somebody else decide in the session user's name."""
	order = entrance.order_to_decide(approval)
	return {
		"forwarded_to": retry.from_a_fresh_transaction(
			lambda: forward_flow.forward_to(order, approval, to_user, comment)
		)
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def decide_many(approvals: str | list, action: str, comment: str | None = None) -> list[OneOfMany]:
	"""Approve or refuse up to 200 approvals, each in a transaction of its own; in the order given."""
	frappe.has_permission("Order Approval", "read", throw=True)
	names = list(dict.fromkeys(approvals))
	if len(names) > MOST_AT_ONCE:
		refuse_with(RuleViolation("too_many_at_once", count=len(names), most=MOST_AT_ONCE))
	verb = verb_of(action)
	return [_decided_alone(name, verb, comment) for name in names]


@frappe.whitelist(methods=["POST"])
@border.checked()
def delegate(
	to_user: str,
	from_date: str,
	to_date: str,
	reason: str | None = None,
	company: str | None = None,
	from_user: str | None = None,
) -> str:
	"""Let somebody decide for the session's user, or for ``from_user`` (System Managers only), for some days.

	Returns the name of the Approval Delegation.
	"""
	values = {"from_user": from_user or frappe.session.user, "to_user": to_user, "company": company or ""}
	delegation = frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			**values,
			"from_date": from_date,
			"to_date": to_date,
			"reason": reason,
		}
	)
	delegation.check_permission("create")
	return delegation.insert().name


@frappe.whitelist(methods=["POST"], allow_guest=True)
@border.checked()
def decide_by_link(token: str, action: str, comment: str | None = None) -> DecisionByLink:
	"""Approve or refuse through the link of an e-mail.

	The link's user has to be logged in, unless the settings let its mere possession count.
	"""
	link = mail.read_link(token)
	mail.check_bearer(link)
	with mail.acting_as_bearer(link):
		order = entrance.order_to_decide(link.approval)
		verb = verb_of(action)

		def work():
			mail.read_under_lock(token, order)
			return verb(order, link.approval, comment, mail.via(link))

		shown = _shown(decided(order, work))
	return {**shown, "text": deciding.decision_in_words(shown)}


MOST_AT_ONCE = 200
"""Approvals in one call of ``decide_many``: what a request answers in time."""


_REFUSED = (
	*(frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError),
	*(frappe.QueryDeadlockError, frappe.QueryTimeoutError),
)
"""What ends one decision of many and leaves the others."""


def decided(order: Subject, work):
	"""What came of a decision in a transaction of its own.

	Raises: as the decision; FiguresChanged once the approvals of the order show the figures of this moment.
	"""
	try:
		return retry.from_a_fresh_transaction(work)
	except FiguresChanged:
		# The refused decision wrote nothing; what is shown from now on stays.
		retry.from_a_fresh_transaction(lambda: approval_flow.refresh_figures(order))
		raise


def _decided_alone(approval: str, verb, comment: str | None) -> OneOfMany:
	"""One row of ``decide_many``; a refusal undoes this one alone."""
	row: OneOfMany = {"approval": approval, "ok": True, "state": "", "submitted": False, "message": ""}
	messages = list(frappe.local.message_log)
	try:
		order = entrance.order_to_decide(approval)
		# Each decision stands alone: a later refusal undoes nothing of it.
		shown = _shown(decided(order, lambda: verb(order, approval, comment)))
		row.update({"state": shown["state"], "submitted": shown["submitted"]})
		row["message"] = deciding.decision_in_words(shown)
	except _REFUSED as error:
		frappe.db.rollback()
		frappe.local.message_log = messages
		mine = asked_people.was_given_by(approval, frappe.session.user)
		row.update({"ok": mine, "state": "Approved" if mine else ""})
		row["message"] = frappe.utils.strip_html(str(error))
	return row


def verb_of(action: str):
	"""What an action means. Raises: ValidationError."""
	verbs = {"approve": decide.grant, "refuse": decide.refuse_approval}
	if action not in verbs:
		refuse_with(RuleViolation("neither_yes_nor_no", action=action))
	return verbs[action]


def _shown(decision: decide.Decision) -> ShownDecision:
	return {
		"state": decision.state,
		"submitted": decision.is_submitted,
		"waits_for": list(decision.waits_for),
		"why_not": decision.why_not,
		"level": decision.level,
		"needed": decision.needed,
		"given": decision.given,
		"also": list(decision.also),
		"condition_state": decision.condition_state,
	}
