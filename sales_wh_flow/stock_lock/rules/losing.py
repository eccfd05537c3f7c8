"""Who loses what a count did not find: the lowest class of the Serving Policy, the latest order of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.stock_lock.rules.facts import HeldLine
from sales_wh_flow.stock_lock.rules.serving import LEVELS, class_of, cut_of, lowest_and_latest, policy_of
from sales_wh_flow.stock_lock.rules.serving_policy import ServingPolicyFacts


def first_to_lose(
	held: Iterable[HeldLine],
	policies: Sequence[ServingPolicyFacts],
	groups: Mapping[str, Sequence[str]],
	by_hand: Sequence[str] = (),
) -> tuple[HeldLine, ...]:
	"""The locks in the order in which they lose what is not there, with the level of their class: the orders
	named by hand in their order, then the lowest class first, of a class what was written last.
	"""
	found = []
	for lock in held:
		own = groups.get(lock.customer_group, (lock.customer_group,))
		row = class_of(policy_of(lock.company, policies), own)
		found.append(replace(lock, level=LEVELS[row.serving_class]))
	turns = {order: turn for turn, order in enumerate(by_hand)}
	return tuple(sorted(lowest_and_latest(found), key=lambda it: turns.get(it.order, len(turns))))


def losses(held: Iterable[HeldLine], missing: Mapping[BinKey, float]) -> dict[str, float]:
	"""{lock: what it loses} so that each Bin has ``missing`` less locked, as far as these hold it. ``held``:
	who loses first comes first; what stays of a lock is whole units.
	"""
	left, lost = dict(missing), {}
	for lock in held:
		if is_positive(left.get(lock.bin_key, 0.0)):
			cut = cut_of(lock, lock.qty_stock, left[lock.bin_key])
			if is_positive(cut):
				lost[lock.lock] = cut
				left[lock.bin_key] = rounded(left[lock.bin_key] - cut)
	return lost


def missing_of(found: Mapping[BinKey, float], locked: Mapping[BinKey, float]) -> dict[BinKey, float]:
	"""{Bin: how much more is locked than a count has found}, where it is more."""
	missing = {key: rounded(locked.get(key, 0.0) - qty) for key, qty in found.items()}
	return {key: qty for key, qty in missing.items() if is_positive(qty)}


def still_missing(
	held: Iterable[HeldLine], lost: Mapping[str, float], missing: Mapping[BinKey, float]
) -> list[tuple[BinKey, float]]:
	"""(Bin, what of ``missing`` these locks do not give), by Bin: that is on Pick Lists or about to leave."""
	left = dict(missing)
	for it in held:
		left[it.bin_key] = rounded(left[it.bin_key] - lost.get(it.lock, 0.0))
	return [(key, qty) for key, qty in sorted(left.items()) if is_positive(qty)]
