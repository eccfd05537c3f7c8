"""A site for ERPNext's own tests: the records they take for granted, with the app installed.

ERPNext makes them from its fixtures, which ask for more apps than a site needs; these are the few that its
tests of stock reservation name. They stay on the site.
"""

import os
from functools import cache

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()

COMPANY, ABBR = "_Test Company", "_TC"


def pytest_pycollect_makemodule(module_path, parent):
	"""ERPNext's test modules read the database while they are imported."""
	connect()


@cache
def connect() -> None:
	import frappe

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	frappe.flags.in_test = frappe.in_test = True  # ERPNext 16 looks at the second
	frappe.set_user("Administrator")
	make_records()


@pytest.fixture(scope="session", autouse=True)
def switched_off_afterwards():
	import frappe

	yield
	frappe.db.rollback()
	set_stock_lock("Off")
	frappe.destroy()


def set_stock_lock(value: str) -> None:
	"""Stock Lock on or off, every other switch off, committed."""
	import frappe

	from sales_wh_flow.base.settings import CAPABILITIES

	stock = frappe.get_doc("Stock Settings")
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1})
	stock.save()
	settings = frappe.get_doc("Sales Flow Settings")
	settings.update({**dict.fromkeys(CAPABILITIES, "Off"), "stock_lock": value}).save()
	frappe.db.commit()


def make_records() -> None:
	import frappe

	from sales_wh_flow.setup.install import before_tests

	before_tests()
	_make("Company", company_name=COMPANY, abbr=ABBR, default_currency="INR", country="India")
	_make("Warehouse", warehouse_name="_Test Warehouse", company=COMPANY)
	leaf = {"is_group": 0}
	_make(
		"Customer",
		customer_name="_Test Customer",
		customer_group=frappe.db.get_value("Customer Group", leaf, order_by="lft"),
		territory=frappe.db.get_value("Territory", leaf, order_by="lft"),
	)
	rate = {"from_currency": "USD", "to_currency": "INR", "exchange_rate": 80, "date": "2020-01-01"}
	_make("Currency Exchange", **rate, for_buying=1, for_selling=1)
	group = frappe.db.get_value("Supplier Group", leaf, order_by="lft")
	_make("Supplier", supplier_name="_Test Supplier", supplier_group=group)
	_make("UOM", uom_name="_Test UOM")
	_make("Item Group", item_group_name="_Test Item Group", parent_item_group="All Item Groups")
	_make("Item", item_code="_Test Item", item_group="_Test Item Group", stock_uom="Nos")
	_make(
		"Cost Center",
		cost_center_name="_Test Cost Center",
		company=COMPANY,
		parent_cost_center=f"{COMPANY} - {ABBR}",
	)
	frappe.db.commit()


def _make(doctype: str, **values) -> None:
	import frappe

	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.flags.ignore_permissions = True
	doc.insert(ignore_if_duplicate=True)
