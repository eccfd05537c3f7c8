"""Whose word lets late goods in: rules about returns, and Return Policies where no rule speaks of the goods.

Each ask is answered on levels, as approvals are, by votes that lie on the Return Case.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sales_wh_flow.approval.rules import levels, votes
from sales_wh_flow.approval.rules.facts import ApprovalNeed, ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.levels import Approver, Level, Plan
from sales_wh_flow.approval.rules.needs import evaluate
from sales_wh_flow.approval.rules.scope import line_scope, lines_in_scope
from sales_wh_flow.approval.rules.votes import Asking, Claim, Person, Standing, Vote
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.returns.rules.windows import LateGoods, roles_that_waive

LET_IN, PASSED_ON, ROLE_ASKED, REMINDED, REFUSED = "Let In", "Passed On", "Role Asked", "Reminded", "Refused"
"""What stands in the answers of a case: a vote; a level that was too late; a role that is asked as well."""

BY_POLICY = ""
"""The name of the ask of Return Policies, beside those of rules."""


@dataclass(frozen=True, slots=True)
class Answer:
	"""One line of what was answered on a case, and when."""

	rule: str
	action: str
	level: int
	user: str
	at: datetime
	on_behalf_of: str = ""
	up_to_base: float = 0.0
	role: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
	"""One rule, or Return Policies, whose people have to let the goods in. ``value``: what all that is late
	is worth; ``excluded``: who must not; ``since``: when its level was asked; ``need``: why, of a rule.
	"""

	rule: str
	plan: Plan
	value: float
	excluded: frozenset[str]
	since: datetime
	votes: tuple[Vote, ...] = ()
	from_level: int = 0
	need: ApprovalNeed | None = None

	@property
	def standing(self) -> Standing:
		return votes.standing(self.plan, self.votes, self.value, self.from_level)

	@property
	def asking(self) -> Asking:
		level = self.standing.level
		return Asking(self.rule, self.plan, level, self.value, self.excluded, self.votes)

	@property
	def level(self) -> Level:
		"""What the level that is asked now needs."""
		return self.plan.level(self.standing.level)

	@property
	def able(self) -> tuple[Approver, ...]:
		"""Who is asked now."""
		return self.asking.able


def needs_of(case: OrderFacts, rules: Collection[ApprovalRuleFacts]) -> tuple[ApprovalNeed, ...]:
	"""The rules that ask about a case; those in shadow ask nobody."""
	return tuple(need for need in evaluate(case, rules) if not need.is_shadow)


def left_to_policies(
	case: OrderFacts, rules: Iterable[ApprovalRuleFacts], needs: Iterable[ApprovalNeed]
) -> frozenset[str]:
	"""The late rows that no rule which asks speaks of."""
	asking = {need.rule for need in needs if not need.error}
	meant = {
		line.row
		for rule in rules
		if rule.name in asking
		for line in lines_in_scope(case, line_scope(rule.scope))
	}
	return frozenset(line.row for line in case.lines if line.row not in meant)


def plan_of_policies(late: Collection[LateGoods]) -> Plan:
	"""As a plan of one level: each of the roles lets all of it in alone."""
	hours = [it.window.remind_hours for it in late if it.window.remind_hours]
	asked = tuple(Approver(1, levels.ROLE, role) for role in roles_that_waive(late))
	return Plan(asked, (Level(1, 1, min(hours, default=0.0)),))


def with_answers(ask: Ask, answers: Iterable[Answer]) -> Ask:
	"""The ask with what was answered to it, in the order in which it was."""
	mine = [it for it in answers if it.rule == ask.rule]
	also = tuple(
		Approver(it.level, levels.ESCALATED, it.role) for it in mine if it.action == ROLE_ASKED and it.role
	)
	known = {(row.level, row.role) for row in ask.plan.approvers}
	more = (it for it in also if (it.level, it.role) not in known)
	return replace(
		ask,
		plan=Plan((*ask.plan.approvers, *more), ask.plan.levels),
		since=max([ask.since, *(it.at for it in mine)]),
		votes=tuple(
			Vote(it.level, it.user, it.on_behalf_of, it.up_to_base) for it in mine if it.action == LET_IN
		),
		from_level=max((it.level + 1 for it in mine if it.action == PASSED_ON), default=0),
	)


def with_fallback(ask: Ask, role: str) -> Ask:
	"""Nobody whom the rule names is left: somebody with this role is asked as well."""
	row = Approver(ask.standing.level, levels.FALLBACK, role)
	return replace(ask, plan=Plan((*ask.plan.approvers, row), ask.plan.levels))


def claims(asks: Iterable[Ask], person: Person) -> tuple[tuple[Ask, Claim], ...]:
	"""The asks that this person may answer now, and by which right. Raises: RuleViolation of the first, where
	it is none.
	"""
	found, problem = [], None
	for ask in asks:
		try:
			found.append((ask, votes.claim(ask.asking, person)))
		except RuleViolation as why:
			problem = problem or why
	if problem and not found:
		raise problem
	return tuple(found)


def still_open(asks: Iterable[Ask]) -> tuple[Ask, ...]:
	"""Those that are not answered in full."""
	return tuple(ask for ask in asks if not ask.standing.is_done)
