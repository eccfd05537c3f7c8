"""What an approval keeps of names, once a record is called otherwise or was merged into another one."""

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


def _key(key: str, old: str, new: str) -> str:
	for head in _BEFORE_AN_ITEM:
		if key == f"{head}{old}":
			return f"{head}{new}"
	if not key.startswith(TEXT):
		return key
	if key.endswith(f": {old}"):
		return key.removesuffix(old) + new
	return key.replace(f" {old}: ", f" {new}: ", 1)
