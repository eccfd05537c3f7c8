"""Rows that are judged with their document: they come, change and go by saving that, by no road of their own.

Frappe lets whoever may delete or write a document delete and write its rows one by one, past its checks.
"""

from collections.abc import Callable
from typing import Any, NoReturn

import frappe
from frappe import _


class PartOfParent:
	"""Base of the controller of such a child table; the parent writes its rows without these methods."""

	doctype: str
	parent: str
	parenttype: str

	def insert(self, *_args, **_values) -> NoReturn:
		self._refuse()

	def save(self, *_args, **_values) -> NoReturn:
		self._refuse()

	def on_trash(self) -> NoReturn:
		self._refuse()

	def before_rename(self, *_args, **_values) -> NoReturn:
		self._refuse()

	def rename(self, *_args, **_values) -> NoReturn:
		self._refuse()

	def _refuse(self) -> NoReturn:
		refuse_alone(self)


def check_stays(row, is_kept: Callable[[Any], bool]) -> None:
	"""Raises: PermissionError for a stored row that ``is_kept``, or comes to be, and is put elsewhere."""
	before = row.get_doc_before_save()
	if before and (before.parenttype, before.parent) != (row.parenttype, row.parent):
		for place in filter(is_kept, (before, row)):
			refuse_alone(place)


def refuse_alone(row) -> NoReturn:
	"""Raises: PermissionError saying where the row is changed."""
	frappe.throw(
		_("A row of {0} {1} is changed with its document alone. Open it and save it there.").format(
			_(row.parenttype or ""), frappe.utils.escape_html(str(row.parent or ""))
		),
		frappe.PermissionError,
		title=_("Part of a Document"),
	)
