"""Ask of an open approval whom its rule names now, and judge again who has voted."""

from sales_wh_flow.approval import plan_rows
from sales_wh_flow.approval import request as approval_request
from sales_wh_flow.approval.rules import levels, votes
from sales_wh_flow.approval.rules.levels import Approver, Plan
from sales_wh_flow.approval.store import stand_ins
from sales_wh_flow.base.alongside import alongside


def reassign_to(order, request, plan: Plan) -> bool:
	"""The rule changed: ask whom it names now. Returns whether that is somebody else than before.

	What its people approved goes on counting where the rule still names them; the rest stays in the history.
	Levels that are behind stay behind while the same people stand there.
	"""
	rows, before = approval_request.resolved(order, plan), plan_rows.plan_of(request)
	alongside(request).levels = plan.levels
	named = {row for row in before.approvers if row.kind in levels.KINDS}
	if named == set(rows):
		if approval_request.is_open(request):
			approval_request.advance(order, request)
		return False
	here = request.level or 1
	past = {row for row in named if row.level < here} == {row for row in rows if row.level < here}
	_replace(request, rows, before)
	_judge_votes(order, request)
	request.level = here if past and here in Plan(rows).numbers else 1
	if request.condition_state == approval_request.OFFERED:
		_keep_or_drop_offer(order, request)
	request.waits_for = ""
	if approval_request.is_open(request):
		approval_request.advance(order, request)
	return True


def _replace(request, rows: tuple[Approver, ...], before: Plan) -> None:
	"""New rows; whoever was forwarded a request by somebody who is still named keeps it."""
	request.set("deciders", [])
	for row in rows:
		plan_rows.add_row(request, row)
	forwarded = [row for row in before.approvers if row.kind == levels.FORWARDED]
	kept = [row for row in forwarded if _right_of(request, row.level, row.on_behalf_of, 0.0)]
	for row in kept:
		plan_rows.add_row(request, row)
	if request.forwarded_to not in {row.user for row in kept}:
		request.forwarded_to = None


def _judge_votes(order, request) -> None:
	"""A vote counts while the rule names its authority on that level, as far as that one's limit goes."""
	for row in request.decisions:
		if row.action == approval_request.GIVEN:
			right = _right_of(
				request, row.level, row.on_behalf_of or row.user, approval_request.worth(order, request)
			)
			row.is_void = int(not right)
			row.up_to_amount = right.up_to_base if right else row.up_to_amount


def _keep_or_drop_offer(order, request) -> None:
	"""A condition stands while the rule names whoever set it; else the others decide."""
	offered = [row for row in request.decisions if row.action == "Condition Offered"][-1]
	by = offered.on_behalf_of or offered.user
	if not _right_of(request, offered.level, by, approval_request.worth(order, request)):
		request.update({"condition_state": "", "condition_kind": "", "condition_text": ""})


def _right_of(request, level: int, user: str, value_base: float) -> Approver | None:
	return votes.right_on(plan_rows.plan_of(request), level, value_base, stand_ins.plain_person(user))
