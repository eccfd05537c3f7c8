"""What the print of a Pick List says: row by row in the order of the walk, whose each is, no prices.

The Print Format calls `pick_list_print`, copies of it too.
"""

from frappe.utils import cstr, flt, formatdate

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.picking.store import found as store
from sales_wh_flow.scanning.drawn import code_128


def pick_list_print(doc) -> dict:
	"""Of a Pick List, for its print.

	Shape: {"code_image": Code 128 of its number as data, "warehouse", "courier", "wave", "due": text,
	"rows": [{"place", "item_code", "item_name", "image", "lots": [...], "qty", "units", "order", "customer",
	"tote"}], "notes": [{"order", "text"}]}. Quantities are text, in stock UOM and where it differs in the
	order's.
	"""
	rows = store.shown_rows(doc.name)
	heads = store.lists_to_pick([doc.name])
	notes = {row.sales_order: cstr(row.instructions) for row in rows if row.instructions}
	return {
		"code_image": code_128(doc.name),
		"warehouse": cstr(doc.parent_warehouse),
		"courier": " ".join(filter(None, (doc.swf_courier, doc.swf_courier_service))),
		"wave": cstr(doc.swf_wave),
		"due": formatdate(heads[0].due) if heads and heads[0].due else "",
		"rows": [_row(row) for row in rows],
		"notes": [{"order": order, "text": text} for order, text in sorted(notes.items())],
	}


def _row(row) -> dict:
	lots = (cstr(row.batch_no), *each_serial(row.serial_no))
	is_other_unit = row.uom != row.stock_uom
	return {
		"place": cstr(row.place),
		"item_code": row.item_code,
		"item_name": cstr(row.item_name),
		"image": cstr(row.image),
		"lots": [lot for lot in lots if lot],
		"qty": f"{figure(flt(row.stock_qty))} {cstr(row.stock_uom)}",
		"units": f"{figure(flt(row.qty))} {cstr(row.uom)}" if is_other_unit else "",
		"order": cstr(row.sales_order),
		"customer": cstr(row.customer_name),
		"tote": cstr(row.tote),
	}
