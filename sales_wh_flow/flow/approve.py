"""Which approvals an order owes, asking for them, and the gate in front of its submit."""

from dataclasses import dataclass, replace

import frappe
from frappe import _
from frappe.utils import flt

from sales_wh_flow import approval_messages as words
from sales_wh_flow import settings
from sales_wh_flow.flow import deciders, native_checks, refresh_status, tell
from sales_wh_flow.messages import ApprovalRequired
from sales_wh_flow.messages import refuse as refuse_with
from sales_wh_flow.rules import approval as rules
from sales_wh_flow.rules.facts import ApprovalNeed, ApprovalRuleFacts, CreditFacts, OrderFacts
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.store import approvals, orders
from sales_wh_flow.store.approvals import Approval

CREDIT_CHECK = "check_credit_limit"
"""ERPNext's own check on a Sales Order: refuses whatever exceeds the credit limit, approved or not."""


@dataclass(frozen=True, slots=True)
class Owed:
	"""What an order, as it is now, needs approval for."""

	order: OrderFacts
	needs: tuple[ApprovalNeed, ...]
	digest: str
	rules: dict[str, ApprovalRuleFacts]

	@property
	def currency(self) -> str:
		return frappe.get_cached_value("Company", self.order.company, "default_currency")

	def missing(self, known: tuple[Approval, ...]) -> tuple[ApprovalNeed, ...]:
		return rules.missing(self.needs, _facts(known), self.digest)

	def current(self, known: tuple[Approval, ...]) -> tuple[Approval, ...]:
		"""The approvals that were asked for the order as it is now."""
		return tuple(approval for approval in known if approval.fingerprint == self.digest)

	def outdated(self, known: tuple[Approval, ...]) -> tuple[Approval, ...]:
		"""The approvals that no longer speak of this order, or wait for a role the rule no longer names."""
		names = {approval.name for approval in rules.outdated(self.needs, _facts(known), self.digest)}
		roles = {need.rule: need.approver_role for need in self.needs}
		return tuple(
			approval
			for approval in known
			if approval.name in names
			or (approval.state == rules.OPEN and approval.approver_role != roles.get(approval.rule))
		)

	def reason(self, need: ApprovalNeed) -> str:
		return words.reason(need, self.currency)


def owed(doc) -> Owed:
	"""What the draft owes by the rules and figures of this moment; reads, locks nothing."""
	return _owed(doc, approvals.credit_of)


def follow_changes(doc) -> None:
	"""A draft is saved: approvals of what it was before no longer count; what was asked is asked again.

	Statements: 1 for an order without approvals.
	"""
	if not settings.is_on(settings.APPROVAL) or doc.is_new() or not doc.docstatus.is_draft():
		return
	known = approvals.of_order(doc.name)
	if not known:
		return
	now = owed(doc)
	if now.outdated(known):
		_replace_outdated(doc, now)


def require(doc) -> None:
	"""The gate: let the order be submitted only with every approval it owes.

	Raises: ApprovalRequired naming every reason with its numbers, and the next step.
	"""
	if not settings.is_on(settings.APPROVAL):
		return
	_check(doc, _owed(doc, _credit_under_lock))


def confirm(doc) -> None:
	"""The order is written: it must be the one that the gate saw.

	Code may skip validation, and with it the gate (``flags.ignore_validate``), or change the order behind
	the gate. Raises: ApprovalRequired.
	"""
	native_checks.restore(doc, CREDIT_CHECK)
	if not settings.is_on(settings.APPROVAL):
		return
	if doc.flags.swf_approved != rules.fingerprint(orders.facts(doc)):
		own = flt(doc.base_grand_total)  # ERPNext counts the order already, it was just written
		_check(doc, _owed(doc, lambda *key: _less(_credit_under_lock(*key), own)))


def keep_granted_credit(doc) -> None:
	"""A later save of an order whose credit was approved: ERPNext's credit check stays away.

	Unless the total rises: nobody approved that.
	"""
	native_checks.restore(doc, CREDIT_CHECK)
	if not settings.is_on(settings.APPROVAL):
		return
	before = doc.get_doc_before_save()
	digits = doc.precision("base_grand_total")
	is_covered = before and flt(doc.base_grand_total, digits) <= flt(before.base_grand_total, digits)
	if is_covered and approvals.has_granted(doc.name, rules.CREDIT_EXPOSURE):
		native_checks.waive(doc, CREDIT_CHECK)


def after_cancel(doc) -> None:
	"""Nobody is asked about a cancelled order."""
	if settings.is_on(settings.APPROVAL):
		approvals.supersede_open(doc.name)


def forget(doc) -> None:
	"""Delete the approvals with their order, also when the switch is off: their link would keep it alive."""
	approvals.delete_of_order(doc.name)


def ask(order: str) -> list[str]:
	"""Ask for every approval that the saved draft owes and nobody was asked for. Returns their names.

	The order is submitted by the last approval. Raises: ValidationError when the order is no draft, or was
	refused as it is now.
	"""
	if not settings.is_on(settings.APPROVAL):
		refuse_with(RuleViolation("switched_off", capability=_("Approval")))
	doc = frappe.get_doc("Sales Order", order, for_update=True)
	if not doc.docstatus.is_draft():
		refuse_with(RuleViolation("not_a_draft", order=order, status=_(doc.status)))
	now = owed(doc)
	if not (now.needs or approvals.of_order(order)):
		return []
	approvals.lock_series()
	known = approvals.of_order(order, for_update=True)
	outdated = now.outdated(known)
	current = now.current(tuple(approval for approval in known if approval not in outdated))
	_check_not_refused(now, current)
	approvals.supersede(outdated)
	names = _open(doc, now, current, frappe.session.user)
	refresh_status.of(order)
	return names


def _owed(doc, credit_of) -> Owed:
	order = orders.facts(doc)
	in_scope = {rule.name: rule for rule in approvals.rules() if rules.in_scope(order, rule)}
	if any(rule.criterion == rules.CREDIT_EXPOSURE for rule in in_scope.values()):
		order = replace(order, credit=credit_of(order.customer, order.company))
	return Owed(order, rules.evaluate(order, in_scope.values()), rules.fingerprint(order), in_scope)


def _credit_under_lock(customer: str, company: str) -> CreditFacts:
	"""The customer's credit with all that is committed; nobody adds to it before this transaction ends."""
	credit = approvals.credit_of(customer, company)
	if not credit.limit_base:
		return credit
	approvals.lock_customer(customer)
	return _less(credit, -approvals.submitted_meanwhile(customer, company))


def _less(credit: CreditFacts, amount_base: float) -> CreditFacts:
	return replace(credit, outstanding_base=credit.outstanding_base - amount_base)


def _check(doc, now: Owed) -> None:
	known = approvals.of_order(doc.name)
	if known or now.needs:
		known = approvals.of_order(doc.name, for_update=True)
	lacking = now.missing(known)
	if lacking:
		frappe.throw(
			words.gate(doc.name, lacking, now.current(known), now.currency),
			exc=ApprovalRequired,
			title=_("Approval Required"),
		)
	approvals.supersede(now.outdated(known))
	doc.flags.swf_approved = now.digest
	if any(_grants_credit(approval) for approval in now.current(known)):
		native_checks.waive(doc, CREDIT_CHECK)


def _grants_credit(approval: Approval) -> bool:
	return approval.state == rules.APPROVED and approval.criterion == rules.CREDIT_EXPOSURE


def _replace_outdated(doc, now: Owed) -> None:
	approvals.lock_series()
	known = approvals.of_order(doc.name, for_update=True)
	outdated = now.outdated(known)
	approvals.supersede(outdated)
	askers = [approval.requested_by for approval in outdated if approval.state == rules.OPEN]
	left = tuple(approval for approval in known if approval not in outdated)
	names = _open(doc, now, left, askers[0]) if askers else []
	if outdated:
		frappe.msgprint(words.withdrawn((approval.rule for approval in outdated), bool(names)), alert=True)


def _open(doc, now: Owed, current: tuple[Approval, ...], asked_by: str) -> list[str]:
	"""Open what is missing and not asked yet, and tell those who can decide."""
	asked = {approval.rule for approval in current if approval.state == rules.OPEN}
	needs = [need for need in now.missing(current) if need.rule not in asked]
	new = [
		approvals.NewApproval(need, now.reason(need), now.rules[need.rule].allows_own_order) for need in needs
	]
	names = approvals.create(now.order, new, now.digest, asked_by)
	if new:
		doc.add_comment("Info", words.asked(one.reason for one in new))
		for request in deciders.assign(doc, names):
			if request.state == rules.OPEN:
				tell.asked(doc, request, asked_by)
	return names


def _check_not_refused(now: Owed, current: tuple[Approval, ...]) -> None:
	lacking = {need.rule for need in now.missing(current)}
	refused = [one for one in current if one.state == rules.REJECTED and one.rule in lacking]
	if refused:
		frappe.throw("<br>".join(words.refused_before(one) for one in refused), title=_("Refused"))


def _facts(known: tuple[Approval, ...]):
	return [approval.facts() for approval in known]
