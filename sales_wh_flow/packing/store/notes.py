"""Which boxes belong to which documents."""

from collections.abc import Sequence

import frappe

FIELD_OF = {"Delivery Note": "delivery_note", "Sales Invoice": "sales_invoice"}
"""Where a box names the document it leaves with."""


LEFT_BY_NOTE = """(box.state = 'Closed' and coalesce(box.handover, '') = '' and exists (
	select 1 from `tabDelivery Note` gone where gone.name = box.delivery_note and gone.docstatus = 1))"""
"""Whether ``box`` has left with its note alone: no hand-over says so, its state neither."""


def has_left_by_note(box: str) -> bool:
	"""One statement."""
	return bool(
		frappe.db.sql(f"select 1 from `tabOrder Box` box where box.name = %s and {LEFT_BY_NOTE}", box)
	)


def boxes_near(lines: Sequence[str], document: str) -> tuple[tuple[str, str, str | None], ...]:
	"""(box, state, its document) of those that are on this document, or hold something of these order lines
	and are on no other one; one statement. The caller holds the orders.

	A locking read: the goods may have been packed after this transaction began.
	"""
	return frappe.db.sql(
		"""(select distinct box.name, box.state, coalesce(box.delivery_note, box.sales_invoice)
		from `tabOrder Box Item` content join `tabOrder Box` box on box.name = content.parent
		where content.sales_order_item in %(lines)s and box.state not in ('Cancelled', 'Returned')
			and coalesce(nullif(box.delivery_note, ''), nullif(box.sales_invoice, ''), %(name)s) = %(name)s
		lock in share mode)
		union
		(select name, state, %(name)s from `tabOrder Box`
		where delivery_note = %(name)s and state not in ('Cancelled', 'Returned') lock in share mode)
		order by 1""",
		{"lines": tuple(lines) or ("",), "name": document},
	)


def boxes_on_document(doctype: str, name: str) -> list[str]:
	"""The boxes that leave with a document, by name; one statement."""
	field = FIELD_OF[doctype]
	return [
		row[0]
		for row in frappe.db.sql(f"select name from `tabOrder Box` where {field} = %s order by name", name)
	]


_ORDER_OF = {"Delivery Note": "against_sales_order", "Sales Invoice": "sales_order"}


def goods_back(doctype: str, name: str) -> list[tuple[str, str, str, float]]:
	"""(order, its line, item, quantity in stock UOM) of all that submitted returns took back of a document,
	components of bundles for themselves; one statement.

	A locking read: another return may have been submitted meanwhile.
	"""
	order = _ORDER_OF[doctype]
	return frappe.db.sql(
		f"""(select row.{order}, row.so_detail, row.item_code, -sum(row.stock_qty)
		from `tab{doctype} Item` row join `tab{doctype}` its on its.name = row.parent
		where its.return_against = %(name)s and its.docstatus = 1 and coalesce(row.so_detail, '') <> ''
		group by row.{order}, row.so_detail, row.item_code
		lock in share mode)
		union all
		(select row.{order}, row.so_detail, part.item_code, sum(abs(part.qty))
		from `tabPacked Item` part join `tab{doctype} Item` row on row.name = part.parent_detail_docname
		join `tab{doctype}` its on its.name = row.parent and part.parent = its.name
		where its.return_against = %(name)s and its.docstatus = 1 and coalesce(row.so_detail, '') <> ''
		group by row.{order}, row.so_detail, part.item_code
		lock in share mode)""",
		{"name": name},
	)


def packed_by_slips(delivery_note: str) -> dict[str, float]:
	"""{row of a note, or of its components: what submitted Packing Slips hold of it}; one statement."""
	rows = frappe.db.sql(
		"""select coalesce(nullif(row.pi_detail, ''), row.dn_detail), sum(row.qty)
		from `tabPacking Slip Item` row join `tabPacking Slip` slip on slip.name = row.parent
		where slip.delivery_note = %s and slip.docstatus = 1 group by 1""",
		delivery_note,
	)
	return {name: float(qty) for name, qty in rows if name}


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


def last_boxes_of_rows(pick_list: str) -> dict[str, str]:
	"""{row of a Pick List: the box that its goods lay in last and did not leave with}; one statement."""
	rows = frappe.db.sql(
		"""select content.pick_list_item, max(box.name) from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where content.pick_list = %s and box.state in ('Open', 'Closed', 'Cancelled')
		group by content.pick_list_item""",
		pick_list,
	)
	return dict(rows)
