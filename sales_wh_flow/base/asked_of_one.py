"""Statements that read one table of one item, and how the same is read of many items.

What such a statement finds of an item is what it finds of many, sorted by their items: where all its other
conditions are joined by *and*, and it neither groups nor counts off rows. Every other one is left alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

ITEM = "asked_item"

_OF_ONE_ITEM = re.compile(
	r"\s*select\s+(?P<what>[^%]+?)\s+from\s+`tab(?P<table>[\w ]+)`\s+"
	r"where\s+`?item_code`?\s*=\s*(?:%s|%\((?P<param>\w+)\)s)(?P<rest>\s+and\s.+)",
	re.IGNORECASE | re.DOTALL,
)
_FIRST_OF_THEM = re.compile(r"\s+limit\s+1\s*$", re.IGNORECASE)
_IS_MORE = re.compile(
	r"\b(distinct|for|from|group|having|into|join|limit|lock|offset|or|over|procedure|select|union|xor)\b|\|\||[;#]|--|/\*",
	re.IGNORECASE,
)
_SUMS = re.compile(r"\b(avg|count|max|min|sum)\s*\(", re.IGNORECASE)
_ORDERS = re.compile(r"\border\s+by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
	of_all: str
	param: str | None
	is_of_a_sum: bool


@dataclass(frozen=True, slots=True)
class Asked:
	"""A statement about ``item``; two of the same ``key`` differ in nothing else."""

	item: str
	key: tuple
	text: _Text
	others: Any
	as_dict: bool

	@property
	def is_of_a_sum(self) -> bool:
		return self.text.is_of_a_sum

	def of_all(self, items: tuple[str, ...]) -> tuple[str, Any]:
		"""The statement and its values; each row says in its last column whose it is."""
		if self.text.param:
			return self.text.of_all, {**self.others, self.text.param: items}
		return self.text.of_all, (items, *self.others)


def what_is_asked(query: Any, values: Any, how: Mapping[str, Any]) -> Asked | None:
	"""What the statement asks of one item; None for one that asks anything else."""
	if not isinstance(query, str) or any(value for name, value in how.items() if name != "as_dict"):
		return None
	text = _text(query)
	if not text:
		return None
	if text.param and isinstance(values, dict) and text.param in values:
		others = {name: value for name, value in values.items() if name != text.param}
		item, rest = values[text.param], tuple(others.items())
	elif not text.param and isinstance(values, tuple | list) and values:
		item, *others = values
		rest = tuple(others)
	else:
		return None
	as_dict = bool(how.get("as_dict"))
	key = (query, rest, as_dict)
	try:
		hash(key)
	except TypeError:
		return None
	return Asked(item, key, text, others, as_dict) if isinstance(item, str) else None


@lru_cache(maxsize=256)
def _text(query: str) -> _Text | None:
	found = _OF_ONE_ITEM.fullmatch(query)
	if not found:
		return None
	what, rest = found["what"], _FIRST_OF_THEM.sub("", found["rest"])
	sums = bool(_SUMS.search(what))
	if _IS_MORE.search(what) or _IS_MORE.search(rest) or (sums and _ORDERS.search(rest)):
		return None
	if not found["param"] and "%(" in rest:
		return None
	item = f"%({found['param']})s" if found["param"] else "%s"
	text = f"select {what}, item_code {ITEM} from `tab{found['table']}` where item_code in {item}{rest}"
	return _Text(text + (" group by item_code" if sums else ""), found["param"], sums)
