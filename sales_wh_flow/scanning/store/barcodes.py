"""What of the site bears a text: items by barcode or code, batches, serial numbers, lists, boxes."""

from collections.abc import Collection

import frappe


def item_of_barcode(barcodes: Collection[str]) -> tuple[str, str | None] | None:
	"""(item, unit) of the first Item Barcode among these; the unit is None where the barcode names none."""
	rows = frappe.db.sql(
		"select parent, uom from `tabItem Barcode` where parenttype = 'Item' and barcode in %s limit 1",
		(tuple(barcodes),),
	)
	return (rows[0][0], rows[0][1] or None) if rows else None


def known_as(text: str) -> list[tuple[str, str, str | None, str | None]]:
	"""(kind, name, item, batch) of everything that bears just this name. One statement."""
	rows = frappe.db.sql(
		"""select 'item', name, name, null from `tabItem` where name = %(text)s
		union all select 'serial', name, item_code, batch_no from `tabSerial No` where name = %(text)s
		union all select 'batch', name, item, null from `tabBatch` where name = %(text)s
		union all select 'box', name, null, null from `tabOrder Box` where name = %(text)s
		union all select 'pick_list', name, null, null from `tabPick List` where name = %(text)s""",
		{"text": text},
	)
	return [tuple(row) for row in rows]


def box_of_sscc(sscc: str) -> str | None:
	"""The box with this number, the newest where several have it; None without one."""
	rows = frappe.db.sql("select name from `tabOrder Box` where sscc = %s order by name desc limit 1", sscc)
	return rows[0][0] if rows else None


def batch_of_item(item_code: str, batch_no: str) -> str | None:
	"""The batch of this item with this name."""
	rows = frappe.db.sql(
		"select name from `tabBatch` where item = %s and name = %s limit 1", (item_code, batch_no)
	)
	return rows[0][0] if rows else None


def serial_of_item(item_code: str, serial_no: str) -> tuple[str, str | None] | None:
	"""(serial number, its batch) of this item."""
	rows = frappe.db.sql(
		"select name, batch_no from `tabSerial No` where item_code = %s and name = %s limit 1",
		(item_code, serial_no),
	)
	return (rows[0][0], rows[0][1]) if rows else None
