"""Delivered goods and their Return Cases, for tests."""

import frappe
from frappe.utils import add_days, nowdate

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.dispatch import api as dispatch_api  # noqa: F401 (tests call both by this module)
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import refresh_status
from sales_wh_flow.picking import api as picking_api  # noqa: F401
from sales_wh_flow.picking import pick
from sales_wh_flow.returns import api
from tests import factories as make


def delivered(*lines, warehouse=None, **values):
	"""(order, note): an order that was locked, picked and delivered with one note."""
	order = make.make_order(*lines, warehouse=warehouse, submit=True, **values)
	(name,) = pick.make_lists(order)
	pick_list = frappe.get_doc("Pick List", name).submit()
	note = frappe.get_doc("Delivery Note", deliver.make_delivery_note(pick_list))
	return order, note.submit()


def delivered_days_ago(days, place):
	"""(order, note) of ten pieces at 100 that were delivered so many days ago."""
	order, note = delivered(make.line(make.stocked(10, place), qty=10), warehouse=place)
	frappe.db.set_value("Delivery Note", note.name, "swf_delivered_on", add_days(nowdate(), -days))
	refresh_status.refresh_order(order.name)
	return order, note


def read_anew(order):
	"""The order as it is stored now."""
	return frappe.get_doc("Sales Order", order.name)


def invoiced(note):
	"""The submitted invoice of a note."""
	return make_sales_invoice(note.name).insert().submit()


def written_anew(invoice, qty):
	"""The invoice, cancelled and amended, submitted with so much in its first row."""
	copy = frappe.copy_doc(invoice)
	invoice.reload().cancel()
	copy.update({"amended_from": invoice.name, "docstatus": 0})
	copy.items[0].qty = qty
	return copy.insert().submit()


def asked(note, qty, row=0, **values):
	return {"row": note.items[row].name, "qty": qty, **values}


def opened(*rows, **values):
	"""A case of goods that are here."""
	return frappe.get_doc(
		"Return Case", api.open_return([{"received": True, **row} for row in rows], **values)
	)


def decided(case, decision="Restock", remedy="Nothing", **values):
	"""The case with a decision for each row that has none."""
	for row in case.rows:
		if not row.return_note:
			row.update({"decision": decision, "remedy": remedy, **values})
	return case.save()


def returned(note, qty, decision="Restock", remedy="Nothing", row=0):
	"""A posted case for a part of one row of a note."""
	case = decided(opened(asked(note, qty, row)), decision, remedy)
	api.post_return(case.name)
	return case.reload()


def quarantine():
	return make.make_warehouse("Quarantine", swf_is_sellable=0)


def a_place(quarantine_warehouse=None, scrap_warehouse=None, **values):
	"""A row of Return Places of the company."""
	return {
		"company": make.company().name,
		"quarantine_warehouse": quarantine_warehouse,
		"scrap_warehouse": scrap_warehouse,
		**values,
	}


def name_places(*rows):
	"""These Return Places and no others."""
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("return_places", list(rows))
	settings.save()


def notes_of(case):
	names = dict.fromkeys(row.document_name for row in case.documents if row.document_type == "Delivery Note")
	return [frappe.get_doc("Delivery Note", name) for name in names]


def credits_of(case):
	names = dict.fromkeys(row.document_name for row in case.documents if row.document_type == "Sales Invoice")
	return [frappe.get_doc("Sales Invoice", name) for name in names]


def on_hand(item, warehouse):
	return frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty") or 0


def locked(order):
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1},
		["reserved_qty", "delivered_qty"],
	)
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def told_of(name):
	"""Who is to be notified of a document, once the transaction is committed."""
	logs = frappe.get_all("Owed Work", {"method": "sales_wh_flow.base.notify.write_logs"}, pluck="arguments")
	return {
		user
		for log in map(frappe.parse_json, logs)
		if log["log"]["document_name"] == name
		for user in log["users"]
	}
