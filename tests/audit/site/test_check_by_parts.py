"""The whole site is checked in parts: none of them longer on a bigger site, and none is looked at twice."""

import subprocess
import sys

import pytest

import frappe

from sales_wh_flow.audit import api, check, resumable
from tests import factories as make

pytestmark = pytest.mark.unchecked


@pytest.fixture(autouse=True)
def lock_is_on(switches, monkeypatch):
	switches(stock_lock=True)
	some = {check.ITEMS: "Item", check.ORDERS: "Sales Order"}
	monkeypatch.setattr(check, "_MOST", {kind: 2 + frappe.db.count(it) // 5 for kind, it in some.items()})


@pytest.fixture
def wrong():
	"""Orders with something wrong of each kind: a Bin, a line, a lock of nobody's stock, a flow status."""
	item, warehouse = make.make_item(), make.make_warehouse()
	make.receive(item, 10, warehouse)
	orders = [make.make_order(make.line(item, qty=2), warehouse=warehouse, submit=True) for _ in range(4)]
	one, two, three, four = (order.name for order in orders)
	frappe.db.set_value("Bin", {"item_code": item}, "reserved_stock", 1)
	frappe.db.set_value("Sales Order Item", {"parent": one}, "stock_reserved_qty", 9)
	frappe.db.set_value("Stock Reservation Entry", {"voucher_no": two}, "status", "Delivered")
	frappe.db.set_value("Sales Order", three, "swf_flow_status", "Delivered")
	frappe.db.delete("Stock Lock Event", {"sales_order": four})
	return item


def parts():
	found, part = [], check.part_after()
	while part:
		found.append(part)
		part = check.part_after(part.kind, part.last)
	return found


def test_the_parts_find_what_a_look_at_the_whole_site_finds(wrong):
	found = [finding for part in parts() for finding in check.look_at(part)]

	assert len(found) == len(set(found))
	assert set(found) == set(check.look())
	assert {it.code for it in found if wrong == it.item_code} >= {
		*("bin_differs", "line_differs", "lock_status", "events_differ")
	}


def test_every_order_and_item_is_in_one_part():
	looked_at = [(part.kind, name) for part in parts() for name in part.names]

	assert len(looked_at) == len(set(looked_at))
	orders = {name for kind, name in looked_at if kind == check.ORDERS}
	assert orders == set(frappe.get_all("Sales Order", pluck="name"))


def test_a_part_costs_the_same_number_of_statements_on_any_site():
	def count(part):
		with make.counted_statements() as seen:
			check.look_at(part)
		return len(seen)

	assert max(count(part) for part in parts()) <= 35


def test_an_interrupted_check_goes_on_behind_its_last_part(wrong):
	_, first = resumable.look_part_by_part(lambda: None)
	seen = [*next(first), *next(first)]
	next(first)  # interrupted while it looked at this one
	first.close()

	before, rest = resumable.look_part_by_part(lambda: None, is_resumed=True)

	found = [finding for findings in rest for finding in findings]
	assert before == len(seen)
	assert {*seen, *found} == set(check.look())
	assert resumable.look_part_by_part(lambda: None, is_resumed=True)[0] == 0, "the next one begins anew"


def test_the_desk_asks_part_by_part(wrong):
	with make.acting_as(make.make_user("Stock Manager")):
		codes, part = [], api.check_part()
		while part["kind"]:
			codes += [it["code"] for it in part["findings"]]
			part = api.check_part(part["kind"], part["key"])
	assert "bin_differs" in codes


@pytest.mark.parametrize("role", ["Sales User", "Stock User"])
def test_who_may_not_check_gets_no_part(role):
	with make.acting_as(make.make_user(role)), pytest.raises(frappe.PermissionError):
		api.check_part()


def test_the_command_can_be_resumed(site):
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site]
	done = subprocess.run(
		[*command, "swhf-check", "--resume"],
		cwd=frappe.local.sites_path,
		capture_output=True,
		text=True,
		check=False,
	)
	assert "findings" in done.stdout or "nothing was found" in done.stdout, done.stderr
