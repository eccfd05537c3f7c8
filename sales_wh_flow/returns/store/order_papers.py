"""What was made from an order, and what keeps it from being undone."""

from datetime import date

import frappe


def papers_of_order(order: str) -> list[tuple[str, str, int]]:
	"""(doctype, name, docstatus) of everything that was made from an order and is not cancelled."""
	rows = frappe.db.sql(
		"""select 'Pick List', list.name, list.docstatus from `tabPick List Item` row
			join `tabPick List` list on list.name = row.parent
			where row.sales_order = %(order)s and list.docstatus < 2
		union select 'Delivery Note', note.name, note.docstatus from `tabDelivery Note Item` row
			join `tabDelivery Note` note on note.name = row.parent
			where row.against_sales_order = %(order)s and note.docstatus < 2
		union select 'Sales Invoice', bill.name, bill.docstatus from `tabSales Invoice Item` row
			join `tabSales Invoice` bill on bill.name = row.parent
			where row.sales_order = %(order)s and bill.docstatus < 2
		union select 'Packing Slip', slip.name, slip.docstatus from `tabDelivery Note Item` row
			join `tabPacking Slip` slip on slip.delivery_note = row.parent
			where row.against_sales_order = %(order)s and slip.docstatus < 2
		union select 'Order Box', box.name, 1 from `tabOrder Box Item` row
			join `tabOrder Box` box on box.name = row.parent
			where row.sales_order = %(order)s and box.state in ('Open', 'Closed')""",
		{"order": order},
	)
	return [(doctype, name, docstatus) for doctype, name, docstatus in rows]


_ORDER_FIELD = {
	"Pick List": ("Pick List Item", "sales_order"),
	"Delivery Note": ("Delivery Note Item", "against_sales_order"),
	"Sales Invoice": ("Sales Invoice Item", "sales_order"),
}


def other_orders(doctype: str, name: str, order: str) -> list[str]:
	"""Orders besides this one that a document is for."""
	if doctype not in _ORDER_FIELD:
		return []
	rows, field = _ORDER_FIELD[doctype]
	found = frappe.db.sql(
		f"""select distinct {field} from `tab{rows}`
		where parent = %s and coalesce({field}, '') not in ('', %s) order by 1""",
		(name, order),
	)
	return [row[0] for row in found]


def payments_of(invoice: str) -> list[tuple[str, str]]:
	"""(doctype, name) of submitted payments that are allocated to an invoice, by name."""
	rows = frappe.db.sql(
		"""select distinct 'Payment Entry', row.parent from `tabPayment Entry Reference` row
		join `tabPayment Entry` paid on paid.name = row.parent and paid.docstatus = 1
		where row.reference_doctype = 'Sales Invoice' and row.reference_name = %s
		union select distinct 'Journal Entry', row.parent from `tabJournal Entry Account` row
		join `tabJournal Entry` entry on entry.name = row.parent and entry.docstatus = 1
		where row.reference_type = 'Sales Invoice' and row.reference_name = %s order by 2""",
		(invoice, invoice),
	)
	return [(doctype, name) for doctype, name in rows]


def advances_of(order: str) -> list[tuple[str, str]]:
	"""(doctype, name) of submitted payments that are an advance of an order, by name."""
	rows = frappe.db.sql(
		"""select distinct 'Payment Entry', row.parent from `tabPayment Entry Reference` row
		join `tabPayment Entry` paid on paid.name = row.parent and paid.docstatus = 1
		where row.reference_doctype = 'Sales Order' and row.reference_name = %(order)s
		union select distinct 'Journal Entry', row.parent from `tabJournal Entry Account` row
		join `tabJournal Entry` entry on entry.name = row.parent and entry.docstatus = 1
		where row.reference_type = 'Sales Order' and row.reference_name = %(order)s order by 2""",
		{"order": order},
	)
	return [(doctype, name) for doctype, name in rows]


def what_holds_an_order(order: str) -> list[tuple[str, str]]:
	"""(doctype, name) of submitted documents besides those of its way with which ERPNext does not cancel an
	order, by name.
	"""
	rows = frappe.db.sql(
		"""select 'Payment Request', name from `tabPayment Request` where docstatus = 1
			and reference_doctype = 'Sales Order' and reference_name = %(order)s
		union select 'Work Order', name from `tabWork Order` where docstatus = 1 and sales_order = %(order)s
		union select 'Material Request', row.parent from `tabMaterial Request Item` row
			join `tabMaterial Request` its on its.name = row.parent and its.docstatus = 1
				and its.material_request_type <> 'Material Transfer'
			where row.sales_order = %(order)s
		union select 'Maintenance Schedule', row.parent from `tabMaintenance Schedule Item` row
			where row.docstatus = 1 and row.sales_order = %(order)s
		union select 'Maintenance Visit', row.parent from `tabMaintenance Visit Purpose` row
			where row.docstatus = 1 and row.prevdoc_doctype = 'Sales Order'
				and row.prevdoc_docname = %(order)s
		order by 2""",
		{"order": order},
	)
	return [(doctype, name) for doctype, name in rows]


def orders_paid_by(payment: str) -> list[str]:
	"""Orders that a Payment Entry is an advance of."""
	rows = frappe.db.sql(
		"""select distinct reference_name from `tabPayment Entry Reference`
		where parent = %s and reference_doctype = 'Sales Order'""",
		payment,
	)
	return [row[0] for row in rows]


def closed_by(company: str, doctype: str, day: date) -> str:
	"""The Accounting Period or Period Closing Voucher that closes a day for a kind of document, or ""."""
	rows = frappe.db.sql(
		"""select period.name from `tabAccounting Period` period
		join `tabClosed Document` row on row.parent = period.name and row.closed = 1
		where period.company = %(company)s and row.document_type = %(doctype)s
			and %(day)s between period.start_date and period.end_date
		union select name from `tabPeriod Closing Voucher` where company = %(company)s and docstatus = 1
			and period_end_date >= %(day)s limit 1""",
		{"company": company, "doctype": doctype, "day": day},
	)
	return rows[0][0] if rows else ""


def what_holds_a_note(note: str) -> list[tuple[str, str]]:
	"""(doctype, name) of submitted Shipments, Delivery Trips and Installation Notes of a Delivery Note, and
	of its returns.
	"""
	rows = frappe.db.sql(
		"""select 'Shipment', row.parent from `tabShipment Delivery Note` row
			join `tabShipment` its on its.name = row.parent and its.docstatus = 1
			where row.delivery_note = %(note)s
		union select 'Delivery Trip', row.parent from `tabDelivery Stop` row
			join `tabDelivery Trip` its on its.name = row.parent and its.docstatus = 1
			where row.delivery_note = %(note)s
		union select 'Installation Note', row.parent from `tabInstallation Note Item` row
			where row.prevdoc_docname = %(note)s and row.docstatus = 1
		union select 'Delivery Note', name from `tabDelivery Note`
			where return_against = %(note)s and docstatus = 1
		order by 2""",
		{"note": note},
	)
	return [(doctype, name) for doctype, name in rows]


def credit_notes_of(invoice: str) -> list[str]:
	"""Credit notes of an invoice that are not cancelled."""
	rows = frappe.db.sql(
		"select name from `tabSales Invoice` where return_against = %s and docstatus = 1 order by name",
		invoice,
	)
	return [row[0] for row in rows]


def boxes_that_left(note: str) -> list[str]:
	"""Boxes of a Delivery Note that are not in the house any more; none where boxes are not kept."""
	if not frappe.db.table_exists("Order Box"):
		return []
	rows = frappe.db.sql(
		"""select name from `tabOrder Box` where delivery_note = %s
			and state not in ('Open', 'Closed', 'Cancelled') order by name""",
		note,
	)
	return [row[0] for row in rows]


def open_handover_of(box: str) -> str:
	"""The hand-over that a box lies in and has not left with, or ""."""
	rows = frappe.db.sql(
		"""select head.name from `tabOrder Box` box
		join `tabCourier Handover` head on head.name = box.handover
		where box.name = %s and box.state = 'Closed' and head.state in ('Open', 'Closing')""",
		box,
	)
	return rows[0][0] if rows else ""
