"""Order lines that wait for nothing any more: they, and the parts of their bundles, ask for no stock."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import now


def opted_out_lines(order: str) -> None:
	"""Every line of an order."""
	_opt_out("parent = %(which)s", "parent = %(which)s", order)


def opted_out_rows(rows: Iterable[str]) -> None:
	"""These order rows; no statement for none."""
	names = tuple(rows)
	if names:
		_opt_out("name in %(which)s", "parent_detail_docname in %(which)s", names)


def _opt_out(lines: str, parts: str, which: Any) -> None:
	"""Untick Reserve Stock on the lines, and lock no part of their bundles."""
	values = {"which": which, "now": now(), "user": frappe.session.user}
	frappe.db.sql(
		f"""update `tabSales Order Item` set reserve_stock = 0, modified = %(now)s, modified_by = %(user)s
		where {lines}""",
		values,
	)
	frappe.db.sql(
		f"""update `tabPacked Item` set swf_not_locked = 1, modified = %(now)s, modified_by = %(user)s
		where {parts} and parenttype = 'Sales Order'""",
		values,
	)
