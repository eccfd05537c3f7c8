"""What is asked of one item of a document is asked of all its items at once.

ERPNext goes line by line: whether the item is a bundle, what its Bin says, what it costs. Here the first such
question, put to ``frappe.db.get_value`` or as a statement of its own, is put for all items in one statement,
and nothing is asked twice. A transaction sees the same rows until it writes itself; from then on, whatever it
takes back, and wherever a row is to be locked, every question goes to the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import frappe

from sales_wh_flow.base import asked_of_one

_NAMES_AN_ITEM = ("name", "item_code", "new_item_code")
_CHANGES_NO_ANSWER = frozenset({"as_dict", "cache", "debug", "ignore", "order_by"})


@contextmanager
def asking_for_all(items: Collection[str]) -> Iterator[None]:
	"""While it lasts, what is read of one of these items is read of all."""
	db = frappe.local.db
	before_writes, names = _BeforeWrites(db), tuple(dict.fromkeys(items))
	ours = {kind.NAME: kind(db, names, before_writes) for kind in (_Asked, _AskedBySql)}
	standing = {name: db.__dict__[name] for name in ours if name in db.__dict__}
	db.__dict__.update(ours)
	try:
		yield
	finally:
		for name in ours:
			del db.__dict__[name]
		db.__dict__.update(standing)


class _BeforeWrites:
	"""Whether this transaction has written nothing since."""

	def __init__(self, db):
		self._db, self._writes = db, db.transaction_writes
		self._has_written = False

	def look(self) -> None:
		self._has_written |= self._db.transaction_writes != self._writes  # a rollback counts from 0 again

	def __bool__(self) -> bool:
		self.look()
		return not self._has_written


class _Asked:
	"""Stands in for ``get_value`` of this connection."""

	NAME = "get_value"

	def __init__(self, db, items: tuple[str, ...], before_writes: _BeforeWrites):
		self._db, self._items, self._before_writes = db, items, before_writes
		self._native = getattr(db, self.NAME)
		self._known: dict[tuple, Any] = {}

	def __call__(self, doctype, filters=None, fieldname="name", *others, **how):
		question = None if others or how.get("debug") else _question(doctype, filters, fieldname, how)
		if not self._before_writes or question is None:
			return self._native(doctype, filters, fieldname, *others, **how)
		of_many = (*question, str(how.get("order_by", "")))  # which row comes first is asked, too
		if question not in self._known and of_many not in self._known:
			self._ask_for_all(*question, ignore=how.get("ignore"))
			if question not in self._known:
				self._known[of_many] = self._native(doctype, filters, fieldname, **how)
		answer = self._known[question if question in self._known else of_many]
		return answer.copy() if isinstance(answer, dict) else answer

	def _ask_for_all(
		self, doctype, filters: frozenset, fields: tuple[str, ...], as_dict: bool, ignore
	) -> None:
		wanted = dict(filters)
		names = [field for field in _NAMES_AN_ITEM if field in wanted and wanted[field] in self._items]
		if len(names) != 1 or len(self._items) == 1 or not all(field.isidentifier() for field in fields):
			return
		by = names[0]
		rows = self._db.get_values(
			doctype,
			{**wanted, by: ("in", self._items)},
			list(dict.fromkeys((*fields, by))),
			ignore,
			as_dict=True,
			order_by=None,
		)
		found = defaultdict(list)
		for row in rows or ():
			found[row[by]].append(row)
		for item in _surely_read(self._items, found):
			question = (doctype, frozenset({**wanted, by: item}.items()), fields, as_dict)
			self._known[question] = _answer(found[item], fields, as_dict)


class _AskedBySql:
	"""Stands in for ``sql`` of this connection."""

	NAME = "sql"

	def __init__(self, db, items: tuple[str, ...], before_writes: _BeforeWrites):
		self._items, self._before_writes = items, before_writes
		self._native = getattr(db, self.NAME)
		self._known: dict[tuple, dict[str | None, list]] = {}

	def __call__(self, query, *values, **how):
		asked = asked_of_one.what_is_asked(query, values[0], how) if len(values) == 1 else None
		rows = self._rows(asked) if asked else None
		if rows is None:
			try:
				answer = self._native(query, *values, **how)
			finally:
				self._before_writes.look()
			if not asked or not self._is_a_sum_of_none(asked):
				return answer
			rows = self._known[asked.key][None] = list(answer)
		return [row.copy() for row in rows] if asked.as_dict else tuple(rows)

	def _rows(self, asked: asked_of_one.Asked) -> list | None:
		if asked.item not in self._items or len(self._items) == 1 or not self._before_writes:
			return None
		if asked.key not in self._known:
			self._known[asked.key] = self._rows_of_all(asked)
		known = self._known[asked.key]
		return known.get(None if self._is_a_sum_of_none(asked) else asked.item)

	def _is_a_sum_of_none(self, asked: asked_of_one.Asked) -> bool:
		"""Such a sum is a row, too, and the same of whatever item has no rows."""
		return asked.is_of_a_sum and self._known.get(asked.key, {}).get(asked.item) == []

	def _rows_of_all(self, asked: asked_of_one.Asked) -> dict[str | None, list]:
		query, values = asked.of_all(self._items)
		found = defaultdict(list)
		for row in self._native(query, values, as_dict=asked.as_dict):
			item = row.pop(asked_of_one.ITEM) if asked.as_dict else row[-1]
			found[item].append(row if asked.as_dict else row[:-1])
		return {item: found[item] for item in _surely_read(self._items, found)}


def _surely_read(items: tuple[str, ...], found: Mapping[str, list]) -> list[str]:
	"""Those of the items that have one row, or surely none; which of several comes first is not known."""
	like = {str(name).casefold() for name in found}  # the database takes `a` for `A`
	return [item for item in items if len(found.get(item, ())) == 1 or item.casefold() not in like]


def _question(doctype, filters, fieldname, how: Mapping[str, Any]) -> tuple | None:
	"""What makes two questions the same; None for one that only the database can answer."""
	if not isinstance(doctype, str) or how.keys() - _CHANGES_NO_ANSWER:
		return None
	wanted = {"name": filters} if isinstance(filters, str) else filters
	fields = (fieldname,) if isinstance(fieldname, str) else fieldname
	if not isinstance(wanted, dict) or not isinstance(fields, list | tuple):
		return None
	try:
		question = (doctype, frozenset(wanted.items()), tuple(fields), bool(how.get("as_dict")))
		hash(question)
	except TypeError:
		return None
	return question


def _answer(rows: list, fields: tuple[str, ...], as_dict: bool):
	"""As ``get_value`` gives it."""
	if not rows:
		return None
	values = {field: rows[0][field] for field in fields}
	if as_dict:
		return frappe._dict(values)
	return tuple(values.values()) if len(fields) > 1 else next(iter(values.values()))
