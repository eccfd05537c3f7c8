"""How much one of a unit is that a barcode names."""

from frappe.utils import flt

from erpnext.stock.get_item_details import get_conversion_factor


def in_stock_units(item_code: str, uom: str | None) -> float:
	"""So much of the item's stock UOM: by its own units, its template's or those of all items; else 1."""
	return flt(get_conversion_factor(item_code, uom)["conversion_factor"]) or 1.0 if uom else 1.0
