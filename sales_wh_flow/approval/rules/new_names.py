"""What an approval keeps of names, once a record is called otherwise or was merged into another one."""

import json
from collections.abc import Iterable

from sales_wh_flow.approval.rules.still_covers import POINTS, TEXT

Facts = tuple[tuple[str, float], ...]

_BEFORE_AN_ITEM = (f"{POINTS} ", f"{TEXT} ", "ordered ")


def renamed(facts: Iterable[tuple[str, float]], old: str, new: str) -> Facts:
	"""The facts with the new name; of two that fall together the larger counts: so much was agreed to."""
	found: dict[str, float] = {}
	for key, value in facts:
		key = _key(key, old, new)
		found[key] = max(value, found.get(key, value))
	return tuple(found.items())


def sold_renamed(sold: str, doctype: str, old: str, new: str) -> str:
	"""What was sold to whom (``still_covers.sold_to``) with the new name of an item, customer, company or
	currency.
	"""
	who, rows = json.loads(sold)
	if doctype == "Item":
		rows = sorted({(new if item == old else item, rate) for item, rate in rows})
	elif doctype in _WHO:
		parts = who.split("|")
		at = _WHO.index(doctype)
		parts[at] = new if parts[at] == old else parts[at]
		who = "|".join(parts)
	return json.dumps([who, rows])


_WHO = ("Company", "Customer", "Currency")
"""The parts of ``still_covers.identity``."""


def _key(key: str, old: str, new: str) -> str:
	for head in _BEFORE_AN_ITEM:
		if key == f"{head}{old}":
			return f"{head}{new}"
	if not key.startswith(TEXT):
		return key
	if key.endswith(f": {old}"):
		return key.removesuffix(old) + new
	return key.replace(f" {old}: ", f" {new}: ", 1)
