"""A site with a month of orders, made on an older ERPNext, restored and migrated: nothing is lost.

SWHF_FACTS names what month.py saw before the upgrade.
"""

import json
import os
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "upgrade")]

from tests.site import SITE, SITES_PATH, all_is_well  # noqa: E402 - found by the path above

FACTS = os.environ.get("SWHF_FACTS")
pytestmark = pytest.mark.skipif(not (SITE and FACTS), reason="no older site was made")

WHAT = (
	*("orders", "lines", "locks", "batches of locks", "bins", "lock events", "approvals", "gates", "rules"),
	*("pick lists", "rows to pick", "deliveries"),
)


@pytest.fixture(scope="module")
def before():
	return json.loads(Path(FACTS).read_text())


@pytest.fixture(scope="module")
def site():
	"""As it was migrated: nothing prepares it for tests."""
	import frappe

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	frappe.set_user("Administrator")
	yield
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="module")
def after(site):
	from tests.upgrade import facts

	return json.loads(json.dumps(facts.now(), default=str))


@pytest.mark.parametrize("what", WHAT)
def test_nothing_of_a_month_is_lost_or_changed(before, after, what):
	changed = {
		name: (row, after[what].get(name))
		for name, row in before[what].items()
		if row != after[what].get(name)
	}
	assert before[what], f"the month left no {what}"
	assert not changed
	assert after[what].keys() == before[what].keys()


def test_the_checker_finds_nothing_after_the_upgrade(site):
	all_is_well()


def some(frappe, before, test):
	"""The first order for which this holds of its row and its locks."""
	for name, row in before["orders"].items():
		locks = [it for it in before["locks"].values() if it["voucher_no"] == name]
		if row["docstatus"] == 1 and test(row, locks):
			return frappe.get_doc("Sales Order", name)
	raise AssertionError("the month left no such order")


def test_a_lock_from_before_the_upgrade_is_delivered_after_it(site, before):
	import frappe

	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	order = some(frappe, before, lambda row, locks: len(locks) == 2)
	note = make_delivery_note(order.name).insert()
	note.submit()

	order.reload()
	assert [row.delivered_qty for row in order.items] == [4, 3]
	all_is_well()


def test_an_order_that_was_delivered_in_part_is_cancelled_note_by_note(site, before):
	import frappe

	part = some(frappe, before, lambda row, locks: any(it["delivered_qty"] for it in locks))
	note = frappe.db.get_value("Delivery Note Item", {"against_sales_order": part.name}, "parent")
	frappe.get_doc("Delivery Note", note).cancel()
	all_is_well()
	part.reload()
	part.cancel()
	all_is_well()


def test_a_pick_list_from_before_the_upgrade_is_submitted_after_it(site, before):
	import frappe

	name = next(name for name, row in before["pick lists"].items() if row["docstatus"] == 0)
	pick = frappe.get_doc("Pick List", name)
	for row in pick.locations:
		row.picked_qty = row.stock_qty
	pick.save()
	pick.submit()
	all_is_well()


def test_a_request_from_before_the_upgrade_is_decided_after_it(site, before):
	import frappe

	from tests.approval import deciding

	name, row = next(it for it in before["approvals"].items() if it[1]["state"] == "Open")
	deciding.grant(
		deciding.approver("Order Approver"), frappe.get_doc("Sales Order", row["sales_order"]), name
	)
	assert frappe.db.get_value("Order Approval", name, "state") == "Approved"
