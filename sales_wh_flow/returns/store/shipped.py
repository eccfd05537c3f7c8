"""What was shipped with Delivery Notes, what of it came back, and which lots are still with the customer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import flt, getdate, today

from sales_wh_flow.returns.rules.facts import ShippedRow


def hold_notes(notes: Iterable[str]) -> None:
	"""Lock the notes, by name: whoever takes back what one of them delivered does so alone."""
	names = tuple(sorted(set(notes)))
	if names:
		frappe.db.sql(
			"""select name from `tabDelivery Note` force index (primary)
			where name in %s order by name for update""",
			(names,),
		)


def rows_of_notes(notes: Iterable[str]) -> list[str]:
	"""The rows of these notes, in their order."""
	names = tuple(sorted(set(notes)))
	if not names:
		return []
	rows = frappe.db.sql(
		"select name from `tabDelivery Note Item` where parent in %s order by parent, idx", (names,)
	)
	return [row[0] for row in rows]


def notes_of_rows(rows: Iterable[str]) -> list[str]:
	"""The Delivery Notes of these rows, by name."""
	names = tuple(sorted(set(rows)))
	if not names:
		return []
	found = frappe.db.sql(
		"select distinct parent from `tabDelivery Note Item` where name in %s order by parent", (names,)
	)
	return [row[0] for row in found]


def notes_of_order(order: str) -> list[str]:
	"""The submitted Delivery Notes of an order, returns left out, by name."""
	rows = frappe.db.sql(
		"""select distinct note.name from `tabDelivery Note Item` row
		join `tabDelivery Note` note on note.name = row.parent
		where row.against_sales_order = %s and note.docstatus = 1 and note.is_return = 0
		order by note.name""",
		order,
	)
	return [row[0] for row in rows]


def invoices_that_delivered(order: str) -> list[str]:
	"""The submitted invoices that moved stock of an order themselves, returns left out, by name."""
	rows = frappe.db.sql(
		"""select distinct bill.name from `tabSales Invoice Item` row
		join `tabSales Invoice` bill on bill.name = row.parent
		where row.sales_order = %s and bill.docstatus = 1 and bill.is_return = 0 and bill.update_stock = 1
		order by bill.name""",
		order,
	)
	return [row[0] for row in rows]


def rows_of_serials(serials: Iterable[str]) -> dict[str, str]:
	"""{serial number: the row of the last submitted Delivery Note it left with}."""
	wanted = tuple(sorted(set(serials)))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select entry.serial_no, row.name from `tabSerial and Batch Entry` entry
		join `tabDelivery Note Item` row on row.serial_and_batch_bundle = entry.parent
		join `tabDelivery Note` note on note.name = row.parent
		where entry.serial_no in %s and note.docstatus = 1 and note.is_return = 0
		order by note.posting_date, note.posting_time, note.creation""",
		(wanted,),
	)
	return dict(rows)


def read_rows(names: Iterable[str]) -> dict[str, ShippedRow]:
	"""These rows of Delivery Notes; four statements, however many they are."""
	wanted = tuple(sorted(set(names)))
	if not wanted:
		return {}
	rows = frappe.db.sql(_ROWS, {"rows": wanted}, as_dict=True)
	returned = dict(frappe.db.sql(_RETURNED, {"rows": wanted}))
	lots = _lots_left(wanted)
	batches = {batch for kept in lots.values() for batch, serial in kept if batch}
	expired = _expired(batches)
	return {
		row.name: _shipped(row, flt(returned.get(row.name)), lots.get(row.name, {}), expired) for row in rows
	}


def returned_by_others(notes: Iterable[str], but: str) -> dict[str, float]:
	"""{row of a note: what submitted returns other than ``but`` took back of it}, as last committed.

	The caller holds the notes.
	"""
	rows = frappe.db.sql(
		"""select row.dn_detail, sum(-row.qty) from `tabDelivery Note` back
		join `tabDelivery Note Item` row on row.parent = back.name
		where back.return_against in %s and back.is_return = 1 and back.docstatus = 1 and back.name <> %s
			and coalesce(row.dn_detail, '') <> ''
		group by row.dn_detail lock in share mode""",
		(tuple(sorted(set(notes))), but),
	)
	return {row: flt(qty) for row, qty in rows}


_ROWS = """select row.name, row.parent note, note.customer, note.company, note.docstatus, note.is_return,
	coalesce(date(note.swf_delivered_on), note.posting_date) delivered_on,
	row.item_code, row.item_name, row.uom, row.conversion_factor, row.warehouse, row.qty,
	row.against_sales_order sales_order, row.so_detail, row.serial_no, row.batch_no,
	item.item_group, row.base_net_rate,
	item.disabled, item.has_serial_no, item.has_batch_no, item.is_stock_item,
	item.inspection_required_before_delivery asks_inspection, coalesce(unit.must_be_whole_number, 0) is_whole,
	exists (select 1 from `tabPacked Item` part where part.parent = row.parent
		and part.parent_detail_docname = row.name) is_bundle
from `tabDelivery Note Item` row
join `tabDelivery Note` note on note.name = row.parent
join `tabItem` item on item.name = row.item_code
left join `tabUOM` unit on unit.name = row.uom
where row.name in %(rows)s"""

# Drafts count, too: what one case is about to take back no other one may.
_RETURNED = """select row.dn_detail, sum(-row.qty) from `tabDelivery Note Item` row
join `tabDelivery Note` back on back.name = row.parent
where row.dn_detail in %(rows)s and back.is_return = 1 and back.docstatus < 2
group by row.dn_detail"""

_LOTS = """select row.name, coalesce(entry.batch_no, ''), coalesce(entry.serial_no, ''), sum(abs(entry.qty))
from `tabDelivery Note Item` row
join `tabDelivery Note` note on note.name = row.parent and note.is_return = 0
join `tabSerial and Batch Entry` entry on entry.parent = row.serial_and_batch_bundle
where row.name in %(rows)s group by 1, 2, 3
union all
select row.dn_detail, coalesce(entry.batch_no, ''), coalesce(entry.serial_no, ''), -sum(abs(entry.qty))
from `tabDelivery Note Item` row
join `tabDelivery Note` back on back.name = row.parent and back.is_return = 1 and back.docstatus < 2
join `tabSerial and Batch Entry` entry on entry.parent = row.serial_and_batch_bundle
where row.dn_detail in %(rows)s group by 1, 2, 3"""

# A draft return names its lots on the row; ERPNext makes the bundle when it is submitted.
_LOTS_OF_DRAFTS = """select row.dn_detail, row.batch_no, row.serial_no, -row.stock_qty
from `tabDelivery Note Item` row
join `tabDelivery Note` back on back.name = row.parent and back.is_return = 1 and back.docstatus = 0
where row.dn_detail in %(rows)s and coalesce(row.serial_and_batch_bundle, '') = ''
	and (coalesce(row.batch_no, '') <> '' or coalesce(row.serial_no, '') <> '')"""


def _lots_left(rows: tuple[str, ...]) -> dict[str, dict[tuple[str, str], float]]:
	"""{row: {(batch, serial number): what of it is with the customer}}, lots that came back left out."""
	found: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
	for row, batch, serial, qty in frappe.db.sql(_LOTS, {"rows": rows}):
		found[row][batch, serial] += flt(qty)
	for row, batch, serials, qty in frappe.db.sql(_LOTS_OF_DRAFTS, {"rows": rows}):
		named = [it.strip() for it in (serials or "").split("\n") if it.strip()]
		for serial in named:
			found[row][_batch_of(found[row], serial), serial] -= 1
		if not named:
			found[row][batch, ""] -= flt(qty)
	return found


def _batch_of(lots: Mapping[tuple[str, str], float], serial: str) -> str:
	return next((batch for batch, its_serial in lots if its_serial == serial), "")


def _expired(batches: set[str]) -> frozenset[str]:
	if not batches:
		return frozenset()
	rows = frappe.db.sql(
		"select name from `tabBatch` where name in %s and (disabled = 1 or expiry_date < %s)",
		(tuple(sorted(batches)), today()),
	)
	return frozenset(row[0] for row in rows)


def _shipped(row: frappe._dict, returned_qty: float, lots: Mapping, expired: frozenset[str]) -> ShippedRow:
	batches: dict[str, float] = defaultdict(float)
	for (batch, _serial), qty in lots.items():
		if batch:
			batches[batch] += qty
	return ShippedRow(
		name=row.name,
		note=row.note,
		customer=row.customer,
		company=row.company,
		item_code=row.item_code,
		item_name=row.item_name,
		uom=row.uom,
		conversion_factor=flt(row.conversion_factor) or 1.0,
		warehouse=row.warehouse,
		shipped_qty=flt(row.qty),
		delivered_on=getdate(row.delivered_on),
		order=row.sales_order or "",
		order_row=row.so_detail or "",
		returned_qty=returned_qty,
		docstatus=row.docstatus,
		is_return=bool(row.is_return),
		is_disabled=bool(row.disabled),
		is_bundle=bool(row.is_bundle),
		asks_inspection=bool(row.asks_inspection),
		has_serials=bool(row.has_serial_no),
		is_whole=bool(row.is_whole),
		batches=dict(batches) if row.has_batch_no else None,
		serials=frozenset(serial for (_batch, serial), qty in lots.items() if serial and qty > 0),
		expired=expired,
		item_group=row.item_group or "",
		net_rate_base=flt(row.base_net_rate),
	)
