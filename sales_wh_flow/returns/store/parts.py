"""The components of bundles that a Delivery Note sent, and which of their lots are still out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import flt

_FIELDS = ("item_code", "item_name", "description", "uom", "conversion_factor", "rate")


@dataclass(frozen=True, slots=True)
class SentPart:
	"""A component of a row. ``per_bundle``: of one unit of the row, in stock UOM; ``lots``: {(serial number,
	batch): what of it is still with the customer}; ``values``: what its row says.
	"""

	item_code: str
	per_bundle: float
	lots: Mapping[tuple[str, str], float]
	values: Mapping[str, object]


def sent_with(note: str, but: str) -> dict[str, list[SentPart]]:
	"""{row of a Delivery Note: its components}; ``but``: a return of it that does not count yet."""
	rows = frappe.db.sql(
		"""select part.parent_detail_docname line, part.qty, row.qty bundles, part.item_code, part.item_name,
			part.description, part.uom, part.conversion_factor, part.rate
		from `tabPacked Item` part join `tabDelivery Note Item` row on row.name = part.parent_detail_docname
		where part.parent = %s and row.qty <> 0 order by part.idx""",
		note,
		as_dict=True,
	)
	lots = _lots_out(note, but) if rows else {}
	found: dict[str, list[SentPart]] = defaultdict(list)
	for row in rows:
		key = (row.line, row.item_code)
		out = {lot: qty for lot, qty in lots.get(key, {}).items() if qty > 0}
		values = {field: row[field] for field in _FIELDS}
		found[row.line].append(SentPart(row.item_code, flt(row.qty) / flt(row.bundles), out, values))
	return dict(found)


_LOTS = """select row.name, part.item_code, coalesce(entry.serial_no, ''), coalesce(entry.batch_no, ''),
	abs(entry.qty)
from `tabPacked Item` part
join `tabDelivery Note Item` row on row.name = part.parent_detail_docname
join `tabSerial and Batch Entry` entry on entry.parent = part.serial_and_batch_bundle
where part.parent = %(note)s
union all
select row.dn_detail, part.item_code, coalesce(entry.serial_no, ''), coalesce(entry.batch_no, ''),
	-abs(entry.qty)
from `tabDelivery Note` back
join `tabDelivery Note Item` row on row.parent = back.name
join `tabPacked Item` part on part.parent_detail_docname = row.name and part.parent = back.name
join `tabSerial and Batch Entry` entry on entry.parent = part.serial_and_batch_bundle
where back.return_against = %(note)s and back.docstatus = 1 and back.name <> %(but)s"""


def _lots_out(note: str, but: str) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
	found: dict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
	for line, item, serial, batch, qty in frappe.db.sql(_LOTS, {"note": note, "but": but or ""}):
		found[line, item][serial, batch] += flt(qty)
	return found
