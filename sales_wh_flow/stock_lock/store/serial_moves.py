"""Where serial numbers went last, by the stock ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class SerialMove:
	"""The last movement of a serial number; ``is_out``: it left a warehouse by it."""

	serial_no: str
	doctype: str
	document: str
	is_out: bool


def last_moves(serial_nos: Iterable[str]) -> dict[str, SerialMove]:
	"""The last movement of each that ERPNext keeps in a bundle; a locking read, no statement for none."""
	names = tuple(set(serial_nos))
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select entry.serial_no, sle.voucher_type, sle.voucher_no, sle.actual_qty < 0
		from `tabSerial and Batch Entry` entry
		join `tabStock Ledger Entry` sle
			on sle.serial_and_batch_bundle = entry.parent and sle.is_cancelled = 0
		where entry.serial_no in %s and entry.parenttype = 'Serial and Batch Bundle'
		order by sle.posting_datetime, sle.creation lock in share mode""",
		(names,),
	)
	return {serial: SerialMove(serial, doctype, name, bool(is_out)) for serial, doctype, name, is_out in rows}
