"""What approvals keep for people to read, as a code with its values; ``sayings`` words it for the reader."""

from collections.abc import Iterable

from sales_wh_flow.approval import sayings
from sales_wh_flow.approval.rules.criteria import MARGIN
from sales_wh_flow.approval.rules.facts import ApprovalNeed
from sales_wh_flow.approval.rules.levels import Approver
from sales_wh_flow.approval.rules.needs import REJECTED
from sales_wh_flow.approval.rules.still_covers import worse
from sales_wh_flow.base import said
from sales_wh_flow.base.said import Kept

MOST_CHANGES = 5
"""How many facts that got worse one text names."""


def need_kept(need: ApprovalNeed, currency: str) -> Kept:
	"""Why an order needs an approval. ``currency``: the company's."""
	values = {
		"measure": need.measure,
		"comparison": need.comparison,
		"measured": need.measured,
		"allowed": need.allowed,
		"unit": need.unit,
		"detail": need.detail,
		"error": need.error,
	}
	given = {name: value for name, value in values.items() if value}
	return said.keep(sayings.need, criterion=need.criterion, currency=currency, **given)


def asked_now(approvers: Iterable[Approver]) -> Kept:
	"""Who is asked now."""
	rows = [[one.kind, one.role, one.user, one.relation] for one in approvers]
	return said.keep(sayings.asked_people, approvers=rows)


def what_changed(approval, need: ApprovalNeed | None, currency: str) -> Kept:
	"""Why a change of the order withdrew an approval (store.requests.Approval), as it is kept.

	``need``: what the rule asks of the order now, None for nothing.
	"""
	if need is None:
		return said.keep(sayings.not_needed)
	if approval.identity and approval.identity != need.identity:
		return said.keep(sayings.identity_changed)
	before = dict(approval.brought)
	keys = worse(before, need.facts, need.tolerance)
	if approval.state == REJECTED or not (before and keys):
		return said.keep(sayings.changed_so_that, need=need_kept(need, currency))
	return _facts_changed(before, need, keys, currency)


def made_worse(then: ApprovalNeed | None, need: ApprovalNeed, currency: str) -> Kept:
	"""What somebody changed about an order, as far as one rule looks at it, as it is kept."""
	if then is None:
		return need_kept(need, currency)
	if then.identity != need.identity:
		return said.keep(sayings.identity_changed)
	before = dict(then.facts)
	keys = worse(before, need.facts, 0.0)
	return _facts_changed(before, need, keys, currency) if keys else need_kept(need, currency)


def _facts_changed(before: dict, need: ApprovalNeed, keys: list[str], currency: str) -> Kept:
	now = dict(need.facts)
	return said.keep(
		sayings.facts_changed,
		facts=[[key, before.get(key), now[key]] for key in keys[:MOST_CHANGES]],
		currency=currency,
		is_margin=need.criterion == MARGIN,
		more=max(len(keys) - MOST_CHANGES, 0),
	)
