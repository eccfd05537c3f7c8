"""A month of real orders on a real site: Oracle's Order Entry sample, 105 orders over nine warehouses.

The files are no part of the project: SWHF_DATA names the folder that holds oracle_order_entry/, else
../shared/data beside the checkout is tried. The credit limits (100 to 5,000) are multiplied by 100: as they
are, 96 of 105 orders exceed them.
"""

import os
from pathlib import Path

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("SWHF_DATA") or BESIDE) / "oracle_order_entry"

pytestmark = [
	pytest.mark.skipif(not SITE, reason="SWHF_SITE is not set: no site to load the orders into"),
	pytest.mark.skipif(not FOLDER.is_dir(), reason=f"REAL DATA IS MISSING: there is no {FOLDER}"),
]

ORDERS, LINES, WAREHOUSES = 105, 663, 9
"""What the files hold; two lines of quantity zero do not count."""
DRIVEN = ORDERS if os.environ.get("SWHF_IN_FULL") else 20
"""Orders that go through the flow, the first of the month; a full run drives them all."""


@pytest.fixture(scope="module")
def month():
	"""Everything loaded and DRIVEN orders taken through the flow, with what the site says afterwards."""
	import frappe

	from sales_wh_flow.stock_lock import repair
	from sales_wh_flow_demo import load, public_data, site

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	data = public_data.oracle_order_entry(FOLDER)
	turn(frappe, "On")
	load.load_rows(data)
	told = site.drive(data, DRIVEN)
	company = data.company.name
	own = {"company": company}
	places = [warehouse.name for warehouse in data.warehouses]
	yield {
		"data": data,
		"told": told,
		"drift": repair.look_for_drift(),
		"orders": frappe.get_all("Sales Order", own, ["name", "docstatus", "swf_flow_status"]),
		"warehouses": frappe.get_all("Warehouse", {**own, "warehouse_name": ("in", places)}, pluck="name"),
		"approvals": frappe.get_all("Order Approval", own, ["sales_order", "state", "criterion"]),
		"lines": frappe.db.sql(
			"""select line.stock_qty, line.delivered_qty,
				coalesce(sum(sre.reserved_qty - sre.delivered_qty), 0)
			from `tabSales Order Item` line join `tabSales Order` so on so.name = line.parent
			left join `tabStock Reservation Entry` sre
				on sre.voucher_detail_no = line.name and sre.docstatus = 1
			where so.company = %s and so.docstatus = 1 group by line.name""",
			company,
		),
	}
	frappe.db.rollback()
	turn(frappe, "Off")
	frappe.destroy()


def turn(frappe, switch: str) -> None:
	"""Every capability On or Off for the whole site, committed."""
	from sales_wh_flow.base.settings import CAPABILITIES

	frappe.set_user("Administrator")
	stock = frappe.get_doc("Stock Settings")
	stock.update({"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1})
	stock.save()
	frappe.get_doc("Sales Flow Settings").update(dict.fromkeys(CAPABILITIES, switch)).save()
	frappe.db.commit()


def test_the_files_are_the_ones_we_know(month):
	data = month["data"]

	assert len(data.orders) == ORDERS
	assert sum(len(order.lines) for order in data.orders) == LINES
	assert len(data.warehouses) == len(month["warehouses"]) == WAREHOUSES


def test_every_order_reaches_a_status_of_the_flow(month):
	assert DRIVEN <= len(month["orders"]) <= ORDERS
	assert all(order.swf_flow_status for order in month["orders"])


def test_no_order_is_submitted_over_an_open_or_refused_approval(month):
	submitted = {order.name for order in month["orders"] if order.docstatus == 1}
	undecided = {one.sales_order for one in month["approvals"] if one.state in ("Open", "Rejected")}

	assert month["approvals"]
	assert submitted
	assert submitted & undecided == set()


def test_nothing_is_locked_twice_and_nothing_has_drifted(month):
	assert month["drift"].is_clean


def test_no_line_holds_and_ships_more_than_was_ordered(month):
	assert month["lines"]
	assert [row for row in month["lines"] if row[1] + row[2] > row[0] + 1e-6] == []
