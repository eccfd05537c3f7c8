"""What `approval.api` answers. People are given by full name, times as text, "" for nothing."""

from typing import TypedDict


class OwedApproval(TypedDict):
	"""What a rule asks for a draft now. ``state``: Open, Approved, Rejected or Not Asked."""

	rule: str
	criterion: str
	reason: str
	approver_role: str
	who_in_turn: str
	state: str
	who_can_decide: list[str]


class ShownShadow(TypedDict):
	"""What a rule on trial would have asked."""

	rule: str
	reason: str
	since: str


class _Condition(TypedDict, total=False):
	state: str
	kind: str
	value: float
	text: str
	by: str
	comment: str


class OfferedCondition(_Condition):
	"""On what condition an approver agrees, in ``text``; {} without one. ``value``: in percent."""


class GivenDecision(TypedDict):
	level: int
	action: str
	user: str
	on_behalf_of: str
	comment: str
	at: str


class ShownApproval(TypedDict):
	"""``state``: Open, Approved or Rejected; ``given`` of ``needed`` approvals on ``level`` of ``levels``."""

	name: str
	rule: str
	criterion: str
	rule_version: int
	state: str
	reason: str
	approver_role: str
	since: str
	requested_by: str
	decided_by: str
	decided_on: str
	comment: str
	level: int
	levels: int
	needed: int
	given: int
	due_on: str
	waits_for: str
	forwarded_to: str
	condition: OfferedCondition
	decisions: list[GivenDecision]
	who_can_decide: list[str]
	decided_as: str
	may_i_decide: bool
	may_i_forward: bool
	may_i_set_condition: bool
	question: str
	may_i_ask_back: bool
	may_i_answer: bool
	may_i_remind: bool
	remind_again_on: str
	may_i_accept_condition: bool


class ApprovalsOfOrder(TypedDict):
	"""An order's approvals without those that others replaced, and what a draft owes by the rules of this
	moment.

	``may_ask``: the button Ask for Approval makes sense for this user.
	"""

	is_on: bool
	may_ask: bool
	may_withdraw: bool
	owed: list[OwedApproval]
	approvals: list[ShownApproval]
	shadows: list[ShownShadow]


class AskedForOrder(ApprovalsOfOrder):
	"""``asked``: names of the new approvals."""

	asked: list[str]


class RuleReason(TypedDict):
	"""All in words; "" for figures that the user may not see."""

	measured: str
	allowed: str
	reason: str


class TriedRule(RuleReason):
	"""``verdict``: Hit, Not Hit, Out of Scope or Error (nobody can tell, so the order is held); ``who``:
	would be asked.
	"""

	rule: str
	verdict: str
	who: list[str]


class ShownMeasure(TypedDict):
	"""``unit`` of the threshold: %, amount, days, count, qty, or "" for yes or no."""

	name: str
	unit: str
	comparisons: list[str]


class ShownDecision(TypedDict):
	"""What came of a decision. ``given`` of ``needed`` approvals on ``level``; ``waits_for``, ``also``: rules
	that are still open, and that this approval answered, too.

	``why_not`` (HTML): why the order with all its approvals could not be submitted, "" where it was.
	"""

	state: str
	submitted: bool
	waits_for: list[str]
	why_not: str
	level: int
	needed: int
	given: int
	also: list[str]
	condition_state: str


class DecisionByLink(ShownDecision):
	"""``text``: what came of it, in words."""

	text: str


class Forwarded(TypedDict):
	forwarded_to: str


class OneOfMany(TypedDict):
	"""``message``: what came of it or why it was refused, in plain text; one that this call answered with
	another one is ``ok``.
	"""

	approval: str
	ok: bool
	state: str
	submitted: bool
	message: str
