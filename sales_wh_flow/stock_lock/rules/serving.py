"""Who gets the stock that came in: all waiting demand is planned at once, by the company's Serving Policy.

Level decides first: a class (Must, Keep, Share, Give Up) and one level more for every period of waiting.
Within a level the priority decides, then the date, then names. Levels only grow, so whoever waits long
enough is in front of everybody who comes later: nobody waits for ever.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import floor
from typing import Any

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded, rounded_down, whole_steps
from sales_wh_flow.stock_lock.rules import bundles
from sales_wh_flow.stock_lock.rules.allocation import FULL_LINES, FULL_ORDER, WHAT_IS_THERE, in_units, turn
from sales_wh_flow.stock_lock.rules.facts import HeldLine, WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import (
	BY_AGE,
	FROM_GIVE_UP,
	FROM_GIVE_UP_AND_SHARE,
	GIVE_UP,
	KEEP,
	MUST,
	SHARE,
	Cut,
	ServingClassFacts,
	ServingGrant,
	ServingPlan,
	ServingPolicyFacts,
)

LEVELS = {MUST: 3, KEEP: 2, SHARE: 1, GIVE_UP: 0}
_DONORS = {FROM_GIVE_UP: (GIVE_UP,), FROM_GIVE_UP_AND_SHARE: (GIVE_UP, SHARE)}
_WHOLE = (FULL_LINES, FULL_ORDER)
_REST_OF_EXPIRED = timedelta(days=30)
"""How long an order whose locks expired stands behind its class where the policy knows no ageing."""


def policy_of(company: str, policies: Iterable[ServingPolicyFacts]) -> ServingPolicyFacts:
	"""The policy of a company: its own, else the one of any company, else first come first served by date."""
	fitting = [policy for policy in policies if policy.company in ("", company)]
	return min(fitting, key=lambda it: (not it.company, it.name), default=ServingPolicyFacts())


def class_of(policy: ServingPolicyFacts, groups: Sequence[str]) -> ServingClassFacts:
	"""The class of a customer whose groups are given, the narrowest first; Keep where nothing is said."""
	rows = {row.customer_group: row for row in reversed(policy.classes)}
	return next((rows[group] for group in (*groups, "") if group in rows), ServingClassFacts(""))


def classified(
	lines: Iterable[WaitingLine],
	policies: Sequence[ServingPolicyFacts],
	groups: Mapping[str, Sequence[str]],
	now: datetime,
	take: str = WHAT_IS_THERE,
) -> tuple[WaitingLine, ...]:
	"""The lines with their class, level, priority and date by policy.

	A line's own ``take`` (its customer's) goes before its class's. ``groups``: customer group -> itself and
	its parents, the narrowest first. ``take``: the setting that holds where the class says nothing. An
	order that waited until it stands above Must takes what is there, also when it wants to be complete: it
	would never get together what others take piece by piece.
	"""
	known: dict[tuple[str, str], tuple[ServingPolicyFacts, ServingClassFacts]] = {}
	found = []
	for line in lines:
		key = (line.company, line.customer_group)
		if key not in known:
			policy = policy_of(line.company, policies)
			known[key] = (policy, class_of(policy, groups.get(line.customer_group, (line.customer_group,))))
		found.append(_classified(line, *known[key], now, take))
	return tuple(found)


def _classified(
	line: WaitingLine, policy: ServingPolicyFacts, row: ServingClassFacts, now: datetime, take: str
) -> WaitingLine:
	base = LEVELS[row.serving_class]
	steps = 0
	if policy.ageing_days and line.since:
		steps = max(floor((now - line.since) / timedelta(days=policy.ageing_days)), 0)
	rest = timedelta(days=policy.ageing_days) if policy.ageing_days else _REST_OF_EXPIRED
	level = base + steps
	return replace(
		line,
		serving_class=row.serving_class,
		level=level,
		priority=line.priority or row.priority,
		turn_on=line.since if policy.order_by == BY_AGE else line.due,
		is_shared=row.serving_class == SHARE and not steps,
		is_last=bool(line.expired_on and line.expired_on <= now < line.expired_on + rest),
		take=WHAT_IS_THERE if steps and level > LEVELS[MUST] else line.take or row.take or take,
	)


def donors_of(policies: Iterable[ServingPolicyFacts], company: str) -> tuple[str, ...]:
	"""The classes from which Must orders of a company may take."""
	return _DONORS.get(policy_of(company, policies).must_takes_from, ())


def donors(
	held: Iterable[HeldLine],
	policies: Sequence[ServingPolicyFacts],
	groups: Mapping[str, Sequence[str]],
) -> list[HeldLine]:
	"""Those of the locks whose class Must orders of the same company may take from, with their level."""
	found = []
	for lock in held:
		row = class_of(
			policy_of(lock.company, policies), groups.get(lock.customer_group, (lock.customer_group,))
		)
		if row.serving_class in donors_of(policies, lock.company):
			found.append(replace(lock, level=LEVELS[row.serving_class]))
	return found


def share_free(
	lines: Iterable[WaitingLine], free: Mapping[BinKey, float], donors: Iterable[HeldLine] = ()
) -> ServingPlan:
	"""What each waiting line gets of what is free, and of ``donors`` where its class is Must.

	Invariants: per Bin the grants never exceed what is free plus what is cut; no line gets more than it waits
	for, no donor loses more than it holds. The outcome does not depend on the order of the arguments.
	"""
	desk = _desk(free, donors)
	for unit in _units(lines):
		if unit[0].take == FULL_ORDER:
			desk.give_together(unit)
		elif unit[0].bundle:
			desk.give_bundles(unit)
		elif unit[0].is_shared and unit[0].take not in _WHOLE:
			desk.share(unit)
		else:
			desk.give(unit[0])
	return ServingPlan(tuple(desk.grants), tuple(desk.cuts))


def _units(lines: Iterable[WaitingLine]) -> list[tuple[WaitingLine, ...]]:
	"""What is decided together, in turn: a line, a bundle, all of an order that wants all, those who share a
	Bin. A bundle is not divided: of those who share it is served in its turn.
	"""
	groups: dict[tuple[Any, ...], list[WaitingLine]] = defaultdict(list)
	for line in lines:
		if line.take == FULL_ORDER:
			groups["order", line.order].append(line)
		elif line.bundle:
			groups["bundle", line.order, line.bundle].append(line)
		elif line.is_shared and line.take not in _WHOLE:
			groups["share", line.level, line.item_code, line.warehouse].append(line)
		else:
			groups["line", line.row].append(line)
	units = [tuple(sorted(group, key=turn)) for group in groups.values()]
	# Who shares comes after those of the same level who wait in turn.
	return sorted(units, key=lambda unit: (-unit[0].level, unit[0].is_shared, turn(unit[0])))


@dataclass(frozen=True, slots=True)
class _Desk:
	"""The stock while it is given out; its containers change, and are thrown away with it."""

	left: dict[BinKey, float]
	donors: dict[BinKey, list[HeldLine]]
	given: dict[str, float]
	grants: list[ServingGrant]
	cuts: list[Cut]

	def give(self, line: WaitingLine) -> None:
		"""Give one line what there is for it, whole or not at all where it wants that."""
		can = in_units(line, line.qty_stock, min(line.qty_stock, self._reach(line)))
		if line.take == FULL_LINES and is_positive(line.qty_stock - can):
			return
		self._grant(line, can)

	def give_together(self, unit: Sequence[WaitingLine]) -> None:
		"""Give all lines of an order what they wait for, or none."""
		asked: dict[BinKey, float] = defaultdict(float)
		for line in unit:
			asked[line.bin_key] = rounded(asked[line.bin_key] + line.qty_stock)
		reach = {line.bin_key: self._reach(line) for line in unit}
		if all(not is_positive(qty - reach[key]) for key, qty in asked.items()):
			for line in unit:
				self._grant(line, line.qty_stock)

	def give_bundles(self, unit: Sequence[WaitingLine]) -> None:
		"""Give the components of a bundle what makes as many as there can be; what completes none stays."""
		reach = {line.bin_key: self._reach(line) for line in unit}
		given = bundles.share([bundles.waiting_part(line) for line in unit], reach)
		if unit[0].take == FULL_LINES and bundles.lacks_some(unit, given):
			return
		for line, qty in zip(unit, given, strict=True):
			self._grant(line, qty)

	def share(self, unit: Sequence[WaitingLine]) -> None:
		"""Give each line the same part of what it waits for; what whole units leave over goes in turn."""
		key = unit[0].bin_key
		has, asked = self.left.get(key, 0.0), sum(line.qty_stock for line in unit)
		part = min(has / asked, 1.0) if asked > 0 else 0.0
		first = {
			line.row: in_units(line, line.qty_stock, rounded_down(line.qty_stock * part)) for line in unit
		}
		rest = rounded(has - sum(first.values()))
		for line in unit:
			more = in_units(line, line.qty_stock, min(line.qty_stock, first[line.row] + max(rest, 0.0)))
			rest = rounded(rest - (more - first[line.row]))
			self._grant(line, more)

	def _reach(self, line: WaitingLine) -> float:
		"""What the line could get: what is free, and for Must what others would have to give."""
		free = self.left.get(line.bin_key, 0.0)
		if line.serving_class != MUST:
			return free
		return rounded(free + sum(self._holds(held) for held in self._donors(line)))

	def _donors(self, line: WaitingLine) -> list[HeldLine]:
		return [held for held in self.donors.get(line.bin_key, ()) if held.company == line.company]

	def _holds(self, held: HeldLine) -> float:
		return rounded(held.qty_stock - self.given[held.lock])

	def _grant(self, line: WaitingLine, qty_stock: float) -> None:
		if not is_positive(qty_stock):
			return
		missing = rounded(qty_stock - self.left.get(line.bin_key, 0.0))
		if is_positive(missing):
			self._take(line, missing)
		self.left[line.bin_key] = max(rounded(self.left.get(line.bin_key, 0.0) - qty_stock), 0.0)
		grant = ServingGrant(
			order=line.order,
			row=line.row,
			item_code=line.item_code,
			warehouse=line.warehouse,
			qty_stock=rounded(qty_stock),
			taken_stock=max(missing, 0.0),
		)
		self.grants.append(grant)

	def _take(self, line: WaitingLine, missing: float) -> None:
		"""Cut donors, the lowest and latest first; what a whole unit brings too much becomes free."""
		for held in self._donors(line):
			if not is_positive(missing):
				return
			holds = self._holds(held)
			cut = cut_of(held, holds, missing)
			if is_positive(cut):
				self.given[held.lock] = rounded(self.given[held.lock] + cut)
				self.cuts.append(Cut(held, cut, line.order))
				self.left[line.bin_key] = rounded(self.left.get(line.bin_key, 0.0) + cut)
				missing = rounded(missing - cut)


def _desk(free: Mapping[BinKey, float], donors: Iterable[HeldLine]) -> _Desk:
	by_bin: dict[BinKey, list[HeldLine]] = defaultdict(list)
	for held in lowest_and_latest(donors):
		by_bin[held.bin_key].append(held)
	left = {key: max(rounded(qty), 0.0) for key, qty in free.items()}
	return _Desk(left, dict(by_bin), defaultdict(float), [], [])


def lowest_and_latest(held: Iterable[HeldLine]) -> tuple[HeldLine, ...]:
	"""Who is served last, first: the lowest level, of a level whoever was written last."""
	latest_first = sorted(held, key=lambda it: (it.since or datetime.min, it.order, it.row), reverse=True)
	return tuple(sorted(latest_first, key=lambda it: it.level))


def cut_of(held: HeldLine, holds: float, wanted: float) -> float:
	"""How much of a lock is cut to win ``wanted``: what stays is whole units; named pieces go as one."""
	if held.is_one_piece:
		return holds
	stays = max(rounded(holds - wanted), 0.0)
	return rounded(holds - whole_steps(stays, held.step_stock))
