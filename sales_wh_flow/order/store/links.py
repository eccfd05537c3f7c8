"""The rows of orders and Delivery Notes that rows of a note or an invoice name."""

from collections.abc import Collection

import frappe
from frappe.utils import flt

from sales_wh_flow.order.rules.links import Linked, NamedNote, NamedRow


def named_by(
	rows: Collection[Linked], paper: str, link: str
) -> tuple[dict[str, NamedRow], dict[str, NamedNote]]:
	"""({row of an order: it}, {row of a paper between: it}) that these rows name, and all rows of the orders
	that one names alone. One statement.

	``paper``: Delivery Note or Sales Invoice; ``link``: the field of its rows that names an order.
	"""
	alone = {row.order for row in rows if row.order and not row.order_row}
	found = frappe.db.sql(
		f"""select 0, name, parent, item_code, base_net_rate from `tabSales Order Item` where name in %s
		union select 0, name, parent, item_code, base_net_rate from `tabSales Order Item` where parent in %s
		union select 0, line.name, line.parent, line.item_code, line.base_net_rate
			from `tab{paper} Item` sent join `tabSales Order Item` line on line.name = sent.so_detail
			where sent.name in %s
		union select 1, name, parent, {link}, so_detail from `tab{paper} Item`
			where name in %s""",
		[
			tuple(names - {""}) or ("",)
			for names in (
				{row.order_row for row in rows},
				alone,
				{row.note_row for row in rows},
				{row.note_row for row in rows},
			)
		],
	)
	orders = {row[1]: NamedRow(row[1], row[2], row[3], flt(row[4])) for row in found if not row[0]}
	notes = {row[1]: NamedNote(row[2], row[3] or "", row[4] or "") for row in found if row[0]}
	return orders, notes
