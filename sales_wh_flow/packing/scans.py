"""What a scan at the packing table wants."""

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.rules.pick_rows import Wanted
from sales_wh_flow.packing.store import contents
from sales_wh_flow.scanning import read
from sales_wh_flow.scanning.units import in_stock_units


def read_goods(text: str, qty: float | None) -> Wanted:
	"""The item, batch or serial number that was scanned, so much in stock units: what was typed, else what
	the barcode says, else one.

	Raises: ValidationError for a text that names no goods.
	"""
	scan = read.read_scan(text)
	if scan.kind not in (read.ITEM, read.BATCH, read.SERIAL):
		refuse(RuleViolation("unknown_scan", text=text))
	if qty is None:
		qty = rounded(flt(scan.qty or 1) * in_stock_units(scan.item_code, scan.uom))
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
