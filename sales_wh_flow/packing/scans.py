"""What a scan at the packing table wants."""

import frappe
from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.rules.pick_rows import Wanted
from sales_wh_flow.packing.store import contents
from sales_wh_flow.scanning import read


def read_goods(text: str, qty: float | None) -> Wanted:
	"""The item, batch or serial number that was scanned, so much in stock units: what was typed, else what
	the barcode says, else one.

	Raises: ValidationError for a text that names no goods.
	"""
	scan = read.read_scan(text)
	if scan.kind not in (read.ITEM, read.BATCH, read.SERIAL):
		refuse(RuleViolation("unknown_scan", text=text))
	if qty is None:
		qty = rounded(flt(scan.qty or 1) * _in_stock_units(scan.item_code, scan.uom))
	return Wanted(scan.item_code, qty, scan.batch_no, scan.serial_no)


def read_list(text: str) -> str | None:
	"""The Pick List that was scanned, or the one that the scanned box was filled from first, or None."""
	scan = read.read_scan(text)
	if scan.kind == read.PICK_LIST:
		return scan.name
	if scan.kind != read.BOX or not scan.name:
		return None
	rows = contents.contents_of([scan.name])
	return rows[0].pick_list if rows else None


def _in_stock_units(item_code: str, uom: str | None) -> float:
	if not uom or uom == frappe.get_cached_value("Item", item_code, "stock_uom"):
		return 1.0
	filters = {"parent": item_code, "parenttype": "Item", "uom": uom}
	return flt(frappe.db.get_value("UOM Conversion Detail", filters, "conversion_factor")) or 1.0
