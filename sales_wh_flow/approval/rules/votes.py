"""Who may decide an approval, and where it stands: votes on its levels, authority limits, substitutes.

A level is through when enough different people of it approved. Whoever approves within an own authority limit
(``up_to_base``) decides for good; else the next level is asked. On the last level only those count whose
authority covers the order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.approval.rules.levels import Approver, Plan, labels
from sales_wh_flow.base.problems import RuleViolation


@dataclass(frozen=True, slots=True)
class Vote:
	"""One approval given on a level, by ``user``, for ``on_behalf_of`` where that one was asked."""

	level: int
	user: str
	on_behalf_of: str = ""
	up_to_base: float = 0.0

	@property
	def authority(self) -> str:
		return self.on_behalf_of or self.user


@dataclass(frozen=True, slots=True)
class Standing:
	"""Where an approval stands: the level that is asked now, and whether nobody has to be asked any more."""

	level: int
	needed: int
	given: int
	is_done: bool = False


@dataclass(frozen=True, slots=True)
class Person:
	"""A user with roles, and whom this user stands in for (people with their own roles, nobody in turn)."""

	user: str
	roles: frozenset[str] = frozenset()
	stands_in_for: tuple["Person", ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
	"""The right by which somebody decides: ``on_behalf_of`` is empty for an own right."""

	user: str
	on_behalf_of: str = ""
	up_to_base: float = 0.0


@dataclass(frozen=True, slots=True)
class Asking:
	"""An open approval, as far as the right to decide it goes.

	``excluded``: who must not decide, neither alone nor through a substitute: author and asker, unless the
	rule allows them. ``votes``: approvals given on any level.
	"""

	name: str
	plan: Plan
	level: int
	value_base: float = 0.0
	excluded: frozenset[str] = frozenset()
	votes: tuple[Vote, ...] = ()

	@property
	def able(self) -> tuple[Approver, ...]:
		return self.plan.able(self.level, self.value_base)

	@property
	def voted(self) -> frozenset[str]:
		here = [vote for vote in self.votes if vote.level == self.level]
		return frozenset({vote.user for vote in here} | {vote.authority for vote in here})


def standing(plan: Plan, votes: Iterable[Vote], value_base: float, from_level: int = 0) -> Standing:
	"""Where an approval stands with these votes, in any order. Levels below ``from_level`` are past."""
	given: dict[int, dict[str, Vote]] = {}
	for vote in votes:
		of_level = given.setdefault(vote.level, {})
		known = of_level.get(vote.authority, vote)
		of_level[vote.authority] = max(known, vote, key=lambda it: it.up_to_base)
	last = Standing(from_level, 1, 0)
	for number in plan.numbers:
		if number < from_level:
			continue
		here = list(given.get(number, {}).values())
		wanted = max(plan.level(number).needed, 1)
		last = Standing(number, wanted, len(here))
		if len(here) < wanted:
			return last
		if _settles(here, wanted, value_base):
			return Standing(number, wanted, len(here), True)
	return Standing(last.level, last.needed, last.given, bool(plan.numbers))


def _settles(votes: list[Vote], wanted: int, value_base: float) -> bool:
	"""Whether enough of them have a limit of authority that covers the order: then nobody else is asked."""
	return sum(1 for vote in votes if 0 < vote.up_to_base and vote.up_to_base >= value_base) >= wanted


def claim(asking: Asking, person: Person) -> Claim:
	"""By which right the person may decide now: the own one, else that of somebody stood in for.

	Raises: RuleViolation saying why not.
	"""
	if person.user in asking.excluded:
		raise RuleViolation("own_order", approval=asking.name)
	if person.user in asking.voted:
		raise RuleViolation("voted_already", approval=asking.name)
	own = _right(asking, person)
	if own:
		return Claim(person.user, own.on_behalf_of, own.up_to_base)
	for principal in person.stands_in_for:
		theirs = principal.user not in asking.excluded | asking.voted and _right(asking, principal)
		if theirs:
			return Claim(person.user, principal.user, theirs.up_to_base)
	if any(_matches(row, person) for row in asking.plan.on(asking.level) if row not in asking.able):
		raise RuleViolation("limit_too_low", approval=asking.name, value=asking.value_base)
	raise RuleViolation("not_an_approver", approval=asking.name, role=labels(asking.able))


def _right(asking: Asking, person: Person) -> Approver | None:
	"""The widest of the rows that ask this person."""
	rows = [row for row in asking.able if not (row.on_behalf_of and row.on_behalf_of in asking.voted)]
	return _widest(rows, person)


def right_on(plan: Plan, level: int, value_base: float, person: Person) -> Approver | None:
	"""The widest row of a level by which this person may decide about such an order; None without one."""
	return _widest(plan.able(level, value_base), person)


def _widest(rows: Iterable[Approver], person: Person) -> Approver | None:
	meant = [row for row in rows if _matches(row, person)]
	return max(meant, key=lambda row: (not row.on_behalf_of, row.up_to_base or float("inf")), default=None)


def _matches(row: Approver, person: Person) -> bool:
	return row.user == person.user if row.user else bool(row.role) and row.role in person.roles


def grants_that_count(asking: Asking, earlier: Iterable[Person]) -> tuple[Claim, ...]:
	"""Who approved this state of the order before, elsewhere, and need not be asked again here.

	Each by own right: nobody's silence is taken for a substitute's approval.
	"""
	found = []
	for person in sorted(earlier, key=lambda person: person.user):
		if person.user in asking.excluded | asking.voted:
			continue
		own = _right(asking, person)
		if own and not own.on_behalf_of:
			found.append(Claim(person.user, "", own.up_to_base))
	return tuple(found)


def stands_in_for(delegations: Iterable[tuple[str, str]], user: str) -> tuple[str, ...]:
	"""Whom a user stands in for, also in turn: pairs are (from, to). A circle ends where it began."""
	pairs = list(delegations)
	found: list[str] = []
	waiting = [user]
	while waiting:
		current = waiting.pop(0)
		for principal, substitute in pairs:
			if substitute == current and principal != user and principal not in found:
				found.append(principal)
				waiting.append(principal)
	return tuple(found)
