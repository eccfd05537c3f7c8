"""The check of the stock lock on a site: silent on sound data, it finds what was written behind its back."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import frappe

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.audit import api, check, words
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import repair
from tests import factories as make

pytestmark = pytest.mark.unchecked


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, approval=True)


@pytest.fixture
def held():
	"""An order that holds 4 of 10 bolts and waits for 2 of 0 nuts, with its Bin and lock."""
	warehouse, (bolt, nut) = make.make_warehouse(), make.make_items(2)
	make.receive(bolt, 10, warehouse)
	order = make.make_order(make.line(bolt, qty=4), make.line(nut, qty=2), warehouse=warehouse, submit=True)
	lock = frappe.get_value("Stock Reservation Entry", {"voucher_no": order.name})
	return frappe._dict(order=order, bolt=bolt, nut=nut, warehouse=warehouse, lock=lock)


def findings(held):
	by_item = check.look(items=[held.bolt, held.nut])
	assert by_item == check.look(orders=[held.order.name])
	return by_item


def codes(held):
	return [finding.code for finding in findings(held)]


def write(doctype, name, **values):
	frappe.db.set_value(doctype, name, values, update_modified=False)


def bin_of(held):
	return frappe.get_value("Bin", {"item_code": held.bolt, "warehouse": held.warehouse})


def test_finds_nothing_on_a_sound_site(held):
	assert findings(held) == ()


def test_finds_a_bin_that_lost_what_is_locked(held):
	write("Bin", bin_of(held), reserved_stock=0)
	(finding,) = findings(held)
	assert finding in check.look()
	assert (finding.code, finding.found, finding.expected) == ("bin_differs", 0, 4)
	assert (finding.item_code, finding.warehouse) == (held.bolt, held.warehouse)


def test_finds_and_mends_a_bin_that_lost_what_orders_ask_for(held):
	write("Bin", bin_of(held), reserved_qty=1)
	assert [(it.code, it.found, it.expected) for it in findings(held)] == [("demand_differs", 1, 4)]

	repair.mend(repair.look_for_drift())

	assert findings(held) == ()
	assert repair.look_for_drift().is_clean
	figures = frappe.db.get_value("Bin", bin_of(held), ["reserved_qty", "reserved_stock", "projected_qty"])
	assert figures == (4, 4, 6)


def test_finds_more_locked_than_the_ledger_has(held):
	ledger = frappe.get_value("Stock Ledger Entry", {"item_code": held.bolt})
	write("Stock Ledger Entry", ledger, qty_after_transaction=3)
	write("Bin", bin_of(held), actual_qty=3)
	assert codes(held) == ["over_locked"]


def test_finds_a_bin_that_is_gone(held):
	frappe.db.delete("Bin", {"name": bin_of(held)})
	assert codes(held) == ["bin_missing"]


def test_finds_a_line_that_says_something_else(held):
	write("Sales Order Item", held.order.items[0].name, stock_reserved_qty=1)
	(finding,) = findings(held)
	assert (finding.code, finding.found, finding.expected) == ("line_differs", 1, 4)
	assert (finding.order, finding.row) == (held.order.name, held.order.items[0].name)


def test_finds_a_reservation_that_was_made_larger_by_hand(held):
	write("Stock Reservation Entry", held.lock, reserved_qty=6)
	assert codes(held)[:4] == ["bin_differs", "events_differ", "line_does_not_add_up", "line_differs"]


def test_finds_a_reservation_whose_status_hides_it(held):
	write("Stock Reservation Entry", held.lock, status="Delivered")
	assert "lock_status" in codes(held)


def test_finds_a_lock_of_an_order_that_is_not_submitted_and_of_one_that_is_closed(held):
	write("Sales Order", held.order.name, status="Closed")
	assert "lock_of_closed_order" in codes(held)
	write("Sales Order", held.order.name, docstatus=2, status="Cancelled")
	assert "lock_of_no_order" in codes(held)


def test_finds_a_lock_that_names_another_line(held):
	write("Stock Reservation Entry", held.lock, voucher_detail_no=held.order.items[1].name)
	assert "lock_of_other_item" in codes(held)


def test_finds_a_lock_without_an_event(held):
	frappe.db.delete("Stock Lock Event", {"sales_order": held.order.name})
	(finding,) = findings(held)
	assert (finding.code, finding.found, finding.expected) == ("events_differ", 0, 4)


def test_finds_a_flow_status_that_was_typed(held):
	write("Sales Order", held.order.name, swf_flow_status="Delivered")
	(finding,) = findings(held)
	assert (finding.code, finding.found, finding.expected) == (
		"flow_status_differs",
		"Delivered",
		"Partly Locked",
	)


def test_looks_at_the_components_of_a_bundle(held):
	bundle = make.make_item(is_stock_item=0)
	parts = [{"item_code": held.bolt, "qty": 2}]
	frappe.get_doc({"doctype": "Product Bundle", "new_item_code": bundle, "items": parts}).insert()
	order = make.make_order(make.line(bundle, qty=2), warehouse=held.warehouse, submit=True)
	assert frappe.db.get_value("Stock Reservation Entry", {"voucher_no": order.name}, "reserved_qty") == 4
	assert check.look(orders=[order.name]) == ()
	write("Bin", bin_of(held), reserved_stock=4)
	(finding,) = check.look(orders=[order.name])
	assert (finding.code, finding.found, finding.expected) == ("bin_differs", 4, 8)


@pytest.fixture
def approved():
	"""An order that somebody approved, and its approval."""
	group, author, approver = (
		make.make_customer_group(),
		make.make_user("Sales User"),
		make.make_user("Sales Manager", "Order Approver"),
	)
	make.make_rule(threshold=10, customer_group=group)
	with make.acting_as(author):
		order = make.make_order(make.line(rate=80), customer=make.make_customer(group=group))
		(approval,) = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, approval, None)
	return frappe._dict(order=order.name, approval=approval, author=author, approver=approver)


def test_finds_nothing_wrong_with_a_decision_by_whoever_was_asked(approved):
	assert check.look(orders=[approved.order]) == ()


@pytest.mark.parametrize("who", ["author", "stranger", "nobody"])
def test_finds_a_decision_that_was_not_theirs(approved, who):
	stranger = make.make_user("Sales User")
	decider = {"author": approved.author, "stranger": stranger, "nobody": ""}[who]
	write("Order Approval", approved.approval, decided_by=decider)
	code = {"author": "decided_by_author", "stranger": "decided_without_role", "nobody": "decided_by_nobody"}
	(finding,) = check.look(orders=[approved.order])
	assert finding.code == code[who]


@pytest.mark.parametrize("who", ["author", "stranger"])
def test_finds_a_vote_that_was_not_theirs_before_that_of_another(approved, who):
	voter = approved.author if who == "author" else make.make_user("Sales User")
	vote = frappe.get_last_doc("Order Approval Decision", {"parent": approved.approval, "action": "Approved"})
	values = {**vote.get_valid_dict(), "name": frappe.generate_hash(length=10), "user": voter}
	frappe.db.bulk_insert("Order Approval Decision", list(values), [tuple(values.values())])
	(finding,) = check.look(orders=[approved.order])
	code = {"author": "decided_by_author", "stranger": "decided_without_role"}
	assert (finding.code, finding.found) == (code[who], voter)


def test_finds_an_approval_that_was_owed_at_submit_and_is_gone(approved):
	rule = frappe.db.get_value("Order Approval", approved.approval, "rule")
	assert frappe.db.get_value("Order Gate", approved.order, "owed") == rule
	frappe.db.delete("Order Approval", {"name": approved.approval})
	(finding,) = check.look(orders=[approved.order])
	assert (finding.code, finding.order, finding.found) == ("approval_missing", approved.order, rule)


@pytest.fixture
def lots(held):
	"""The order of ``held`` has two serial numbers and 3 of a batch besides."""
	code = make.unique("SN").replace(" ", "-")
	serial = make.make_item(item_code=code, has_serial_no=1, serial_no_series=f"{code}-.###")
	batched = make.make_item(
		has_batch_no=1, create_new_batch=1, batch_number_series=f"{make.unique('B')[:6]}{code[-4:]}-.###"
	)
	make.receive(serial, 3, held.warehouse)
	make.receive(batched, 5, held.warehouse)
	held.order = make.make_order(
		make.line(serial, qty=2), make.line(batched, qty=3), warehouse=held.warehouse, submit=True
	)
	held.bolt, held.nut = serial, batched
	return held


def test_finds_nothing_wrong_with_batches_and_serial_numbers_of_a_sound_site(lots):
	assert findings(lots) == ()
	assert frappe.db.count("Serial and Batch Entry", {"parenttype": "Stock Reservation Entry"}) >= 3


def test_finds_a_serial_number_that_left(lots):
	serial = frappe.db.sql(
		"""select sbe.serial_no from `tabSerial and Batch Entry` sbe
		join `tabStock Reservation Entry` sre on sre.name = sbe.parent where sre.voucher_no = %s
		and sbe.serial_no is not null order by sbe.serial_no""",
		lots.order.name,
	)[0][0]
	write("Serial No", serial, status="Inactive")
	(finding,) = findings(lots)
	assert (finding.code, finding.serial_no, finding.found) == ("over_locked_serial", serial, 1)


def test_finds_a_batch_that_has_less_than_is_locked(lots):
	name, entry = frappe.get_value(
		"Stock Reservation Entry", {"voucher_no": lots.order.name, "item_code": lots.nut}, ["name", "name"]
	)
	write("Serial and Batch Entry", frappe.get_value("Serial and Batch Entry", {"parent": entry}), qty=6)
	found = findings(lots)
	assert [it.code for it in found] == ["over_locked_batch", "entries_differ", "lots_differ"]
	assert (found[0].found, found[0].expected) == (6, 5)
	assert found[1].lock == name


def test_the_number_of_statements_does_not_grow_with_what_is_looked_at(held):
	check.look(orders=[held.order.name])
	with make.counted_statements() as few:
		check.look(orders=[held.order.name])
	items = make.make_items(12)
	more = [
		make.make_order(*(make.line(item, qty=2) for item in items), warehouse=held.warehouse, submit=True)
		for _ in range(3)
	]
	with make.counted_statements() as many:
		check.look(orders=[held.order.name, *(order.name for order in more)])
	assert len(many) == len(few) <= 33
	with make.counted_statements() as whole:
		check.look()
	assert len(whole) <= len(few)


def test_switching_the_lock_on_takes_what_erpnext_reserved_meanwhile_into_the_ledger(held, switches):
	switches()
	order = make.make_order(
		make.line(held.bolt, qty=3), warehouse=held.warehouse, reserve_stock=1, submit=True
	)
	assert frappe.get_value("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1})
	switches(stock_lock=True, approval=True)
	refresh_status.refresh_order(order.name)  # by a job, once the switch is committed
	assert check.look(items=[held.bolt]) == ()
	frappe.get_doc("Sales Order", order.name).cancel()
	assert check.look(items=[held.bolt]) == ()


def test_the_events_are_not_judged_while_the_lock_is_off(held, switches):
	frappe.db.delete("Stock Lock Event", {"sales_order": held.order.name})
	switches(approval=True)
	assert findings(held) == ()


def test_every_finding_has_words_with_its_place_and_both_figures(held):
	write("Bin", bin_of(held), reserved_stock=0)
	(finding,) = findings(held)
	text = words.finding_in_words(finding)
	assert held.bolt in text and held.warehouse in text and " 0 " in text and " 4" in text


def test_a_stock_manager_may_run_the_check_and_gets_words(held):
	write("Bin", bin_of(held), reserved_stock=0)
	with make.acting_as(make.make_user("Stock Manager")):
		(row,) = api.check_locks(items=frappe.as_json([held.bolt]))
	assert row["code"] == "bin_differs" and held.bolt in row["text"]
	assert (row["found"], row["expected"]) == (0, 4)


@pytest.mark.parametrize("role", ["Sales User", "Stock User", "Order Approver"])
def test_nobody_else_may_run_the_check(held, role):
	with make.acting_as(make.make_user(role)), pytest.raises(frappe.PermissionError):
		api.check_locks()


@pytest.fixture
def two_sites(site, tmp_path):
	"""The sites folder of a bench with our site and another one, which has the same records."""
	here, there = Path(frappe.local.sites_path), tmp_path / "sites"
	(tmp_path / "logs").mkdir()
	for name in (site, "another.localhost"):
		(there / name / "logs").mkdir(parents=True)
		shutil.copy(here / site / "site_config.json", there / name)
	for file in ("apps.txt", "common_site_config.json"):
		shutil.copy(here / file, there)
	return there


def test_the_command_says_what_it_finds_on_each_site_and_ends_with_status_1(held, committed, site, two_sites):
	def run(sites, folder):
		command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", sites]
		command += ["swhf-check", "--order", held.order.name]
		return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

	committed()
	good = run(site, frappe.local.sites_path)
	assert good.returncode == 0, good.stderr
	assert good.stdout == "All is well: nothing was found.\n"
	write("Bin", bin_of(held), reserved_stock=1)
	committed()
	bad = run("all", two_sites)
	write("Bin", bin_of(held), reserved_stock=4)
	committed()
	assert bad.returncode == 1, bad.stderr
	said = bad.stdout.splitlines()
	assert {"another.localhost:", f"{site}:"} < set(said)
	assert [held.bolt in line and held.warehouse in line for line in said].count(True) == 2
