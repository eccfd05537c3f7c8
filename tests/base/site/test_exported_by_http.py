"""The file that a browser keeps of a list of ours holds no formula; a list of ERPNext's stays as it is."""

import csv
import io

import pytest
import requests
from openpyxl import load_workbook

import frappe
from frappe.utils import now
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, address  # noqa: F401
from tests.site import SITE

FORMULA = "=cmd|calc"


@pytest.fixture(scope="module")
def reader(site, address):  # noqa: F811
	"""``reader(doctype, kind)``: what a manager keeps of a list with a customer whose name is a formula."""
	frappe.set_user("Administrator")
	customer = make.make_customer(customer_name=f"{FORMULA} {make.unique('Berg')}")
	approval, order = make.unique("ASKED"), make.make_order(customer=customer).name
	frappe.db.bulk_insert(  # the table alone: nobody writes such a record by hand
		"Order Approval",
		("name", "state", "criterion", "sales_order", "customer", "company", "owner", "creation", "modified"),
		[(approval, "Open", "Discount", order, customer, make.company().name, "Administrator", now(), now())],
	)
	somebody = make.make_user("Sales Manager", "Sales Master Manager")
	update_password(somebody, PASSWORD)
	frappe.db.commit()
	session = requests.Session()
	session.headers["X-Frappe-Site-Name"] = SITE
	session.post(f"{address}/api/method/login", {"usr": somebody, "pwd": PASSWORD}).raise_for_status()
	names = {"Order Approval": approval, "Customer": customer}

	def kept(doctype, kind, **values):
		field = "customer" if doctype == "Order Approval" else "name"
		asked = {
			"doctype": doctype,
			"file_format_type": kind,
			"title": doctype,
			"fields": frappe.as_json([f"`tab{doctype}`.`{field}`"]),
			"filters": frappe.as_json([[doctype, "name", "=", names[doctype]]]),
			"order_by": f"`tab{doctype}`.name",
			**values,
		}
		answer = session.get(f"{address}/api/method/frappe.desk.reportview.export_query", params=asked)
		assert answer.status_code == 200, answer.text[-300:]
		return cells(answer.content, kind, values.get("csv_delimiter", ","))

	kept.customer = customer
	yield kept
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.db.delete("Order Approval", approval)
	frappe.delete_doc("Sales Order", order, force=True)
	frappe.delete_doc("Customer", customer, force=True)
	frappe.db.commit()


def cells(content, kind, delimiter):
	"""[(text, whether a spreadsheet calculates it)] of a file."""
	if kind == "Excel":
		sheet = load_workbook(io.BytesIO(content)).active
		return [(it.value, it.data_type == "f") for row in sheet.iter_rows() for it in row]
	rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
	return [(it, it.startswith("=")) for row in rows for it in row]


@pytest.mark.parametrize(("kind", "values"), [("CSV", {}), ("CSV", {"csv_delimiter": ";"}), ("Excel", {})])
def test_a_customer_named_as_a_formula_is_a_text_in_a_list_of_ours(reader, kind, values):
	found = reader("Order Approval", kind, **values)
	assert (f"'{reader.customer}", False) in found
	assert not any(calculates for _text, calculates in found)


def test_a_list_of_erpnexts_leaves_as_erpnext_makes_it(reader):
	assert (reader.customer, True) in reader("Customer", "CSV")
