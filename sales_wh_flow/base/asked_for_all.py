"""What is asked of one item of a document is asked of all its items at once.

ERPNext goes line by line: whether the item is a bundle, what its Bin says, who makes it. Here the first such
question that it puts to ``frappe.db.get_value`` is put for all items in one statement, and nothing is asked
twice. A transaction sees the same rows until it writes itself; from then on, whatever it takes back, and
wherever a row is to be locked, every question goes to the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import frappe

_NAMES_AN_ITEM = ("name", "item_code", "new_item_code")
_CHANGES_NO_ANSWER = frozenset({"as_dict", "cache", "debug", "ignore", "order_by"})


@contextmanager
def asking_for_all(items: Collection[str]) -> Iterator[None]:
	"""While it lasts, what is read of one of these items is read of all."""
	db = frappe.local.db
	standing = db.__dict__.get("get_value")
	db.get_value = _Asked(db, tuple(dict.fromkeys(items)))
	try:
		yield
	finally:
		if standing is None:
			del db.get_value
		else:
			db.get_value = standing


class _Asked:
	"""Stands in for ``get_value`` of this connection."""

	def __init__(self, db, items: tuple[str, ...]):
		self._db, self._items = db, items
		self._native = db.get_value
		self._writes = db.transaction_writes
		self._has_written = False
		self._known: dict[tuple, Any] = {}

	def __call__(self, doctype, filters=None, fieldname="name", *others, **how):
		question = None if others or how.get("debug") else _question(doctype, filters, fieldname, how)
		self._has_written |= self._db.transaction_writes != self._writes  # a rollback counts from 0 again
		if question is None or self._has_written:
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
		like = {str(name).casefold() for name in found}  # the database takes `a` for `A`
		for item in self._items:
			if len(found[item]) == 1 or item.casefold() not in like:
				question = (doctype, frozenset({**wanted, by: item}.items()), fields, as_dict)
				self._known[question] = _answer(found[item], fields, as_dict)


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
