"""Order lines that wait for nothing any more: they, and the parts of their bundles, ask for no stock."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import now

from sales_wh_flow.order.rules.held_statuses import NO_DEMAND


def opted_out_lines(order: str) -> None:
	"""Every line of an order."""
	_opt_out("parent = %(which)s", "parent = %(which)s", order)


def opted_out_rows(rows: Iterable[str]) -> None:
	"""These order rows; no statement for none."""
	names = tuple(rows)
	if names:
		_opt_out("name in %(which)s", "parent_detail_docname in %(which)s", names)


def orders_that_lost_locks(orders: Iterable[str]) -> list[str]:
	"""Those of the orders, but for closed and held ones, of which a lock ended while its line, or component,
	still asks for stock; no statement for none.
	"""
	names = tuple(orders)
	if not names:
		return []
	return frappe.db.sql_list(
		"""select distinct sre.voucher_no from `tabStock Reservation Entry` sre
		join `tabSales Order` so on so.name = sre.voucher_no and so.status not in %s
		left join `tabSales Order Item` line on line.name = sre.voucher_detail_no
		left join `tabPacked Item` part on part.name = sre.voucher_detail_no
		where sre.voucher_type = 'Sales Order' and sre.voucher_no in %s and sre.docstatus = 2
			and (line.reserve_stock = 1 or part.swf_not_locked = 0)""",
		(NO_DEMAND, names),
	)


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
