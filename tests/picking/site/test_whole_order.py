"""An order that leaves from several warehouses takes one step for all of them."""

import pytest

import frappe

from sales_wh_flow.picking import api as picking_api
from tests.factories import (
	acting_as,
	charge,
	line,
	make_bundle,
	make_item,
	make_order,
	make_user,
	make_warehouses,
	stocked_in,
)
from tests.picking.wave_world import order_of
from tests.site import all_is_well


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def places():
	return sorted(make_warehouses(2))


def from_both(places, **values):
	item = stocked_in((10, places[0]), (10, places[1]))
	return make_order(
		line(item, qty=2, warehouse=places[0]),
		line(item, qty=3, warehouse=places[1]),
		submit=True,
		**values,
	)


def sent(names):
	"""[(warehouse, quantity, docstatus)] of Delivery Notes, sorted."""
	return sorted(
		(row.warehouse, row.qty, row.docstatus)
		for row in frappe.get_all(
			"Delivery Note Item", {"parent": ("in", names)}, ["warehouse", "qty", "docstatus"]
		)
	)


def test_all_lists_are_submitted_in_one_step_and_all_notes_sent_in_another(committed, places):
	order = from_both(places)
	committed()
	lists = picking_api.make_pick_lists(order.name)
	committed()

	assert picking_api.submit_pick_lists(order.name) == lists
	notes = picking_api.send_order(order.name)

	assert sent(notes) == [(places[0], 2, 1), (places[1], 3, 1)]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Dispatched"
	assert frappe.db.get_value("Sales Order", order.name, "per_delivered") == 100
	all_is_well()


def test_without_lists_each_warehouse_gets_its_note_and_a_charge_is_asked_once(committed, places):
	order = from_both(places, taxes=[charge("Freight", 10)], discount_amount=50)
	committed()

	notes = picking_api.make_delivery_notes(order.name)

	assert sent(notes) == [(places[0], 2, 0), (places[1], 3, 0)]
	borne = [
		frappe.db.get_value("Delivery Note", name, ["total_taxes_and_charges", "discount_amount"])
		for name in notes
	]
	assert sorted(borne) == [(0, 30), (10, 20)]
	assert picking_api.make_delivery_notes(order.name) == notes, "drafts that are there count"
	assert picking_api.send_order(order.name) == notes
	assert frappe.db.get_value("Sales Order", order.name, "per_delivered") == 100
	all_is_well()


def test_a_bundle_and_what_is_not_locked_do_not_get_in_the_way(committed, places):
	part = stocked_in((4, places[0]))
	bundle, missing = make_bundle({part: 2}), make_item()
	order = make_order(
		line(bundle, qty=2, warehouse=places[0]),
		line(stocked_in((5, places[1])), qty=5, warehouse=places[1]),
		line(missing, qty=1, warehouse=places[1]),
		submit=True,
	)
	committed()

	notes = picking_api.send_order(order.name)

	assert sent(notes) == [(places[0], 2, 1), (places[1], 5, 1)]
	all_is_well()


def test_what_waits_for_stock_is_not_sent_and_services_go_with_the_first_note(committed, places):
	service = make_item(is_stock_item=0)
	order = make_order(line(make_item(), qty=1, warehouse=places[0]), line(service, qty=1), submit=True)
	committed()

	(note,) = picking_api.make_delivery_notes(order.name)

	assert frappe.get_all("Delivery Note Item", {"parent": note}, pluck="item_code") == [service]
	waiting = make_order(line(make_item(), qty=1, warehouse=places[0]), submit=True)
	committed()
	with pytest.raises(frappe.ValidationError, match="nothing that is picked or locked"):
		picking_api.send_order(waiting.name)


def test_nothing_is_sent_while_a_list_is_a_draft(committed, places):
	order = from_both(places)
	committed()
	first, second = picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", first).submit()
	committed()

	with pytest.raises(frappe.ValidationError, match=f"still picked: .*{second}"):
		picking_api.send_order(order.name)

	assert not frappe.db.exists("Delivery Note Item", {"against_sales_order": order.name})


def test_a_wave_is_left_to_who_walks_for_it(committed, places):
	item = stocked_in((10, places[0]))
	orders = [order_of(item, 2, places[0]) for _order in range(2)]
	committed()
	picking_api.make_wave(places[0], "All", "")

	with pytest.raises(frappe.ValidationError, match="A wave is submitted by who walks for it"):
		picking_api.submit_pick_lists(orders[0].name)


def test_who_may_not_submit_a_paper_submits_none_of_them(committed, places):
	order = from_both(places)
	committed()
	lists = picking_api.make_pick_lists(order.name)
	committed()
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		picking_api.submit_pick_lists(order.name)
	with acting_as(make_user("Accounts User")), pytest.raises(frappe.PermissionError):
		picking_api.send_order(order.name)
	with acting_as(make_user()), pytest.raises(frappe.PermissionError):
		picking_api.make_delivery_notes(order.name)

	assert set(frappe.get_all("Pick List", {"name": ("in", lists)}, pluck="docstatus")) == {0}
