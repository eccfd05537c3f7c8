"""Forward one request: somebody else decides it in the name of the one who was asked."""

from sales_wh_flow.approval import decide, permissions, tell, timeline
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.rules.levels import FORWARDED, Approver
from sales_wh_flow.approval.rules.votes import Claim
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import deciding as words
from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.refusals import require_reason
from sales_wh_flow.base.timeline import note


def forward_to(about: Subject | str, approval: str, user: str, comment: str | None) -> str:
	"""Ask ``user`` in the name of the session's user, who may still decide. Returns the user's full name.

	Raises: ValidationError without a comment, or when the user can't decide; PermissionError when it is not
	the session user's to forward.
	"""
	require_reason(comment, RuleViolation("forward_unexplained"))
	case = decide.hold_approval(about, approval)
	right = decide.right_to_decide(case)
	try:
		_check(case, right, user)
	except RuleViolation as violation:
		refuse_with(violation)
	request = case.request
	principal = right.on_behalf_of or right.user
	row = Approver(request.level, FORWARDED, user=user, up_to_base=right.up_to_base, on_behalf_of=principal)
	deciders.record_vote(request, "Forwarded", right.user, right.on_behalf_of, comment)
	deciders.add(case.order, request, row)
	request.forwarded_to = user
	deciders.save(request)
	note(case.order, timeline.forwarded, rule=request.rule, to_user=user, comment=said.typed(comment))
	tell.tell_forwarded(case.order, request, user, comment)
	return words.full_name(user)


def _check(case: decide.Case, right: Claim, user: str) -> None:
	now = deciders.asking(case.order, case.request)
	name = words.full_name(user)
	if user in (right.user, right.on_behalf_of):
		raise RuleViolation("forward_to_itself", user=name)
	if not asked_people.enabled_users([user]) or not permissions.readers(case.order, [(user, name)]):
		raise RuleViolation("forward_to_blind", user=name, order=case.order.name)
	if user in now.excluded:
		raise RuleViolation("forward_to_author", user=name)
	if user in now.voted or any(row.user == user for row in now.able):
		raise RuleViolation("forward_to_asked", user=name)
