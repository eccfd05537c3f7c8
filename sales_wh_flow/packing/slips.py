"""What ERPNext's Packing Slips have packed of a draft Delivery Note, whatever was typed into it."""

from frappe.utils import flt

from sales_wh_flow.packing.store import notes


def count_slips(note) -> None:
	"""The packed quantities of a note are those of its submitted Packing Slips, whatever was typed."""
	rows = [*note.items, *(note.get("packed_items") or ())]
	if not any(flt(row.get("packed_qty")) for row in rows):
		return
	packed = notes.packed_by_slips(note.name)
	for row in rows:
		row.packed_qty = packed.get(row.name, 0.0)
