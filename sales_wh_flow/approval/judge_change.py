"""A submitted order changed: what now needs approval holds it, nothing else does.

The change itself is accepted. While an approval is open, or refused, nothing of the order is picked or
shipped and nothing more is locked for it; what it holds already stays. The gate keeps the digest of the state
that was judged last, out of the order's reach, so that a save that changes nothing is not judged again.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import replace

import frappe
from frappe import _

from sales_wh_flow.approval import gate as approve
from sales_wh_flow.approval import hands, owed, with_reason
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.still_covers import worse
from sales_wh_flow.approval.store import gate, order_facts, requests
from sales_wh_flow.approval.words import gate as words
from sales_wh_flow.base import native_checks, said, settings
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.order.store import inward_orders
from sales_wh_flow.stock_lock import lock
from sales_wh_flow.stock_lock import sayings as lock_sayings


@contextmanager
def watching(before):
	"""While ERPNext updates the items of this order, row by row, ``before`` is what it was."""
	alongside_request().order_before_update = before
	try:
		yield
	finally:
		alongside_request().order_before_update = None


def is_watched(order: str) -> bool:
	"""Whether what this request does to an order is compared with how it was before."""
	before = alongside_request().order_before_update
	return bool(before and before.name == order)


def judge_submitted(doc) -> None:
	"""A submitted order was written: ask for what it now needs."""
	if not settings.is_on(settings.APPROVAL) or not doc.docstatus.is_submitted():
		return
	digest = rules.fingerprint(order_facts.facts_of_document(doc))
	before = alongside_request().order_before_update if is_watched(doc.name) else doc.get_doc_before_save()
	passed = gate.let_through(doc.name)
	seen = passed.digest or (before and rules.fingerprint(order_facts.facts_of_document(before)))
	if digest != seen:
		_judge(doc, before, passed)


def reopened(doc) -> None:
	"""An order that was closed or on hold goes on: judged as if it had changed to what it is today.

	ERPNext checks its credit next; that check stays away only where approvers agreed to, or are asked about,
	the figures of today.
	"""
	native_checks.restore(doc, __name__, approve.CREDIT_CHECK)
	if not settings.is_on(settings.APPROVAL):
		return
	_take_back_outgrown(doc)
	_judge(doc, None, gate.let_through(doc.name))
	refresh_status.refresh_order(doc.name)
	known = requests.approvals_of_order(doc.name)
	if any(it.criterion == rules.CREDIT_EXPOSURE and it.state != rules.REJECTED for it in known):
		native_checks.waive(doc, __name__, approve.CREDIT_CHECK)


def after_last_grant(doc) -> None:
	"""Everybody agreed to the change: lock what was held back."""
	if settings.is_on(settings.STOCK_LOCK) and doc.status not in NO_DEMAND:
		lock.more(hold.hold_order(doc.name, for_update=True), said.keep(lock_sayings.change_approved))
	refresh_status.refresh_order(doc.name)


def is_held(order: str) -> bool:
	"""Whether a change of this submitted order waits for approval, as last committed."""
	return settings.is_on(settings.APPROVAL) and bool(requests.held_orders([order]))


def check_fulfilment(
	orders: Iterable[str | None], rows: Iterable[str | None] = (), note_rows: Iterable[str | None] = ()
) -> None:
	"""Nothing of an order whose change waits for approval is picked or shipped, and nothing of a draft: that
	has not met the gate. ERPNext looks at neither.

	``rows``, ``note_rows``: of orders and Delivery Notes, see ``requests.held_and_drafts``. Raises:
	ValidationError naming each order and what it waits for.
	"""
	if not settings.is_on(settings.APPROVAL):
		return
	held, drafts = requests.held_and_drafts(orders, rows, note_rows)
	waiting = [RuleViolation("waits_for_approval", order=it, rules=waits) for it, waits in held.items()]
	refuse((*waiting, *(RuleViolation("draft_ships_nothing", order=order) for order in drafts)))


def check_delivery(doc) -> None:
	"""Nothing is delivered or billed at figures that nobody agreed to: refuse a note or invoice of an
	order whose change waits for approval.

	What comes back is always taken in.
	"""
	if doc.get("is_return"):
		return
	field = "against_sales_order" if doc.doctype == "Delivery Note" else "sales_order"
	links = [[row.get(link) for row in doc.items] for link in (field, "so_detail", "dn_detail")]
	check_fulfilment(*links)


def check_unvalidated(doc) -> None:
	"""A program leaves validation out, as *Create* on many of a list does: nothing is made then, either."""
	if doc.flags.ignore_validate:
		check_delivery(doc)


def check_payment_request(doc) -> None:
	"""A customer is asked for no money at a price that nobody agreed to: refuse for what waits, and for a
	draft that can't be submitted without more approvals.
	"""
	if not settings.is_on(settings.APPROVAL) or doc.reference_doctype != "Sales Order":
		return
	order = doc.reference_name
	held = requests.held_orders([order])
	refuse(RuleViolation("waits_for_approval", order=it, rules=waits) for it, waits in held.items())
	if frappe.db.get_value("Sales Order", order, "docstatus") == 0:
		now = owed.needs_now(frappe.get_doc("Sales Order", order))
		if now.missing(requests.approvals_of_order(order)):
			refuse(RuleViolation("draft_ships_nothing", order=order))


def check_drop_ship(doc) -> None:
	"""A supplier who delivers to the customer ships, too."""
	rows = [row for row in doc.items if row.get("delivered_by_supplier")]
	check_fulfilment((row.sales_order for row in rows), (row.sales_order_item for row in rows))


def check_inward_delivery(doc) -> None:
	"""What was made of a customer's material ships by a Stock Entry of ERPNext 16."""
	if doc.get("purpose") == "Subcontracting Delivery":
		check_fulfilment([inward_orders.order_of_entry(doc)])


def check_credit(doc) -> None:
	"""ERPNext's own credit check of an order whose items were updated, unless approvers judge it.

	Raises: ValidationError, ERPNext's own.
	"""
	known = requests.approvals_of_order(doc.name)
	if not any(it.criterion == rules.CREDIT_EXPOSURE and it.state != rules.REJECTED for it in known):
		doc.check_credit_limit()


def _take_back_outgrown(doc) -> None:
	"""While the order rested others used what approvers had agreed to: they agreed to less than now."""
	now = owed.under_lock(doc)
	requests.hold_series()
	known = requests.approvals_of_order(doc.name, for_update=True)
	needs = {need.rule: need for need in now.needs if not need.is_shadow}
	given = requests.measured(doc.name)
	outgrown = tuple(
		it
		for it in known
		if it.name in given and it.rule in needs and owed.is_worse_than_shown(needs[it.rule], given[it.name])
	)
	requests.supersede(outgrown)
	with_reason.note_taken_back(doc, now, outgrown)


def _judge(doc, before, passed: gate.Passed) -> None:
	now = owed.under_lock(doc)
	requests.hold_series()
	known = requests.approvals_of_order(doc.name, for_update=True)
	was_held = any(approval.state != rules.APPROVED for approval in known)
	tolerated = frozenset() if was_held else no_worse_than(before, now, known)
	worse_by = hands.note_worse(doc, before, now)
	approve.bring_approvals_up_to_date(doc, now, worse_by, announce=False)
	names = approve.open_missing(
		doc, now, now.current(requests.approvals_of_order(doc.name)), frappe.session.user, but=tolerated
	)
	hands.exclude(doc, worse_by)
	approve.record_shadows(now)
	gate.remember(doc.name, replace(passed, digest=now.digest))
	if names:
		lacking = [need for need in now.missing(known) if need.rule not in tolerated]
		reasons = approve.reasons_for_me(doc, now, lacking).values()
		frappe.msgprint(words.word_held(doc.name, reasons), title=_("Waits for Approval"), indicator="orange")
	elif was_held and not is_watched(doc.name):
		refresh_status.refresh_order(doc.name)
		if not requests.held_orders([doc.name]):
			after_last_grant(doc)


def no_worse_than(before, now: Owed, known) -> frozenset[str]:
	"""The rules that the order hit before this change as badly: it was let through as it was."""
	lacking = now.missing(known)
	if not (lacking and before):
		return frozenset()
	asked = [now.rules[need.rule] for need in lacking]
	then = {need.rule: need for need in rules.evaluate(owed.facts_for(before, asked), asked)}
	return frozenset(need.rule for need in lacking if _is_no_worse(then.get(need.rule), need))


def _is_no_worse(then: ApprovalNeed | None, need: ApprovalNeed) -> bool:
	if then is None or not need.facts or then.identity != need.identity:
		return False
	return not worse(dict(then.facts), need.facts, need.tolerance)
