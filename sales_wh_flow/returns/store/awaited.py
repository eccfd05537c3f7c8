"""What open Return Cases say of goods that are to come, or have come."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.returns.rules.arrivals import AwaitedRow


def awaited_rows(note_rows: Iterable[str]) -> list[AwaitedRow]:
	"""The rows of open cases about these rows of Delivery Notes that are not posted, the oldest first; as
	last committed. Whoever opens cases holds the notes.
	"""
	wanted = tuple(sorted(set(note_rows)))
	if not wanted:
		return []
	rows = frappe.db.sql(
		"""select its.name, row.name, row.delivery_note_item, row.expected_qty, row.received_qty,
			coalesce(row.batch_no, ''), coalesce(row.serial_nos, ''), coalesce(its.box, ''),
			coalesce(its.scanned_boxes, '')
		from `tabReturn Case Row` row
		join `tabReturn Case` its on its.name = row.parent and its.state in ('Open', 'Partly Posted')
		where row.delivery_note_item in %s and coalesce(row.return_note, '') = ''
		order by its.creation, its.name, row.idx lock in share mode""",
		(wanted,),
	)
	return [
		AwaitedRow(
			case,
			name,
			source,
			flt(expected),
			flt(received),
			batch,
			_listed(serials),
			(*_listed(box), *_listed(scanned)),
		)
		for case, name, source, expected, received, batch, serials, box, scanned in rows
	]


def _listed(text: str) -> tuple[str, ...]:
	return tuple(it.strip() for it in text.replace(",", "\n").split("\n") if it.strip())
