"""Who made an order worse by a rule. They may not decide about it; nor may its author or whoever asked.

Without this an approver edits somebody else's order from 15 % to 90 % discount and approves that.
"""

from dataclasses import replace

import frappe

from sales_wh_flow.approval import owed, sayings, subject
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.still_covers import is_worse
from sales_wh_flow.approval.store import gate, order_facts, owners, requests, todos
from sales_wh_flow.approval.store.gate import Hand
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import hold_rows, said, settings

_MOST_PARTS = 10
"""How often somebody may make an order worse by one rule until the eldest is not told any more."""


def credit_author(doc) -> None:
	"""An order, or a Quotation, that Auto Repeat makes belongs to the author of what is repeated: the
	scheduler, in whose name it comes, wrote nothing of it, and nobody decides about his own.
	"""
	maker = doc.flags.updater_reference or {}
	if settings.is_on(settings.APPROVAL) and maker.get("doctype") == owners.AUTO_REPEAT:
		doc.owner = owners.author_of_pattern(maker["docname"]) or doc.owner


def note_worse(doc, before, now: Owed | None = None) -> tuple[Hand, ...]:
	"""Write down by which rules the session's user makes the order worse than ``before``, and return that.

	The author needs no note, being excluded already. No statement for a save that changes nothing that rules
	look at.
	"""
	user = frappe.session.user
	if not before or user == doc.owner:
		return ()
	if rules.fingerprint(order_facts.facts_of_document(before)) == rules.fingerprint(
		order_facts.facts_of_document(doc)
	):
		return ()
	now = now or owed.needs_now(doc)
	needs = [need for need in now.needs if not need.is_shadow]
	if not needs:
		return ()
	asked = [now.rules[need.rule] for need in needs]
	then = {need.rule: need for need in rules.evaluate(owed.facts_for(before, asked), asked)}
	found = tuple(
		Hand(need.rule, user, kept.made_worse(then.get(need.rule), need, now.currency))
		for need in needs
		if is_worse(then.get(need.rule), need)
	)
	if found:
		gate.keep_hands(doc.name, _merged(gate.hands(doc.name), found))
	return found


def exclude(doc, worse: tuple[Hand, ...]) -> None:
	"""Approvals that stand open although somebody made the order worse: others decide about them."""
	if not worse:
		return
	by_rule = {hand.rule: hand for hand in worse}
	for one in subject.approvals_about(subject.subject_of_order(doc)):
		if one.state == rules.OPEN and one.rule in by_rule:
			request = hold_rows.held_document(requests.DOCTYPE, one.name)
			_exclude(doc, request, by_rule[one.rule])


def _exclude(doc, request, hand: Hand) -> None:
	if any(row.user == hand.user and _says(row.comment, hand.what) for row in request.decisions):
		return  # it was opened after the change, and says so
	deciders.record_vote(request, "Changed", hand.user, comment=hand.what)
	if request.waits_for and len(deciders.people(doc, request)) + request.given < request.needed:
		deciders.ask_again(doc, request)
	deciders.save(request)
	todos.dismiss(subject.subject_of_order(doc), request, [hand.user])


def _merged(known: tuple[Hand, ...], new: tuple[Hand, ...]) -> tuple[Hand, ...]:
	"""One for each rule and user, with all that was changed."""
	found = {(hand.rule, hand.user): hand for hand in known}
	for hand in new:
		old = found.get((hand.rule, hand.user))
		what = _both(old.what, hand.what) if old else hand.what
		found[hand.rule, hand.user] = replace(hand, what=what)
	return tuple(found.values())


def _both(before: str, now: str) -> str:
	return said.keep(sayings.one_after_the_other, parts=[*_parts(before), now][-_MOST_PARTS:])


def _parts(what: str) -> list[str]:
	is_list = said.code_of(what) == "approval.sayings.one_after_the_other"
	return said.values_of(what)["parts"] if is_list else [what]


def _says(comment: str | None, what: str) -> bool:
	return set(_parts(what)) <= set(_parts(comment or ""))
