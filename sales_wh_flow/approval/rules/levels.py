"""Whom a rule asks: levels in sequence, approvers side by side, authority limits, due times.

On one level everybody is asked at the same time; the next level when the one before has approved.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation

ROLE, USER, RELATION = "Role", "User", "Relation"
KINDS = (ROLE, USER, RELATION)
"""What a rule's own rows can be."""

FORWARDED, ESCALATED, FALLBACK = "Forwarded", "Escalated", "Fallback"

SALES_MANAGER_OF = "Sales Person's Manager"
TERRITORY_MANAGER = "Territory Manager"
DEPARTMENT_APPROVER = "Department Approver"
ACCOUNT_MANAGER = "Account Manager of the Customer"
RELATIONS = (SALES_MANAGER_OF, TERRITORY_MANAGER, DEPARTMENT_APPROVER, ACCOUNT_MANAGER)

REMIND, NEXT_LEVEL, ASK_ROLE = "Remind", "Ask the Next Level", "Ask a Role"
WHEN_DUE = (REMIND, NEXT_LEVEL, ASK_ROLE)


@dataclass(frozen=True, slots=True)
class Approver:
	"""One who is asked on a level: everybody with ``role``, or ``user``.

	``up_to_base``: the order value this one may decide for good; 0 = no limit, and the next level is asked.
	``on_behalf_of``: whose right a forwarded request carries.
	"""

	level: int
	kind: str = ROLE
	role: str = ""
	user: str = ""
	relation: str = ""
	up_to_base: float = 0.0
	on_behalf_of: str = ""

	@property
	def label(self) -> str:
		return self.role or self.user or self.relation

	def covers(self, value_base: float) -> bool:
		return not self.up_to_base or self.up_to_base >= value_base


@dataclass(frozen=True, slots=True)
class Level:
	"""What a level needs: ``needed`` approvals of different people, an answer within ``due_hours``
	working hours (0 = no due time), and what happens when nobody answered.
	"""

	level: int = 1
	needed: int = 1
	due_hours: float = 0.0
	when_due: str = REMIND
	escalation_role: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
	"""Everybody a rule asks, and what its levels need."""

	approvers: tuple[Approver, ...] = ()
	levels: tuple[Level, ...] = ()

	@property
	def numbers(self) -> tuple[int, ...]:
		return tuple(sorted({approver.level for approver in self.approvers}))

	def level(self, number: int) -> Level:
		return next((level for level in self.levels if level.level == number), Level(number))

	def on(self, number: int) -> tuple[Approver, ...]:
		return tuple(approver for approver in self.approvers if approver.level == number)

	def is_last(self, number: int) -> bool:
		return not [other for other in self.numbers if other > number]

	def able(self, number: int, value_base: float) -> tuple[Approver, ...]:
		"""Those of a level whose approval counts: on the last level only whose authority covers the order."""
		asked = self.on(number)
		if not self.is_last(number):
			return asked
		return tuple(approver for approver in asked if approver.covers(value_base))


def labels(approvers: Iterable[Approver]) -> tuple[str, ...]:
	"""The names of roles, users or relations, each once, in the order of the rows."""
	return tuple(dict.fromkeys(approver.label for approver in approvers if approver.label))


def problems(plan: Plan) -> tuple[RuleViolation, ...]:
	"""Everything that keeps a rule's approvers and levels from working, at once."""
	return (
		*_of_rows(plan),
		*_of_gaps(plan),
		*_of_limits(plan),
		*_of_levels(plan),
		*_of_escalation(plan),
	)


def _of_rows(plan: Plan) -> Iterable[RuleViolation]:
	if not plan.approvers:
		yield RuleViolation("no_approver")
	for row, count in Counter((row.level, row.kind, row.label) for row in plan.approvers).items():
		if count > 1:
			yield RuleViolation("approver_twice", level=row[0], approver=row[2])


def _of_gaps(plan: Plan) -> Iterable[RuleViolation]:
	for number in range(1, max(plan.numbers, default=0)):
		if number not in plan.numbers:
			yield RuleViolation("level_without_approver", level=number)
	for number in plan.numbers[:1]:
		if number < 1:
			yield RuleViolation("level_below_one", level=number)


def _of_limits(plan: Plan) -> Iterable[RuleViolation]:
	"""A higher level that may decide less than the one below it would never decide anything."""
	reached, at_level = 0.0, 0
	for number in plan.numbers:
		limits = [row.up_to_base for row in plan.on(number)]
		highest = max(limits, default=0.0)
		if all(limits) and reached and highest <= reached:
			yield RuleViolation(
				"limit_not_rising", level=number, limit=highest, below=at_level, below_limit=reached
			)
		if highest > reached:
			reached, at_level = highest, number


def _of_levels(plan: Plan) -> Iterable[RuleViolation]:
	for number, count in Counter(level.level for level in plan.levels).items():
		if count > 1:
			yield RuleViolation("level_twice", level=number)
	for level in plan.levels:
		asked = plan.on(level.level)
		if not asked:
			if level.level not in range(1, max(plan.numbers, default=0)):
				yield RuleViolation("level_without_approver", level=level.level)
		elif not any(row.kind != USER for row in asked) and len(asked) < level.needed:
			yield RuleViolation(
				"more_than_are_asked", level=level.level, needed=level.needed, asked=len(asked)
			)


def _of_escalation(plan: Plan) -> Iterable[RuleViolation]:
	for level in plan.levels:
		if level.when_due == REMIND or level.level not in plan.numbers:
			continue
		if not level.due_hours:
			yield RuleViolation("escalation_without_due", level=level.level, step=level.when_due)
		if level.when_due == NEXT_LEVEL and plan.is_last(level.level):
			yield RuleViolation("no_next_level", level=level.level)
		if level.when_due == ASK_ROLE and level.escalation_role in {row.role for row in plan.on(level.level)}:
			yield RuleViolation("escalates_to_itself", level=level.level, role=level.escalation_role)


def highest_authority(plan: Plan) -> float:
	"""The order value above which nobody on the last level may decide; 0 = none."""
	limits = [row.up_to_base for row in plan.on(plan.numbers[-1])] if plan.numbers else []
	return max(limits) if limits and all(limits) else 0.0
