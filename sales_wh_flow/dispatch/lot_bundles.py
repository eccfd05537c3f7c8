"""ERPNext's bundles of the batches and serial numbers that leave, or come back, with a row of a note."""

from collections.abc import Iterable, Mapping, Sequence

import frappe


def make_lot_bundle(note, row, entries: Sequence[Mapping[str, object]]) -> str:
	"""The bundle of these entries; what leaves has quantities below zero, as ERPNext keeps them. Returns its
	name.
	"""
	bundle = frappe.new_doc("Serial and Batch Bundle")
	bundle.update(
		{
			"type_of_transaction": "Inward" if note.is_return else "Outward",
			"voucher_type": note.doctype,
			"voucher_no": note.name,
			"voucher_detail_no": row.name,
			"company": note.company,
			"posting_date": note.posting_date,
			"posting_time": note.posting_time,
			"item_code": row.item_code,
			"warehouse": row.warehouse,
			"has_serial_no": 1 if entries[0].get("serial_no") else 0,
			"has_batch_no": 1 if entries[0].get("batch_no") else 0,
		}
	)
	for entry in entries:
		bundle.append("entries", {**entry, "warehouse": row.warehouse})
	name: str = bundle.insert().name
	return name


def rewrite_bundle(name: str, entries: Iterable[Mapping[str, object]]) -> None:
	"""A draft bundle holds these entries and nothing else."""
	bundle = frappe.get_doc("Serial and Batch Bundle", name)
	keep_entries(bundle, [{**entry, "warehouse": bundle.warehouse} for entry in entries])


def keep_entries(bundle, entries: Sequence) -> None:
	"""A draft bundle in memory is saved with these entries, rows of it or values of new ones."""
	bundle.set("entries", entries)
	bundle.flags.ignore_permissions = True  # it belongs to the note, which the user may write
	bundle.flags.ignore_validate = True  # ERPNext compares it with the row as it was saved before
	bundle.calculate_qty_and_amount()
	bundle.save()
