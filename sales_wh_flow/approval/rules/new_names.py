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


def sold_renamed(sold: str, doctype: str, old: str, new: str, company: str, customer: str) -> str:
	"""What was sold to whom (``still_covers.sold_to``) with the new name of an item, customer, company or
	currency. ``company``, ``customer``: whose approval it is.
	"""
	who, rows = json.loads(sold)
	if doctype == "Item":
		rows = sorted({(new if item == old else item, rate) for item, rate in rows})
	else:
		who = identity_renamed(who, doctype, old, new, company, customer)
	return json.dumps([who, rows])


def identity_renamed(who: str, doctype: str, old: str, new: str, company: str, customer: str) -> str:
	"""``still_covers.identity`` with the new name of a company, customer or currency.

	Names may have the sign in them that stands between the parts, so it is compared as a whole.
	"""
	parts = {"Company": company, "Customer": customer, "Currency": who.rpartition("|")[2]}
	if who != "|".join({**parts, doctype: old}.values()):
		return who
	return "|".join({**parts, doctype: new}.values())


def _key(key: str, old: str, new: str) -> str:
	for head in _BEFORE_AN_ITEM:
		if key == f"{head}{old}":
			return f"{head}{new}"
	if not key.startswith(TEXT):
		return key
	if key.endswith(f": {old}"):
		return key.removesuffix(old) + new
	return key.replace(f" {old}: ", f" {new}: ", 1)
