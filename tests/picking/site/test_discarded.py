"""Drafts that are discarded instead of deleted, as ERPNext 16 offers it, hold nothing any more."""

import pytest

import frappe

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.patches.v0_4 import rows_of_discarded_drafts
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock.store import picked_or_leaving
from tests.factories import discarded, line, make_order, make_warehouse, stocked


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


def test_a_discarded_pick_list_holds_nothing_of_the_order():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=5, warehouse=warehouse), submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0])
	frappe.db.set_value("Pick List Item", pick.locations[0].name, "swf_found_qty", 2)  # meanwhile

	discarded(pick)

	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert picked_or_leaving.picked_of_orders([order.name]) == {}
	assert frappe.get_all("Put Away", {"pick_list": pick.name}, pluck="qty_stock") == [2]
	(again,) = picking_api.make_pick_lists(order.name)
	assert [row.stock_qty for row in frappe.get_doc("Pick List", again).locations] == [5]


def test_rows_of_drafts_discarded_before_an_update_end_with_it():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=5, warehouse=warehouse), submit=True)
	pick = picking_api.make_pick_lists(order.name)[0]
	discarded(frappe.get_doc("Pick List", pick))
	frappe.db.set_value("Pick List Item", {"parent": pick}, "docstatus", 0)

	rows_of_discarded_drafts.execute()

	assert frappe.get_all("Pick List Item", {"parent": pick}, pluck="docstatus") == [2]


def test_a_discarded_delivery_note_leaves_its_goods_to_the_next():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=5, warehouse=warehouse), submit=True)
	pick = frappe.get_doc("Pick List", picking_api.make_pick_lists(order.name)[0]).submit()
	first = dispatch_api.make_delivery_note(pick.name)
	discarded(frappe.get_doc("Delivery Note", first))

	second = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()

	assert second.name != first
	assert [row.qty for row in second.items] == [5]


def test_no_record_of_the_flow_is_discarded():
	warehouse = make_warehouse()
	order = make_order(line(stocked(5, warehouse), qty=5, warehouse=warehouse), submit=True)
	kept = frappe.get_last_doc("Order Stage Log", {"sales_order": order.name})

	with pytest.raises(frappe.PermissionError, match="part of the record"):
		discarded(kept)

	assert kept.reload().docstatus == 0
