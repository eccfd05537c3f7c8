"""Why approvals are asked and taken back, as the flow keeps it."""

from sales_wh_flow.approval import figure_rights, sayings, timeline
from sales_wh_flow.approval.owed import Owed
from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.still_covers import likeness
from sales_wh_flow.approval.store import new_requests
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.store.requests import Approval
from sales_wh_flow.approval.words import kept
from sales_wh_flow.base import said
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.timeline import note

NO_HINT = Kept()


def with_reason(now: Owed, need: ApprovalNeed, hint: Kept | None = None) -> new_requests.NewApproval:
	"""A need with its reason. ``hint``: at a refusal of the like; looked for when not given."""
	hint = refused_alike(now) if hint is None else hint
	reason = now.reason(need)
	if hint:
		reason = said.keep(sayings.need_with_hint, need=reason, hint=hint)
	return new_requests.NewApproval(need, reason, now.rules[need.rule].allows_own_order)


def refused_alike(now: Owed) -> Kept:
	"""A hint at the last refusal of an order that sold the same at the same prices; empty for none."""
	found = approvals.last_refused(likeness(now.order))
	if not found:
		return NO_HINT
	order, user, on, comment = found
	return said.keep(sayings.refused_alike, order=order, user=user, on=on, comment=said.typed(comment))


def note_taken_back(doc, now: Owed, outdated: tuple[Approval, ...]) -> None:
	"""One line of the timeline for all of them."""
	if outdated:
		needs = {need.rule: need for need in now.needs if not need.is_shadow}
		told = [_taken_back(one, needs.get(one.rule), now.currency) for one in outdated]
		note(doc, timeline.taken_back, approvals=told)


def _taken_back(approval: Approval, need: ApprovalNeed | None, currency: str) -> list[str]:
	reason = figure_rights.public(approval.criterion, approval.reason)
	what = figure_rights.public(approval.criterion, kept.what_changed(approval, need, currency))
	return [approval.rule, approval.state, reason, what]
