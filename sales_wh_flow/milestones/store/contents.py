"""Which goods of an order a message is about, and the document that a milestone of an order rests on."""

import json
from collections.abc import Mapping

import frappe

from sales_wh_flow.milestones.rules.customer_states import as_ordered
from sales_wh_flow.milestones.rules.still_true import PAPERS

LINE = "left join `tabSales Order Item` line on line.name = item.sales_order_item"
AS_ORDERED = """max(if(line.item_code = item.item_code, line.uom, null)) order_uom,
	max(line.conversion_factor) factor"""
"""In which unit a row of a box was ordered; none for a component of a bundle. See ``as_ordered``."""

_GOODS = {
	"Order Box": f"""select item.item_name, sum(item.qty_stock) qty, item.stock_uom uom, {AS_ORDERED}
		from `tabOrder Box Item` item {LINE}
		where item.parent = %(name)s and item.sales_order = %(order)s
		group by item.sales_order_item, item.item_name, item.stock_uom order by min(item.idx)""",
	"Delivery Note": """select item_name, sum(qty) qty, uom from `tabDelivery Note Item`
		where parent = %(name)s and against_sales_order = %(order)s group by so_detail, item_name, uom
		order by min(idx)""",
	"Sales Invoice": """select item_name, sum(qty) qty, uom from `tabSales Invoice Item`
		where parent = %(name)s and sales_order = %(order)s group by so_detail, item_name, uom
		order by min(idx)""",
	"Return Case": """select item_name, sum(expected_qty) qty, uom from `tabReturn Case Row`
		where parent = %(name)s and sales_order = %(order)s group by sales_order_item, item_name, uom
		order by min(idx)""",
}

_NEWEST = {
	"Order Box": """select box.name from `tabOrder Box Item` row
		join `tabOrder Box` box on box.name = row.parent
		where row.sales_order = %s and box.state not in ('Open', 'Closed', 'Cancelled')
		order by box.handed_over_on desc, box.name desc limit 1""",
	"Delivery Note": """select note.name from `tabDelivery Note Item` row
		join `tabDelivery Note` note on note.name = row.parent
		where row.against_sales_order = %s and note.docstatus = 1 and note.is_return = {is_return}
		order by note.creation desc limit 1""",
	"Sales Invoice": """select bill.name from `tabSales Invoice Item` row
		join `tabSales Invoice` bill on bill.name = row.parent
		where row.sales_order = %s and bill.docstatus = 1 and bill.is_return = 1
		order by bill.creation desc limit 1""",
	"Return Case": """select its.name from `tabReturn Case Row` row
		join `tabReturn Case` its on its.name = row.parent
		where row.sales_order = %s and its.state <> 'Cancelled' order by its.creation desc limit 1""",
}


def goods_told(message: Mapping, order: str) -> list[dict]:
	"""{"item_name", "qty", "uom"} of the order's goods in the box, or on the document, that a message names;
	none where it names none.
	"""
	document = json.loads(message.get("facts") or "{}").get("document")
	for name in (message.get("box"), document):
		for doctype in PAPERS.get(message["milestone"], ()) if name else ():
			if rows := frappe.db.sql(_GOODS[doctype], {"name": name, "order": order}, as_dict=True):
				return [_told(row) for row in rows]
	return []


def _told(row: Mapping) -> dict:
	qty, uom = as_ordered(row["qty"], row["uom"], row.get("order_uom"), row.get("factor"))
	return {"item_name": row["item_name"], "qty": qty, "uom": uom}


def newest_paper(doctype: str, order: str, is_return: bool = False) -> str | None:
	"""The last document of this kind of an order: a box that left, a submitted note or credit note, or a
	case.
	"""
	rows = frappe.db.sql(_NEWEST[doctype].format(is_return=int(is_return)), order)
	return rows[0][0] if rows else None
