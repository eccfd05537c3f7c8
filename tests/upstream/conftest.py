"""A site for ERPNext's own tests: the records they take for granted, with the app installed.

On 15 they are ERPNext's own fixtures. Where Frappe has no runner for those, they are the few that ERPNext's
tests of stock reservation name. They stay on the site.
"""

import os
from functools import cache

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()

COMPANY, ABBR = "_Test Company", "_TC"

SUITES = {
	"Material Request": "stock",
	"Delivery Note": "stock",
	"Pick List": "stock",
	"Quotation": "selling",
	"Sales Order": "selling",
	"Stock Entry": "stock",
	"Stock Reconciliation": "stock",
}
"""{DocType whose tests ERPNext has: its module}: those that the flow takes part in."""


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
	try:
		import frappe.test_runner
	except ImportError:  # ERPNext 16
		make_records()
	else:
		make_fixtures()


@pytest.fixture(scope="session", autouse=True)
def switched_off_afterwards():
	import frappe

	yield
	frappe.db.rollback()
	set_stock_lock("Off")
	frappe.destroy()


def set_stock_lock(value: str) -> None:
	"""Stock Lock on or off, every other switch off; ERPNext may reserve in both cases; committed."""
	_set(stock_lock=value)


def set_switches(value: str) -> None:
	"""Every switch on or off; ERPNext's stock reservation with the lock, which needs it; committed."""
	from sales_wh_flow.base.settings import CAPABILITIES

	_set(reservation=int(value == "On"), **dict.fromkeys(CAPABILITIES, value))


def put_goods_on_hand() -> None:
	"""Enough of what ERPNext's tests send without having received it: with Stock Lock on nothing goes below
	zero, and what is there may be locked for an order of another test.
	"""
	from erpnext.stock.doctype.stock_entry.test_stock_entry import make_stock_entry

	for item in ("_Test Item", "_Test Item Home Desktop 100"):
		make_stock_entry(item_code=item, target="_Test Warehouse - _TC", qty=1000, rate=100)


def _set(reservation: int = 1, **switches: str) -> None:
	"""What Stock Settings say may contradict a lock that is on, so it is switched off first."""
	import frappe

	from sales_wh_flow.base.settings import CAPABILITIES

	off = dict.fromkeys(CAPABILITIES, "Off")
	frappe.get_doc("Sales Flow Settings").update(off).save()
	stock = frappe.get_doc("Stock Settings")
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": reservation})
	stock.update({"allow_partial_reservation": reservation}).save()
	frappe.get_doc("Sales Flow Settings").update({**off, **switches}).save()
	frappe.db.commit()


def make_fixtures() -> None:
	from erpnext.setup.utils import before_tests

	from tests.upstream import records

	before_tests()
	set_switches("Off")
	records.make_them((*SUITES, "Stock Reservation Entry"))


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
