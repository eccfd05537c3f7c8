"""Taking the app off a site that has worked with it, and putting it back: run last, on a throw-away site.

SWHF_SITE names the site; the current folder (or SWHF_SITES_PATH) is the bench's sites folder.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()
APP, MODULE, ROLE = "sales_wh_flow", "Sales WH Flow", "Order Approver"

pytestmark = pytest.mark.skipif(not SITE, reason="SWHF_SITE is not set: no site to take the app off")


def bench(*arguments: str) -> str:
	"""Run a bench command on the site in a process of its own, as an admin does."""
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, *arguments]
	result = subprocess.run(command, cwd=SITES_PATH, capture_output=True, text=True, check=False)
	assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
	return result.stdout


@contextmanager
def connected():
	import frappe

	frappe.init(site=SITE, sites_path=SITES_PATH, force=True)
	frappe.connect()
	try:
		yield frappe
	finally:
		frappe.destroy()


def doctypes_of_the_app() -> list[str]:
	with connected() as frappe:
		return frappe.get_all("DocType", {"module": MODULE}, pluck="name")


def tables_and_columns(frappe) -> set[tuple[str, str]]:
	return set(
		frappe.db.sql(
			"select table_name, column_name from information_schema.columns where table_schema = database()"
		)
	)


def make_order(frappe, submit: bool) -> str:
	"""A small order of a new item with ten in stock, through ERPNext's own documents."""
	company = frappe.get_all("Company", pluck="name", order_by="creation asc", limit=1)[0]
	stores = {"company": company, "is_group": 0, "disabled": 0}
	warehouse = frappe.get_all("Warehouse", stores, pluck="name", order_by="creation asc", limit=1)[0]
	leaf = {"is_group": 0}
	item = frappe.get_doc(
		{
			"doctype": "Item",
			"item_code": frappe.generate_hash(length=10),
			"item_group": frappe.get_all("Item Group", leaf, pluck="name", limit=1)[0],
			"stock_uom": "Nos",
			"is_stock_item": 1,
			"valuation_rate": 1,
		}
	).insert()
	customer = frappe.get_doc(
		{
			"doctype": "Customer",
			"customer_name": frappe.generate_hash(length=10),
			"customer_group": frappe.get_all("Customer Group", leaf, pluck="name", limit=1)[0],
			"territory": frappe.get_all("Territory", leaf, pluck="name", limit=1)[0],
		}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": "Material Receipt",
			"company": company,
			"items": [{"item_code": item.name, "qty": 10, "t_warehouse": warehouse, "basic_rate": 1}],
		}
	).insert().submit()
	order = frappe.get_doc(
		{
			"doctype": "Sales Order",
			"customer": customer.name,
			"company": company,
			"delivery_date": frappe.utils.add_days(frappe.utils.nowdate(), 5),
			"items": [{"item_code": item.name, "qty": 4, "rate": 5, "warehouse": warehouse}],
		}
	).insert()
	if submit:
		order.submit()
	frappe.db.commit()
	return order.name


def turn_on(frappe) -> None:
	stock = frappe.get_doc("Stock Settings")
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1})
	stock.save()
	frappe.get_doc("Sales Flow Settings").update(
		{"stock_lock": "On", "fulfilment": "On", "approval": "On"}
	).save()
	frappe.db.commit()


@pytest.fixture(scope="module")
def life() -> dict:
	"""The site after the app worked on it, was taken off, and was put back: what was seen at each step."""
	seen = {"doctypes": doctypes_of_the_app()}
	with connected() as frappe:
		turn_on(frappe)
		seen["order"] = make_order(frappe, submit=True)
		seen["locked"] = frappe.get_all(
			"Stock Reservation Entry", {"voucher_no": seen["order"]}, pluck="name"
		)

	bench("uninstall-app", APP, "--yes", "--no-backup", "--force")
	with connected() as frappe:
		seen["columns"] = tables_and_columns(frappe)
		seen["records"] = {
			doctype: frappe.get_all(doctype, filters, pluck="name")
			for doctype, filters in {
				"DocType": {"module": MODULE},
				"Custom Field": {"fieldname": ("like", "swf_%")},
				"Property Setter": {"field_name": ("like", "swf_%")},
				"Role": {"name": ROLE},
				"Has Role": {"role": ROLE},
				"Custom DocPerm": {"role": ROLE},
				"Module Def": {"name": MODULE},
				"Workspace": {"module": MODULE},
				"Number Card": {"module": MODULE},
				"Report": {"module": MODULE},
				"Scheduled Job Type": {"method": ("like", f"{APP}.%")},
				"Workspace Sidebar": {"app": APP},
				"Desktop Icon": {"app": APP},
				"DefaultValue": {"defkey": ("like", f"{APP}%")},
			}.items()
			if frappe.db.exists("DocType", doctype)
		}
		seen["indexes"] = frappe.db.sql(
			"""select index_name from information_schema.statistics
			where table_schema = database() and index_name like 'swf\\_%'"""
		)
		seen["singles"] = frappe.db.sql("select * from `tabSingles` where doctype = 'Sales Flow Settings'")
		seen["locked_without_app"] = frappe.get_all(
			"Stock Reservation Entry", {"voucher_no": seen["order"], "docstatus": 1}, pluck="name"
		)
		seen["order_without_app"] = make_order(frappe, submit=True)
		frappe.get_doc("Sales Order", seen["order"]).cancel()
		frappe.db.commit()
		seen["cancelled_without_app"] = frappe.db.get_value("Sales Order", seen["order"], "docstatus")

	bench("install-app", APP)
	bench("migrate", "--skip-search-index")
	with connected() as frappe:
		turn_on(frappe)
		from sales_wh_flow.stock_lock.serving import jobs

		seen["served"] = json.loads(json.dumps(jobs.serve_waiting_demand()))
	return seen


def test_no_table_and_no_column_of_the_app_is_left(life):
	tables = {f"tab{doctype}" for doctype in life["doctypes"]}

	assert life["doctypes"]
	assert [row for row in life["columns"] if row[0] in tables or row[1].startswith("swf_")] == []


def test_no_record_role_index_or_setting_of_the_app_is_left(life):
	assert {doctype: names for doctype, names in life["records"].items() if names} == {}
	assert life["indexes"] == ()
	assert life["singles"] == ()


def test_the_reservations_stay_and_erpnext_goes_on_with_them(life):
	assert life["locked"]
	assert life["locked_without_app"] == life["locked"]
	assert life["cancelled_without_app"] == 2


def test_an_order_from_before_the_installation_is_served_like_any_other(life):
	assert life["served"][life["order_without_app"]] == 4
