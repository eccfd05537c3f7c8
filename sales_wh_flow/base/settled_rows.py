"""Rows of documents that have moved or locked stock come and go with their document alone.

Frappe takes a row of a submitted document for a document of its own that was never submitted: it deletes and
inserts it. What the row moved is then moved back by no cancel, or something is moved back that never moved.
"""

import frappe

from sales_wh_flow.base.part_of_parent import check_stays, refuse_alone
from sales_wh_flow.base.settings import STOCK_LOCK, is_on

_SETTLED = frozenset(
	{
		"Delivery Note",
		"Pick List",
		"POS Invoice",
		"Purchase Invoice",
		"Purchase Receipt",
		"Sales Invoice",
		"Serial and Batch Bundle",
		"Stock Entry",
		"Stock Reconciliation",
		"Stock Reservation Entry",
		"Subcontracting Receipt",
	}
)


def check_alone(row) -> None:
	"""A row comes, is cancelled or goes by itself. Statements: 1 for a draft's row.

	Raises: PermissionError for one of a document that is submitted or cancelled.
	"""
	if _is_kept(row):
		refuse_alone(row)


def check_place(row) -> None:
	"""Raises: PermissionError for a row that is put into another document, and one of them is settled."""
	check_stays(row, _is_kept)


def is_settled(row) -> bool:
	"""Whether a stored row may be written with its own document alone."""
	return bool(row.parenttype in _SETTLED and row.docstatus and is_on(STOCK_LOCK))


def _is_kept(row) -> bool:
	if row.parenttype not in _SETTLED or not is_on(STOCK_LOCK):
		return False
	return bool(row.docstatus or _parent_is_settled(row))


def _parent_is_settled(row) -> bool:
	return bool(frappe.db.get_value(row.parenttype, row.parent, "docstatus"))


def check_is_draft(doc) -> None:
	"""Raises: PermissionError for a document whose rows have moved something."""
	if not doc.docstatus.is_draft():
		refuse_alone(frappe._dict(parenttype=doc.doctype, parent=doc.name))
