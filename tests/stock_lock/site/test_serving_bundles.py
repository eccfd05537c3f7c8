"""Bundles in the queue of waiting demand: served whole, ranked, shown and given like any other line."""

import pytest

import frappe

from sales_wh_flow.sales_wh_flow.report.waiting_demand import waiting_demand
from sales_wh_flow.stock_lock.serving import api, jobs, serve
from sales_wh_flow.stock_lock.store import reservations
from tests.factories import (
	company,
	counted_statements,
	line,
	make_bundle,
	make_customer,
	make_customer_group,
	make_items,
	make_order,
	make_serving_policy,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True, serving="By Itself", waiting_batch=200)
	frappe.db.sql("update `tabServing Policy` set enabled = 0")


@pytest.fixture
def place():
	return make_warehouse()


@pytest.fixture
def parts():
	"""(pump, hose)"""
	return make_items(2)


@pytest.fixture
def kit(parts):
	"""One pump and three hoses."""
	pump, hose = parts
	return make_bundle({pump: 1, hose: 3})


def ordered(item, qty, place, group=None, **values):
	customer = make_customer(group=group, **values)
	return make_order(line(item, qty=qty, warehouse=place), customer=customer, submit=True)


def held(order):
	found = {}
	for lock in reservations.open_of_order(order.name):
		found[lock.item_code] = found.get(lock.item_code, 0) + lock.qty_stock
	return found


def run():
	"""One pass of the job inside the test's transaction."""
	for share in serve.shares(serve.plan_serving().plan):
		serve.carry_out(share)


def test_a_bundle_is_served_in_its_turn_before_a_line_that_came_later(place, parts, kit):
	pump, hose = parts
	kits = ordered(kit, 2, place)
	later = ordered(hose, 4, place)
	receive(hose, 8, place)
	receive(pump, 5, place)

	run()

	assert (held(kits), held(later)) == ({pump: 2, hose: 6}, {hose: 2})
	assert frappe.db.get_value("Sales Order", kits.name, "swf_flow_status") == "Locked"


def test_the_class_of_the_customer_ranks_a_bundle_too(place, parts, kit):
	pump, hose = parts
	key = make_customer_group()
	make_serving_policy((key, "Must"))
	early = ordered(hose, 6, place)
	kits = ordered(kit, 1, place, group=key)
	receive(pump, 1, place)
	receive(hose, 6, place)

	run()

	assert (held(kits), held(early)) == ({pump: 1, hose: 3}, {hose: 3})


def test_a_bundle_does_not_sit_on_components_that_complete_nothing(place, parts, kit):
	_pump, hose = parts
	kits = ordered(kit, 2, place)
	later = ordered(hose, 4, place)
	receive(hose, 4, place)

	run()

	assert (held(kits), held(later)) == ({}, {hose: 4})


def test_a_ship_complete_bundle_waits_until_all_of_it_is_there(place, parts, kit):
	pump, hose = parts
	group = make_customer_group()
	make_serving_policy((group, "Keep", 0, "Full lines only"))
	kits = ordered(kit, 2, place, group=group)
	later = ordered(hose, 3, place)
	receive(pump, 2, place)
	receive(hose, 5, place)
	run()
	assert (held(kits), held(later)) == ({}, {hose: 3})

	receive(hose, 4, place)
	run()

	assert held(kits) == {pump: 2, hose: 6}


def test_an_order_of_a_bundle_and_a_line_that_wants_all_gets_all_or_nothing(place, parts, kit):
	pump, hose = parts
	(bolt,) = make_items(1)
	customer = make_customer(swf_ship_complete="Full Order")
	order = make_order(
		line(kit, qty=1, warehouse=place),
		line(bolt, qty=2, warehouse=place),
		customer=customer,
		submit=True,
	)
	receive(pump, 1, place)
	receive(hose, 3, place)
	run()
	assert held(order) == {}

	receive(bolt, 2, place)
	run()

	assert held(order) == {pump: 1, hose: 3, bolt: 2}


def test_what_is_taken_from_a_bundle_frees_what_it_no_longer_completes(place, parts, kit):
	pump, hose = parts
	must, low = make_customer_group(), make_customer_group()
	make_serving_policy((must, "Must"), (low, "Give Up"), must_takes_from="Give Up")
	receive(pump, 2, place)
	receive(hose, 6, place)
	donor = ordered(kit, 2, place, group=low)
	key = ordered(hose, 1, place, group=must)

	run()

	assert held(key) == {hose: 1}
	assert held(donor) == {pump: 1, hose: 3}
	events = frappe.get_all(
		"Stock Lock Event", {"sales_order": donor.name}, ["event", "item_code", "qty_stock"]
	)
	lost = {(it.event, it.item_code): it.qty_stock for it in events if it.qty_stock < 0}
	assert lost == {("Given", hose): -1, ("Released", hose): -2, ("Released", pump): -1}


def test_a_bundle_that_must_be_served_takes_the_component_it_lacks(place, parts, kit):
	pump, hose = parts
	must, low = make_customer_group(), make_customer_group()
	make_serving_policy((must, "Must"), (low, "Give Up"), must_takes_from="Give Up")
	receive(hose, 5, place)
	donor = ordered(hose, 5, place, group=low)
	key = ordered(kit, 1, place, group=must)
	run()
	assert (held(donor), held(key)) == ({hose: 5}, {})

	receive(pump, 1, place)
	run()

	assert (held(donor), held(key)) == ({hose: 2}, {pump: 1, hose: 3})


def test_a_person_gives_a_bundle_the_component_it_lacks(place, parts, kit, committed):
	pump, hose = parts
	receive(hose, 4, place)
	donor = ordered(hose, 4, place)
	kits = ordered(kit, 1, place)
	receive(pump, 1, place)
	committed()
	assert [it["sales_order"] for it in api.lock_life(donor.name)["receivers"]] == [kits.name]

	given = api.give_locks(donor.name, kits.name, "the kits leave today")

	assert given == 4
	assert (held(donor), held(kits)) == ({hose: 1}, {pump: 1, hose: 3})


def test_a_bundle_gives_whole_bundles_and_frees_the_rest_of_them(place, parts, kit, committed):
	pump, hose = parts
	receive(pump, 2, place)
	receive(hose, 6, place)
	kits = ordered(kit, 2, place)
	other = ordered(pump, 1, place)
	committed()

	api.give_locks(kits.name, other.name, "pump broke at the customer's")

	assert (held(kits), held(other)) == ({pump: 1, hose: 3}, {pump: 1})


def test_what_is_on_the_draft_of_a_delivery_of_a_bundle_is_not_given(place, parts, kit, committed):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	pump, hose = parts
	receive(pump, 2, place)
	receive(hose, 6, place)
	kits = ordered(kit, 2, place)
	draft = make_delivery_note(kits.name)
	draft.items[0].qty = 1
	draft.insert()
	other = ordered(hose, 6, place)
	committed()

	given = api.give_locks(kits.name, other.name, "more urgent")

	assert given == 3
	assert held(kits) == {pump: 1, hose: 3}


def test_a_waiting_component_is_shown_and_the_report_says_of_what_it_is_a_part(place, parts, kit):
	_pump, hose = parts
	kits = ordered(kit, 2, place)

	said = api.who_has_it(hose, place, kits.name)
	_columns, rows, *_chart = waiting_demand.execute({"company": company().name, "warehouse": place})

	assert (said["waiting_for"], said["you"]["turn"], said["you"]["qty"]) == (6, 1, 6)
	assert {(row["item_code"], row["qty_stock"], row["bundle"]) for row in rows} == {
		(parts[0], 2, kit),
		(hose, 6, kit),
	}


def test_the_plan_says_of_what_a_component_is_a_part(place, parts, kit):
	pump, hose = parts
	order = ordered(kit, 2, place)
	receive(pump, 1, place)
	receive(hose, 3, place)

	rows = [row for row in api.plan_serving()["rows"] if row["sales_order"] == order.name]

	assert {(row["item_code"], row["bundle"], row["gets"], row["left"]) for row in rows} == {
		(pump, kit, 1, 1),
		(hose, kit, 3, 3),
	}


def test_a_locked_component_is_shown_with_the_day_its_bundle_is_due(place, parts, kit):
	pump, hose = parts
	receive(pump, 1, place)
	receive(hose, 3, place)
	kits = ordered(kit, 1, place)

	(lock,) = api.who_has_it(hose, place)["locks"]

	assert (lock["sales_order"], lock["qty"], str(lock["due"])) == (kits.name, 3, kits.items[0].delivery_date)


def test_statements_do_not_grow_with_the_bundles(place, parts, kit):
	pump, hose = parts

	def statements(orders):
		for _ in range(orders):
			ordered(kit, 1, place)
		receive(pump, orders, place)
		receive(hose, 3 * orders, place)
		with counted_statements() as found:
			run()
		return len(found)

	statements(1)  # whatever is read once a session
	assert statements(2) == statements(6)


def test_one_job_serves_bundles_and_lines_and_tells_how_much(place, parts, kit, committed):
	pump, hose = parts
	kits, plain = ordered(kit, 1, place), ordered(make_items(1)[0], 2, place)
	receive(pump, 1, place)
	receive(hose, 3, place)
	receive(plain.items[0].item_code, 2, place)
	committed()

	got = jobs.serve_waiting_demand()

	assert (got[kits.name], got[plain.name]) == (4, 2)
