"""A customer, an item, an address, a user is renamed or merged: what was approved stands.

What approvers agreed to is kept by name. A new name changes nothing of the order. After a merge only those
are asked again whose order got worse by it: other prices, costs or debts than they had agreed to.
"""

from sales_wh_flow.approval import gate, owed, subject, with_reason
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.new_names import renamed, sold_renamed
from sales_wh_flow.approval.rules.still_covers import likeness, likeness_of, worse
from sales_wh_flow.approval.store import gate as gate_store
from sales_wh_flow.approval.store import names, order_facts, requests
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base import settings
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.hold import hold_order

_PARTIES = ("Customer", "Company", "Currency")


def before(doc, old: str) -> None:
	"""Keep what the orders that name the record look like under its old name."""
	orders = [Subject(subject.ORDER, name) for name in names.orders_naming(doc.doctype, old)]
	quoted = [Subject(subject.QUOTATION, name) for name in names.quotations_naming(doc.doctype, old)]
	alongside_request().renamed[doc.doctype, old] = {about: _digests(about) for about in (*orders, *quoted)}


def after_rename(doc, old: str, new: str, is_merge: bool) -> None:
	"""What was asked and approved speaks of the new name; after a merge, what got worse is asked again."""
	if doc.doctype in _PARTIES:
		names.rename_identities(doc.doctype, old, new)
	if doc.doctype in ("User", "Order Approval Rule"):
		names.rename_hands("user" if doc.doctype == "User" else "rule", old, new)
	if doc.doctype == "Order Approval Rule":
		names.rename_owed(old, new)
	for approval, facts in names.facts_naming(old):
		names.keep_facts(approval, renamed(facts, old, new))
	if doc.doctype in (*_PARTIES, "Item"):
		_rename_sold(doc.doctype, old, new)
	found = alongside_request().renamed.pop((doc.doctype, old), {})
	for about, was in found.items():
		names.restate(about.doctype, about.name, was, _digests(about))
	if is_merge and settings.is_on(settings.APPROVAL):
		for about in found:
			if not about.is_quotation:  # that is judged again when it is saved or submitted
				_ask_again_if_worse(about.name)


def subject_renamed(old: str, new: str) -> None:
	"""An order or a Quotation has a new name: what the gate keeps of it goes by that."""
	gate_store.rename_gate(old, new)


def _rename_sold(doctype: str, old: str, new: str) -> None:
	"""A refusal is known again under the new name, also when its order is deleted."""
	for approval, sold, company, customer in names.sold_naming(old):
		sold = sold_renamed(sold, doctype, old, new, company, customer)
		names.keep_sold(approval, sold, likeness_of(sold))


def _digests(about: Subject) -> tuple[str, str]:
	"""(fingerprint, likeness)"""
	facts = order_facts.facts_of_document(subject.stored_order(about))
	return rules.fingerprint(facts), likeness(facts)


def _ask_again_if_worse(order: str) -> None:
	doc = hold_order(order)
	now = owed.under_lock(doc)
	requests.hold_series()
	known = requests.approvals_of_order(order, for_update=True)
	gone = _outgrown(order, now, known)
	if not gone:
		return
	requests.supersede(gone)
	with_reason.note_taken_back(doc, now, gone)
	others = frozenset(need.rule for need in now.needs) - {it.rule for it in gone}
	current = now.current(requests.approvals_of_order(order))
	gate.open_missing(doc, now, current, gone[0].requested_by, but=others)
	refresh_status.refresh_order(order)


def _outgrown(order: str, now: Owed, known: tuple[Approval, ...]) -> tuple[Approval, ...]:
	"""The approvals that were given for less than what the order is since the merge."""
	needs = {need.rule: need for need in now.needs if not need.is_shadow}
	given = requests.measured(order)
	return tuple(
		it
		for it in known
		if it.name in given
		and (need := needs.get(it.rule))
		and (
			owed.is_worse_than_shown(need, given[it.name])
			or (it.brought and worse(dict(it.brought), need.facts, need.tolerance))
		)
	)
