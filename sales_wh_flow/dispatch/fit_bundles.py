"""A note of picked batches or serial numbers can be cut: who types 7 over 10 sends 7, and 3 stay locked.

ERPNext refuses the quantity, because the bundle it keeps beside the row still names all of them.
"""

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.dispatch import lot_bundles


def fit(note) -> None:
	"""Draft bundles of rows that serve orders name no more than the row says; the last ones go first."""
	if not note.docstatus.is_draft() or note.get("is_return") or note.is_new():
		return
	rows = {row.serial_and_batch_bundle: row for row in note.items if _may_be_cut(row)}
	if not rows:
		return
	totals = frappe.get_all(
		"Serial and Batch Bundle",
		{"name": ("in", list(rows)), "docstatus": 0, "type_of_transaction": "Outward"},
		["name", "total_qty"],
	)
	for bundle in totals:
		row = rows[bundle.name]
		qty = rounded(flt(row.qty) * (flt(row.conversion_factor) or 1.0))
		if is_positive(qty) and is_less(qty, abs(bundle.total_qty)):
			_cut(bundle.name, qty)


def _may_be_cut(row) -> bool:
	return bool(row.serial_and_batch_bundle and row.so_detail)


def _cut(name: str, qty: float) -> None:
	bundle, left = frappe.get_doc("Serial and Batch Bundle", name), qty
	kept = []
	for entry in bundle.entries:
		part = rounded(min(abs(entry.qty), left))
		if is_positive(part):
			entry.qty = -part
			kept.append(entry)
			left = rounded(left - part)
	lot_bundles.keep_entries(bundle, kept)
