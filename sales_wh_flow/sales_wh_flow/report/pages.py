"""Long reports are shown by pages: Frappe would send a browser every row there is."""

from typing import Any

from frappe import _
from frappe.utils import cint

PAGE = 500
"""Rows that are shown at once."""


def first_row(wanted: Any) -> int:
	"""How many rows stand before the page that the filters ask for; their ``page`` counts from 1."""
	return (max(cint(wanted.get("page")), 1) - 1) * PAGE


def rows_of_page(rows: list, start: int) -> tuple[list, str | None]:
	"""Of all rows those of a page, and what to say above them."""
	shown = rows[start : start + PAGE + 1]
	return shown, end_page(shown, start)


def end_page(rows: list, start: int) -> str | None:
	"""Take off the row that only shows that there is a next page. What to say above the page; None: it holds
	all.
	"""
	is_more = len(rows) > PAGE
	del rows[PAGE:]
	if not (start or is_more):
		return None
	words = _("Rows {0} to {1}.").format(start + 1, start + len(rows)) if rows else _("This page is empty.")
	more = _("More are on page {0}; filter for fewer.").format(start // PAGE + 2)
	return f"{words} {more}" if is_more else words
