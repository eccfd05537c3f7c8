"""What ERPNext lets anybody with a login write of the flow's documents: the app asks for the right."""

import ast
import inspect

import pytest

import frappe
from frappe.modules import load_doctype_module
from frappe.permissions import add_user_permission
from frappe.utils import nowdate

from erpnext.controllers import accounts_controller, stock_controller

from sales_wh_flow.stand_ins import STAND_INS
from tests import factories as make
from tests import stock_documents

DOCUMENTS = (
	*("Delivery Note", "Delivery Trip", "Packed Item", "Packing Slip", "Pick List", "Purchase Order"),
	*("Quotation", "Sales Invoice", "Sales Order", "Serial and Batch Bundle", "Shipment"),
	"Stock Reservation Entry",
)

WRITES = ("set_value(", "db_set(", "ignore_permissions=True", "update_status(", "delete(", ".run()")

ASKED_ELSEWHERE = {
	"create_delivery_schedule": "order_changes/delivery_schedule.py asks when a part is written",
	"declare_enquiry_lost": "ends with a save, which asks",
	"get_loyalty_programs": "writes the loyalty programme of a customer",
	"get_work_order_items": "reads",
	"make_purchase_invoice_from_portal": "asks whose contact it is",
	"make_delivery_note": "what is mapped is saved by who may",
	"make_sales_invoice": "what is mapped is saved by who may",
	"notify_customers": "marks a trip as told of",
	"repost_accounting_entries": "writes the ledger anew as its document says",
	"update_company_master_and_address": "writes the company's own address and logo",
}


def open_to_all(module):
	"""Functions and methods that the web may call, that write, and that ask nobody."""
	for node in ast.walk(ast.parse(inspect.getsource(module))):
		if isinstance(node, ast.FunctionDef):
			opened = any("whitelist" in ast.unparse(decorator) for decorator in node.decorator_list)
			source = ast.unparse(node)
			if opened and any(word in source for word in WRITES) and not any(map(asks, ast.walk(node))):
				yield f"{module.__name__}.{node.name}"


def asks(node):
	"""Whether this asks about the document at hand; ``frappe.has_permission(DOCTYPE, "write")`` does not."""
	if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
		return False
	if node.func.attr == "has_permission" and ast.unparse(node.func.value) == "frappe":
		return len(node.args) > 2 or any(keyword.arg == "doc" for keyword in node.keywords)
	return node.func.attr in ("check_permission", "has_permission", "only_for")


def test_what_asks_nobody_is_answered_by_the_app_or_known():
	modules = [*map(load_doctype_module, DOCUMENTS), accounts_controller, stock_controller]
	found = {path for module in modules for path in open_to_all(module)}
	assert "erpnext.selling.doctype.sales_order.sales_order.update_status" in found
	left = {path for path in found - STAND_INS.keys() if path.rpartition(".")[2] not in ASKED_ELSEWHERE}
	assert not left, "ask for the right in stand_ins.py, or say in ASKED_ELSEWHERE who does"


def called(path, **values):
	"""As a client reaches it."""
	return frappe.get_attr(STAND_INS[path])(**values)


def test_who_may_not_write_a_note_or_a_purchase_does_not_close_it(switches, place):
	switches(stock_lock=True)
	item = make.stocked(5, place)
	note = stock_documents.delivery(item, 1, place).insert().submit()
	bought = (
		stock_documents.purchase("Purchase Order", item, 1, place, schedule_date=nowdate()).insert().submit()
	)
	told = {
		"erpnext.stock.doctype.delivery_note.delivery_note.update_delivery_note_status": {
			"docname": note.name
		},
		"erpnext.buying.doctype.purchase_order.purchase_order.update_status": {"name": bought.name},
	}
	buys_elsewhere = make.make_user("Purchase User")
	supplier = frappe.get_doc({"doctype": "Supplier", "supplier_name": make.unique("Supplier")}).insert()
	add_user_permission("Supplier", supplier.name, buys_elsewhere, ignore_permissions=True)

	with make.acting_as(buys_elsewhere), pytest.raises(frappe.PermissionError):
		called(
			"erpnext.buying.doctype.purchase_order.purchase_order.close_or_unclose_purchase_orders",
			names=frappe.as_json([bought.name]),
			status="Closed",
		)
	for path, which in told.items():
		with make.acting_as(make.make_user("Accounts User")), pytest.raises(frappe.PermissionError):
			called(path, status="Closed", **which)
		called(path, status="Closed", **which)

	assert [doc.reload().status for doc in (note, bought)] == ["Closed", "Closed"]
