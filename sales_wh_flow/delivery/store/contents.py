"""What lies in boxes, for whom, and what of an order lies in which box."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.delivery.rules.note_rows import BoxContent, Parcel
from sales_wh_flow.delivery.rules.together import BoxOfOrder
from sales_wh_flow.scanning.rules import gs1


def contents_in_boxes(boxes: Iterable[str]) -> list[BoxContent]:
	"""The rows of the boxes as last committed, in a fixed order; one statement.

	Call it with the boxes locked: whoever packs holds them.
	"""
	names = tuple(boxes)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select row.parent, row.sales_order, row.sales_order_item, row.item_code,
			coalesce(pick.warehouse, box.warehouse), row.qty_stock, coalesce(row.packed_item, '')
		from `tabOrder Box Item` row join `tabOrder Box` box on box.name = row.parent
		left join `tabPick List Item` pick on pick.name = row.pick_list_item
		where row.parent in %s and row.qty_stock > 0 order by row.parent, row.idx lock in share mode""",
		(names,),
	)
	return [
		BoxContent(box, order, order_row, item, warehouse, flt(qty), part)
		for box, order, order_row, item, warehouse, qty, part in rows
	]


def orders_of_boxes(boxes: Iterable[str]) -> dict[str, list[str]]:
	"""{box: the orders that its goods are for}; one statement."""
	names = tuple(boxes)
	found: dict[str, list[str]] = {name: [] for name in names}
	if not names:
		return found
	rows = frappe.db.sql(
		"""select distinct parent, sales_order from `tabOrder Box Item`
		where parent in %s and qty_stock > 0 and coalesce(sales_order, '') <> ''
		order by parent, sales_order""",
		(names,),
	)
	for box, order in rows:
		found[box].append(order)
	return found


def invoices_of_boxes(boxes: Iterable[str]) -> dict[str, str]:
	"""{box: the invoice that moved its stock}, of those that have one; one statement, none for none."""
	names = tuple(boxes)
	if not names:
		return {}
	return dict(
		frappe.db.sql(
			"""select name, sales_invoice from `tabOrder Box`
			where name in %s and coalesce(sales_invoice, '') <> ''""",
			(names,),
		)
	)


def pallets_of(boxes: Iterable[str]) -> list[str]:
	"""What the boxes stand on, by name; one statement, none for none."""
	names = tuple(boxes)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct parent_box from `tabOrder Box`
		where name in %s and coalesce(parent_box, '') <> '' order by parent_box""",
		(names,),
	)
	return [row[0] for row in rows]


def stands_here(pallet: str) -> bool:
	"""Whether a box on the pallet is still in the house, as last committed."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Box` where parent_box = %s and state in ('Open', 'Closed')
		limit 1 lock in share mode""",
		pallet,
	)
	return bool(rows)


def stopped_orders(orders: Iterable[str]) -> dict[str, bool]:
	"""{order: whether it is only on hold}, of those that get nothing now: cancelled, closed or on hold; as
	last committed.
	"""
	names = tuple(sorted(set(orders)))
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, docstatus = 1 and status = 'On Hold' from `tabSales Order` force index (primary)
			where name in %s and (docstatus <> 1 or status in ('Closed', 'On Hold'))
			order by name lock in share mode""",
		(names,),
	)
	return {name: bool(is_held) for name, is_held in rows}


def boxes_of_orders(orders: Iterable[str]) -> list[BoxOfOrder]:
	"""Every box with goods of these orders; one statement."""
	names = tuple(sorted(set(orders)))
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct row.sales_order, box.name, box.state, coalesce(box.handover, '')
		from `tabOrder Box Item` row join `tabOrder Box` box on box.name = row.parent
		where row.sales_order in %s and row.qty_stock > 0 order by row.sales_order, box.name""",
		(names,),
	)
	return [BoxOfOrder(*row) for row in rows]


def parcels(boxes: Iterable[str]) -> list[Parcel]:
	"""To whom the boxes go; one statement."""
	rows = frappe.db.sql(
		"""select name, customer, coalesce(ship_to, '') from `tabOrder Box` where name in %s order by name""",
		(tuple(boxes),),
	)
	return [Parcel(*row) for row in rows]


def stock_on_note(delivery_note: str) -> dict[str, float]:
	"""{order row, or packed row of the order: quantity on a note in stock UOM}, of what can lie in boxes."""
	found: dict[str, float] = defaultdict(float)
	rows = frappe.db.sql(
		"""select note.so_detail, note.stock_qty from `tabDelivery Note Item` note
		join `tabItem` item on item.name = note.item_code
		where note.parent = %(note)s and item.is_stock_item = 1 and coalesce(note.so_detail, '') <> ''
		union all
		select ordered.name, part.qty from `tabPacked Item` part
		join `tabDelivery Note Item` note on note.name = part.parent_detail_docname
		join `tabPacked Item` ordered on ordered.parent = note.against_sales_order
			and ordered.parenttype = 'Sales Order' and ordered.parent_detail_docname = note.so_detail
			and ordered.item_code = part.item_code
		join `tabItem` item on item.name = part.item_code and item.is_stock_item = 1
		where part.parent = %(note)s and part.parenttype = 'Delivery Note'""",
		{"note": delivery_note},
	)
	for row, qty in rows:
		found[row] += flt(qty)
	return dict(found)


def found_by(text: str) -> str | None:
	"""The box with this number, SSCC as any scanner sends it, or tracking number; each by an index."""
	for column, value in (("name", text), ("sscc", gs1.label_number(text) or text), ("tracking_no", text)):
		rows = frappe.db.sql(f"select name from `tabOrder Box` where {column} = %s limit 2", value)
		if len(rows) == 1:
			return rows[0][0]
	return None


def label_of(row: str) -> str:
	"""An order's row, or a component's, as people know it: order, number, item."""
	rows = frappe.db.sql(
		"""select concat(parent, ' #', idx, ' ', item_code) from `tabSales Order Item` where name = %(row)s
		union all
		select concat(parent, ' ', item_code) from `tabPacked Item` where name = %(row)s""",
		{"row": row},
	)
	return rows[0][0] if rows else row


def about(box: str) -> dict:
	"""What a hand-over and a proof repeat of a box: customer_name, ship_to_text, weight_kg."""
	(row,) = frappe.db.sql(
		"""select coalesce(customer_name, '') customer_name, coalesce(ship_to_text, '') ship_to_text,
			coalesce(nullif(weighed_kg, 0), expected_kg, 0) weight_kg from `tabOrder Box` where name = %s""",
		box,
		as_dict=True,
	)
	return row


def services_of(boxes: Iterable[str]) -> set[str]:
	"""The couriers' services of the boxes; "" for a box without one."""
	rows = frappe.db.sql(
		"select distinct coalesce(courier_service, '') from `tabOrder Box` where name in %s", (tuple(boxes),)
	)
	return {row[0] for row in rows}
