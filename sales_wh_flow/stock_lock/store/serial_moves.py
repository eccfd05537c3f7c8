"""Where serial numbers went last, by the stock ledger."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES


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


def brought_from_locks(voucher_type: str, voucher: str, inward_order: str = "") -> dict[BinKey, list[str]]:
	"""Serial numbers that a document brought in although a lock holds them, but for those that it took out
	of the lock's warehouse itself, as a count does, and those that ERPNext has reserved as they came in.

	``inward_order``: the Subcontracting Inward Order for which a customer sent them. ERPNext takes reserved
	numbers for not available, and books them in again. One statement.
	"""
	rows = frappe.db.sql(
		"""select sre.item_code, sre.warehouse, held.serial_no
		from `tabSerial and Batch Bundle` moved
		join `tabSerial and Batch Entry` come on come.parent = moved.name and come.qty > 0
		join `tabSerial and Batch Entry` held on held.serial_no = come.serial_no
			and held.parenttype = 'Stock Reservation Entry' and held.qty > held.delivered_qty
		join `tabStock Reservation Entry` sre on sre.name = held.parent
			and sre.docstatus = 1 and sre.status in %(open)s
		where moved.voucher_type = %(type)s and moved.voucher_no = %(name)s and moved.docstatus = 1
			and not exists (select 1 from `tabSerial and Batch Bundle` sent
				join `tabSerial and Batch Entry` went on went.parent = sent.name and went.qty < 0
				where sent.voucher_type = %(type)s and sent.voucher_no = %(name)s and sent.docstatus = 1
					and went.serial_no = come.serial_no and went.warehouse = sre.warehouse)
			and not (sre.from_voucher_type <=> %(type)s and sre.from_voucher_no <=> %(name)s)
			and not (sre.voucher_type = 'Subcontracting Inward Order' and sre.voucher_no = %(inward)s)
		for update""",
		{"open": OPEN_LOCK_STATUSES, "type": voucher_type, "name": voucher, "inward": inward_order},
	)
	found = defaultdict(list)
	for item, warehouse, serial_no in rows:
		found[item, warehouse].append(serial_no)
	return dict(found)
