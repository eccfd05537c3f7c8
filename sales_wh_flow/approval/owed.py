"""What an order, as it is now, needs approval for; the rules are read once, and only facts they ask for."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from frappe.utils import getdate, nowdate

from sales_wh_flow.approval import own_condition, special_terms
from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.facts import ApprovalNeed, ApprovalRuleFacts, CreditFacts, OrderFacts
from sales_wh_flow.approval.rules.measure import IN_DAYS, PERCENT, is_rising
from sales_wh_flow.approval.rules.still_covers import covers, identity, is_figure_worse, worse
from sales_wh_flow.approval.store import credit as credit_store
from sales_wh_flow.approval.store import order_facts, quotations
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.said import Kept


@dataclass(frozen=True, slots=True)
class Owed:
	"""An order and its needs. ``rules``: the rules that speak of it. ``accepting``: approvals whose condition
	the sales user is accepting with this very change, and which therefore stand. ``covered``: rules that were
	answered at the Quotation.
	"""

	order: OrderFacts
	needs: tuple[ApprovalNeed, ...]
	digest: str
	rules: dict[str, ApprovalRuleFacts]
	accepting: frozenset[str] = frozenset()
	covered: frozenset[str] = frozenset()

	@property
	def currency(self) -> str:
		return self.order.company_currency

	@property
	def shadows(self) -> tuple[ApprovalNeed, ...]:
		"""What rules in shadow would have asked."""
		return tuple(need for need in self.needs if need.is_shadow)

	def missing(self, known: tuple[Approval, ...]) -> tuple[ApprovalNeed, ...]:
		standing = {approval.rule for approval in known if approval.name in self.accepting}
		found = rules.missing(self.needs, _facts(known), self.digest)
		return tuple(need for need in found if need.rule not in standing | self.covered)

	def current(self, known: tuple[Approval, ...]) -> tuple[Approval, ...]:
		"""The approvals that speak of the order as it is now."""
		gone = {approval.name for approval in self.outdated(known)}
		return tuple(approval for approval in known if approval.name not in gone)

	def outdated(self, known: tuple[Approval, ...]) -> tuple[Approval, ...]:
		"""The approvals that no longer speak of this order."""
		names = {approval.name for approval in rules.outdated(self.needs, _facts(known), self.digest)}
		return tuple(it for it in known if it.name in names and it.name not in self.accepting)

	def to_refresh(self, known: tuple[Approval, ...]) -> tuple[tuple[Approval, ApprovalNeed], ...]:
		"""Approvals that are open and stand, but were asked with other numbers."""
		owed = {need.rule: need for need in self.needs if not need.is_shadow}
		return tuple(
			(approval, owed[approval.rule])
			for approval in self.current(known)
			if approval.state == rules.OPEN
			and approval.fingerprint != self.digest
			and approval.rule in owed
			and approval.name not in self.accepting
		)

	def grants_credit(self, approval: Approval) -> bool:
		"""Whether somebody agreed to entrust this much to this customer."""
		if approval.state != rules.APPROVED or approval.criterion != rules.CREDIT_EXPOSURE:
			return False
		need = next((need for need in self.needs if need.rule == approval.rule), None)
		facts = approval.facts()
		if need:
			return covers(facts, need, self.digest)
		total = (("order total", self.order.total_base),)
		return approval.fingerprint == self.digest or (
			facts.identity == identity(self.order) and not worse(dict(facts.facts), total, 0.0)
		)

	def reason(self, need: ApprovalNeed) -> Kept:
		"""Why it is asked, as it is kept."""
		return kept.need_kept(need, self.currency)


def needs_now(doc) -> Owed:
	"""What the order owes by the rules and figures of this moment; reads, locks nothing."""
	return _owed(doc, _credit, _as_seen)


def under_lock(doc) -> Owed:
	"""What the order owes, with all that is committed of the customer's credit: that is locked, so nobody
	takes more of it meanwhile."""
	return _owed(doc, _credit_under_lock, quotations.taken_meanwhile)


def facts_for(doc, asked: Collection[ApprovalRuleFacts], credit_of=None) -> OrderFacts:
	"""The order with every fact that these rules ask for."""
	order = order_facts.with_trees(order_facts.facts_of_document(doc), doc, asked)
	meant = tuple(rule for rule in asked if not rule.gone and rules.in_scope(order, rule))
	needed = criteria.facts_to_read(meant)
	order = order_facts.with_facts(order, doc, needed)
	if criteria.CREDIT in needed:
		credit = (credit_of or _credit)(order, criteria.PENDING in needed)
		order = replace(order, credit=_without_own(credit, doc))
	if criteria.TERMS in needed:
		order = replace(order, special=special_terms.special_terms_on(doc))
	if criteria.ANSWERS in needed:
		order = replace(order, answers=own_condition.answers(doc, order, meant))
	return order


def is_worse_than_shown(need: ApprovalNeed, shown: float) -> bool:
	"""Whether what the rule measures now is worse than the figure somebody saw, beyond its tolerance."""
	is_absolute = need.unit in (PERCENT, IN_DAYS)
	rising = is_rising(need.comparison)
	return not need.error and is_figure_worse(shown, need.measured, rising, is_absolute, need.tolerance)


def _owed(doc, credit_of, taken_of) -> Owed:
	known = approval_rules.enabled_rules()
	order = facts_for(doc, known, credit_of)
	needs = rules.evaluate(order, known)
	meant = {rule.name: rule for rule in known}
	# The digest is of what is written on the order: what masters say of it may change without it.
	digest = rules.fingerprint(order_facts.facts_of_document(doc))
	covered = _covered(doc, order, needs, digest, taken_of)
	return Owed(order, needs, digest, meant, alongside(doc).accepting, covered)


def _covered(
	doc, order: OrderFacts, needs: Collection[ApprovalNeed], digest: str, taken_of
) -> frozenset[str]:
	"""The rules that somebody agreed to at the Quotation the order is made from, which it is no worse than.

	All orders made from it together take no more than was quoted. How much credit a customer gets is asked
	at the order: ERPNext checks that itself there. One statement for an order that owes something and comes
	from a Quotation. ``taken_of``: what others took of it meanwhile.
	"""
	asked = {need.rule: need for need in needs if need.criterion != rules.CREDIT_EXPOSURE and not need.error}
	names = {row.get("prevdoc_docname") for row in doc.items} - {None, ""}
	if not (asked and names):
		return frozenset()
	# Its date can be typed; when it was made can not.
	made_on = getdate(nowdate() if doc.is_new() else doc.creation)
	given = quotations.given_for(doc.name or "", made_on, names)
	more = taken_of(doc.name or "", names) if given else {}
	worth = sum(line.amount_base for line in order.lines)
	return frozenset(
		one.facts.rule
		for one in given
		if (need := asked.get(one.facts.rule))
		and covers(one.facts, need, digest)
		and not is_worse_than_shown(need, one.measured)
		and not is_figure_worse(
			one.left_base - more.get(one.quotation, 0.0), worth, True, False, need.tolerance
		)
	)


def _as_seen(_order: str, _quotations: Collection[str]) -> dict[str, float]:
	"""Nobody took anything since this transaction began to read."""
	return {}


def _credit(order: OrderFacts, counts_pending: bool) -> CreditFacts:
	return credit_store.read_credit(
		order.customer, order.company, (order.name or "") if counts_pending else None
	)


def _credit_under_lock(order: OrderFacts, counts_pending: bool) -> CreditFacts:
	group = credit_store.take_turn(order.customer, order.company)
	credit = _credit(order, counts_pending)
	more, together = credit_store.submitted_meanwhile(order.customer, order.company, group)
	return _with_more(credit, more, together)


def _without_own(credit: CreditFacts, doc) -> CreditFacts:
	"""ERPNext counts an order that is written as submitted already."""
	if not doc.docstatus.is_submitted():
		return credit
	own = credit_store.counted_already(doc.name)
	return _with_more(credit, -own, -own)


def _with_more(credit: CreditFacts, own: float, together: float) -> CreditFacts:
	shared = credit.shared
	if shared:
		shared = replace(shared, outstanding_base=shared.outstanding_base + together)
	return replace(credit, outstanding_base=credit.outstanding_base + own, shared=shared)


def _facts(known: tuple[Approval, ...]):
	return [approval.facts() for approval in known]
