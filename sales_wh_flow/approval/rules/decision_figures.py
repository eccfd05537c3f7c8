"""Figures about decisions: how many were asked, how often refused, how long they took."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED, SUPERSEDED

SHADOW = "Shadow"


@dataclass(frozen=True, slots=True)
class Taken:
	"""One vote on an approval, or an approval without one.

	``action``: Approved, Refused, or empty while nobody has voted. Hours run from the asking to the vote,
	None without one.
	"""

	approval: str
	rule: str
	state: str
	action: str = ""
	user: str = ""
	clock_h: float | None = None
	working_h: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
	"""Of one rule or approver. The states count approvals, each once; ``refused_pct`` is the share of the
	refused among those that were decided; hours are medians over the votes.
	"""

	key: str
	asked: int
	approved: int
	refused: int
	withdrawn: int
	waiting: int
	shadow: int
	refused_pct: float | None
	clock_h: float | None
	working_h: float | None


def by_rule(rows: Iterable[Taken]) -> tuple[Figures, ...]:
	"""One for each rule, most asked first. A shadow hit was never asked."""
	return _grouped(rows, lambda row: row.rule)


def by_approver(rows: Iterable[Taken]) -> tuple[Figures, ...]:
	"""One for each user who voted, busiest first; what counts is the own vote, not what became of it."""
	votes = [
		Taken(
			row.approval,
			row.rule,
			REJECTED if row.action == "Refused" else APPROVED,
			row.action,
			row.user,
			row.clock_h,
			row.working_h,
		)
		for row in rows
		if row.action and row.user
	]
	return _grouped(votes, lambda row: row.user)


def whole_order(rows: Iterable[Taken]) -> Figures:
	"""All of them together, under an empty key."""
	return _figures("", list(rows))


def _grouped(rows: Iterable[Taken], key_of: Callable[[Taken], str]) -> tuple[Figures, ...]:
	groups: dict[str, list[Taken]] = {}
	for row in rows:
		groups.setdefault(key_of(row), []).append(row)
	found = [_figures(key, group) for key, group in groups.items()]
	return tuple(sorted(found, key=lambda it: (-it.asked, -it.shadow, it.key)))


def _figures(key: str, rows: list[Taken]) -> Figures:
	states = {row.approval: row.state for row in rows}
	count = {state: list(states.values()).count(state) for state in set(states.values())}
	approved, refused = count.get(APPROVED, 0), count.get(REJECTED, 0)
	decided = approved + refused
	return Figures(
		key=key,
		asked=len(states) - count.get(SHADOW, 0),
		approved=approved,
		refused=refused,
		withdrawn=count.get(SUPERSEDED, 0),
		waiting=count.get(OPEN, 0),
		shadow=count.get(SHADOW, 0),
		refused_pct=round(100 * refused / decided, 1) if decided else None,
		clock_h=median_hours(row.clock_h for row in rows),
		working_h=median_hours(row.working_h for row in rows),
	)


def median_hours(hours: Iterable[float | None]) -> float | None:
	"""What half of them took, to two decimals; None where nothing was measured."""
	known = [value for value in hours if value is not None]
	return round(median(known), 2) if known else None
