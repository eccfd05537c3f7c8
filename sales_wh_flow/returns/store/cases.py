"""Return Cases in the database."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.base import hold_rows


def hold(name: str) -> None:
	"""Lock a Return Case: it is posted, changed and cancelled by one at a time. The first lock of all."""
	hold_rows.hold_document_row("Return Case", name)


def notes_of_case(name: str) -> list[str]:
	"""The Delivery Notes whose goods a held case is about, as last committed."""
	rows = frappe.db.sql(
		"select distinct delivery_note from `tabReturn Case Row` where parent = %s lock in share mode", name
	)
	return sorted(row[0] for row in rows if row[0])


def of_document(doctype: str, name: str) -> list[str]:
	"""The Return Cases that made a document."""
	rows = frappe.db.sql(
		"""select distinct parent from `tabReturn Case Document`
		where document_type = %s and document_name = %s order by parent""",
		(doctype, name),
	)
	return [row[0] for row in rows]


def boxes_of_document(doctype: str, name: str) -> list[str]:
	"""The boxes that the cases which made a document are about."""
	rows = frappe.db.sql(
		"""select distinct coalesce(its.box, ''), coalesce(its.scanned_boxes, '')
		from `tabReturn Case Document` row join `tabReturn Case` its on its.name = row.parent
		where row.document_type = %s and row.document_name = %s""",
		(doctype, name),
	)
	return sorted({box for one, scanned in rows for box in (one, *scanned.split("\n")) if box})


def states_of_documents(case: str) -> dict[tuple[str, str], int]:
	"""{(type, name): docstatus} of the documents a case made that still exist, as this transaction sees
	them.
	"""
	found: dict[tuple[str, str], int] = {}
	for doctype in ("Delivery Note", "Sales Invoice"):
		rows = frappe.db.sql(
			f"""select made.name, made.docstatus from `tabReturn Case Document` row
			join `tab{doctype}` made on made.name = row.document_name
			where row.parent = %s and row.document_type = %s""",
			(case, doctype),
		)
		found |= {(doctype, name): docstatus for name, docstatus in rows}
	return found


def cases_of_order(order: str) -> list[dict]:
	"""The rows of all cases about an order that are not cancelled, the oldest first.

	Shape: {"case", "state", "item_code", "sales_order_item", "expected_qty", "received_qty", "uom",
	"decision", "remedy", "credited_qty", "return_note", "docstatus", "waiver_answer", "is_outside_window",
	"waived_by", "box"}.
	"""
	return frappe.db.sql(
		"""select its.name `case`, its.state, its.waiver_answer, its.is_outside_window, its.waived_by,
			its.box, row.item_code, row.sales_order_item,
			row.expected_qty, row.received_qty, row.uom, row.decision, row.remedy, row.credited_qty,
			row.return_note,
			note.docstatus
		from `tabReturn Case Row` row
		join `tabReturn Case` its on its.name = row.parent
		left join `tabDelivery Note` note on note.name = row.return_note
		where row.sales_order = %s and its.state <> 'Cancelled' order by its.creation, row.idx""",
		order,
		as_dict=True,
	)


def credited_by_row(names: Iterable[str]) -> dict[str, float]:
	"""{row of a case: what of it stands on credit notes that are not cancelled}."""
	wanted = tuple(names)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select row.case_row, sum(row.qty) from `tabReturn Case Document` row
		join `tabSales Invoice` bill on bill.name = row.document_name and bill.docstatus < 2
		where row.case_row in %s and row.document_type = 'Sales Invoice' group by row.case_row""",
		(wanted,),
	)
	return {row: flt(qty) for row, qty in rows}


def warehouses_in(case: str) -> set[str]:
	"""The warehouses the goods of a stored case left from and go to."""
	rows = frappe.db.sql("select from_warehouse, warehouse from `tabReturn Case Row` where parent = %s", case)
	return {warehouse for row in rows for warehouse in row if warehouse}


def of_box(box: str) -> str | None:
	"""The case of a box that is not cancelled."""
	rows = frappe.db.sql(
		"""select name from `tabReturn Case` where box = %s and state <> 'Cancelled'
		lock in share mode""",
		box,
	)
	return rows[0][0] if rows else None


def announced_of_rows(rows: Iterable[str]) -> dict[str, float]:
	"""{row of a Delivery Note: what open cases say of it and have not posted}; as last committed."""
	wanted = tuple(rows)
	if not wanted:
		return {}
	found = frappe.db.sql(
		"""select row.delivery_note_item, sum(greatest(row.expected_qty, row.received_qty))
		from `tabReturn Case Row` row
		join `tabReturn Case` its on its.name = row.parent and its.state in ('Open', 'Partly Posted')
		where row.delivery_note_item in %s and coalesce(row.return_note, '') = ''
		group by row.delivery_note_item lock in share mode""",
		(wanted,),
	)
	return {row: flt(qty) for row, qty in found}
