"""A Quotation under the same rules as the order it becomes: what it would owe, asking, deciding, the gate.

An approval given here covers the order made from it, see ``store/quotations.py``.
"""

import frappe
from frappe import _

from sales_wh_flow.approval import gate as orders
from sales_wh_flow.approval import owed, subject
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import gate, order_facts, quotations, requests
from sales_wh_flow.approval.store.gate import Passed
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import quotation as words
from sales_wh_flow.base import settings
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.refusals import refuse_in_words

APPROVE_FIRST = "Approve Before Submit"


def is_gated() -> bool:
	"""Whether a Quotation needs its approvals before it is submitted."""
	return (
		settings.is_on(settings.APPROVAL) and settings.flow_settings().approval_of_quotations == APPROVE_FIRST
	)


def follow_quotation_changes(doc) -> None:
	"""A draft is saved: approvals that it got worse than no longer count; who made it worse is noted."""
	if not is_gated() or doc.is_new() or not doc.docstatus.is_draft():
		return
	before = doc.get_doc_before_save()
	orders.follow_draft(quotations.as_order(doc), quotations.as_order(before) if before else None)


def require_for_quotation(doc) -> None:
	"""The gate: a Quotation goes out only with every approval it owes. Raises: ApprovalRequired."""
	if not is_gated():
		return
	order = quotations.as_order(doc)
	now = owed.needs_now(order)
	known = requests.of_quotation(doc.name, for_update=True) if now.needs else ()
	lacking = now.missing(known)
	if lacking:
		why = orders.reasons_for_me(order, now, lacking)
		states = {approval.rule: approval.state for approval in now.current(known)}
		rows = [(need.rule, why[need.rule], states.get(need.rule, "")) for need in lacking]
		refuse_in_words(
			words.word_refused_quotation(doc.name, rows), _("Approval Required"), ApprovalRequired
		)
	alongside(doc).passed = now.digest


def confirm_quotation(doc) -> None:
	"""It is written as submitted: it must be what the gate saw, also for code that skips validation."""
	if not is_gated():
		return
	digest = _digest(doc)
	if alongside(doc).take("passed") != digest:
		require_for_quotation(doc)
	gate.remember(doc.name, Passed(digest))


def judge_submitted_quotation(doc) -> None:
	"""What went out is changed: it needs the approvals of what it becomes. Raises: ApprovalRequired.

	It is held against what the gate let through, not against what is stored: Update Items stores the rows
	before it saves their Quotation.
	"""
	before = doc.get_doc_before_save()
	if not (is_gated() and before):
		return
	digest = _digest(doc)
	if digest != (gate.let_through(doc.name).digest or _digest(before)):
		require_for_quotation(doc)
		gate.remember(doc.name, Passed(digest))


def _digest(doc) -> str:
	return rules.fingerprint(order_facts.facts_of_document(quotations.as_order(doc)))


def withdraw_with_quotation(doc) -> None:
	"""Nobody is asked about a cancelled Quotation; its approvals cover no order any more."""
	requests.supersede(requests.of_quotation(doc.name))


def forget_quotation(doc) -> None:
	"""The approvals outlive their Quotation."""
	requests.supersede(one for one in requests.of_quotation(doc.name) if one.state == rules.OPEN)
	quotations.outlive_quotation(doc.name)
	gate.forget_gate(doc.name)


def ask_for_quotation(name: str, note: str = "") -> list[str]:
	"""Ask for every approval that the saved draft owes and nobody was asked for. Returns their names.

	``note``: what the approvers should know.
	"""
	if not is_gated():
		refuse_with(RuleViolation("switched_off", capability=_("Approval of Quotations")))
	order = subject.hold_subject(Subject(subject.QUOTATION, name))
	if not alongside(order).quotation.docstatus.is_draft():
		refuse_with(RuleViolation("quotation_is_no_draft", quotation=name))
	now = owed.needs_now(order)
	requests.hold_series()
	known = requests.of_quotation(name, for_update=True)
	requests.supersede(now.outdated(known))
	current = now.current(known)
	refused = frozenset(one.rule for one in current if one.state == rules.REJECTED)
	return orders.open_missing(order, now, current, frappe.session.user, but=refused, remark=note)


def rules_quotation_waits_for(name: str) -> list[str]:
	"""The rules whose approval the Quotation waits for, by name."""
	return sorted(it.rule for it in requests.of_quotation(name) if it.state in (rules.OPEN, rules.REJECTED))
