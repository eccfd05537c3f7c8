"""Which boxes belong to which documents."""

from collections.abc import Sequence

import frappe


def boxes_near(lines: Sequence[str], document: str) -> tuple[tuple[str, str, str | None], ...]:
	"""(box, state, its note) of those that hold something of these order lines and are on no other document
	than this; one statement. The caller holds the orders.

	A locking read: the goods may have been packed after this transaction began.
	"""
	return frappe.db.sql(
		"""select distinct box.name, box.state, box.delivery_note from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where content.sales_order_item in %s and box.state not in ('Cancelled', 'Returned')
			and coalesce(nullif(box.delivery_note, ''), %s) = %s
		order by box.name lock in share mode""",
		(tuple(lines), document, document),
	)


def boxes_of_note(delivery_note: str) -> list[str]:
	"""By name; one statement."""
	rows = frappe.db.sql(
		"select name from `tabOrder Box` where delivery_note = %s order by name", delivery_note
	)
	return [row[0] for row in rows]


def boxes_of_pick_list(pick_list: str) -> list[str]:
	"""Boxes that hold something of it and have not left, by name; one statement."""
	rows = frappe.db.sql(
		"""select distinct box.name from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		left join `tabDelivery Note` note on note.name = box.delivery_note and note.docstatus = 1
		where content.pick_list = %s and box.state not in ('Cancelled', 'Returned') and note.name is null
		order by box.name""",
		pick_list,
	)
	return [row[0] for row in rows]
