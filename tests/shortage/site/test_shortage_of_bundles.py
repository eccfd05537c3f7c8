"""Bundles that miss components: what is requested, split off and closed short."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.selling.doctype.sales_order.sales_order import make_material_request
from erpnext.stock.doctype.material_request.material_request import make_purchase_order

from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.shortage import jobs
from sales_wh_flow.stock_lock import repair
from tests import factories
from tests.factories import (
	company,
	line,
	make_bundle,
	make_item,
	make_order,
	make_warehouse,
	receive,
)
from tests.shortage.shortage_world import deeds, held, request_rows, set_policies, take
from tests.stock_documents import supplier as make_supplier


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def short_bundles(ordered=5, **values):
	"""A submitted order of kits of one pump and three hoses, with pumps for all and hoses for three."""
	warehouse = make_warehouse()
	pump, hose = make_item(), make_item(**values)
	receive(pump, 9, warehouse)
	receive(hose, 11, warehouse)
	kit = make_bundle({pump: 1, hose: 3})
	return make_order(line(kit, qty=ordered, warehouse=warehouse), submit=True), pump, hose


def test_a_bundle_says_which_component_it_waits_for_and_what_that_keeps_back():
	order, _pump, hose = short_bundles()

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["idx"], found["item_code"], found["ordered"], found["missing"]) == (1, hose, 15, 4)
	assert found["bundle"] == {
		"row": order.items[0].name,
		"item_code": order.items[0].item_code,
		"missing": 2,
		"ordered": 5,
	}
	ways = {one["action"]: one["qty"] for one in found["actions"]}
	assert (ways["Purchase"], ways["Backorder"], ways["Close Short"]) == (4, 2, 2)


def test_what_erpnext_requests_and_orders_for_a_component_is_not_asked_for_again():
	"""Its own *Material Request* names the order of a component; the row in later versions alone."""
	order, _pump, hose = short_bundles()
	request = make_material_request(order.name)
	request.schedule_date = nowdate()
	for row in request.items:
		row.schedule_date = nowdate()
	request.set("items", [row for row in request.items if row.item_code == hose])
	request.items[0].qty = 4
	request.insert().submit()
	requested = asked_of(order)

	bought = make_purchase_order(request.name)
	bought.update({"supplier": make_supplier(), "schedule_date": nowdate()})
	bought.items[0].update({"rate": 10, "schedule_date": nowdate()})
	bought.insert().submit()

	assert requested == [4]
	assert asked_of(order) == [4]


def asked_of(order):
	return [it["asked"] for it in shortage_api.missing_lines(order.name)["lines"]]


def test_a_draft_of_bundles_says_what_is_not_there():
	warehouse, pump, hose = make_warehouse(), make_item(), make_item()
	receive(pump, 9, warehouse)
	order = make_order(line(make_bundle({pump: 1, hose: 3}), qty=2, warehouse=warehouse))

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["item_code"], found["missing"], {one["why_not"] for one in found["actions"]}) == (
		hose,
		6,
		{"draft"},
	)


def test_the_missing_components_alone_are_requested_and_only_once(committed):
	from erpnext.stock.doctype.material_request.material_request import make_purchase_order

	order, _pump, hose = short_bundles()
	committed()

	request = frappe.get_doc("Material Request", shortage_api.request_stock(order.name, "Purchase")).submit()

	(row,) = request.items
	part = next(it for it in order.packed_items if it.item_code == hose)
	assert (row.item_code, row.qty, row.sales_order, row.sales_order_item) == (hose, 4, order.name, part.name)
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	bought = make_purchase_order(request.name)
	bought.update({"supplier": make_supplier(), "schedule_date": nowdate()})
	bought.insert().submit()
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	frappe.db.commit()
	with pytest.raises(frappe.ValidationError, match="requested or ordered already"):
		shortage_api.request_stock(order.name, "Purchase")


def test_a_component_is_transferred_and_locked_with_its_bundle_when_it_comes(committed):
	from erpnext.stock.doctype.material_request.material_request import make_stock_entry

	order, _pump, hose = short_bundles()
	elsewhere = make_warehouse()
	receive(hose, 6, elsewhere)
	committed()

	request = frappe.get_doc(
		"Material Request", shortage_api.request_stock(order.name, "Material Transfer")
	).submit()
	assert request_rows(request.name) == [(hose, 4, order.items[0].warehouse, elsewhere)]
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	make_stock_entry(request.name).insert().submit()

	assert held(order.name) == 5 + 15
	assert shortage_api.missing_lines(order.name)["lines"] == []


def test_a_component_is_ordered_as_erpnext_links_what_it_orders_for_bundles(committed):
	supplier = make_supplier()
	defaults = [{"company": company().name, "default_supplier": supplier}]
	order, _pump, hose = short_bundles(item_defaults=defaults)
	committed()

	(name,) = shortage_api.order_from_suppliers(order.name)

	bought = frappe.get_doc("Purchase Order", name)
	(row,) = bought.items
	part = next(it for it in order.packed_items if it.item_code == hose)
	assert (row.item_code, row.qty, row.sales_order_item) == (hose, 4, None)
	assert (row.sales_order_packed_item, row.product_bundle) == (part.name, order.items[0].item_code)
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	bought.submit()
	assert frappe.db.get_value("Packed Item", part.name, "ordered_qty") == 4


def test_bundles_are_split_off_whole_and_take_what_was_requested_along(committed):
	order, _pump, hose = short_bundles()
	committed()
	request = shortage_api.request_stock(order.name, "Purchase")
	frappe.db.commit()

	made = frappe.get_doc("Sales Order", shortage_api.split_backorder(order.name)["name"])

	order.reload()
	assert (order.items[0].qty, made.items[0].qty) == (3, 2)
	assert held(order.name) == 3 + 9
	part = next(it for it in made.packed_items if it.item_code == hose)
	(row,) = frappe.get_doc("Material Request", request).items
	assert (row.sales_order, row.sales_order_item) == (made.name, part.name)
	assert [(it.action, it.qty_stock) for it in deeds(order.name) if it.action == "Backorder"] == [
		("Backorder", 2)
	]
	assert repair.look_for_drift().is_clean


def test_bundles_are_closed_short_by_whole_ones(committed):
	order, *_parts = short_bundles()
	committed()

	assert shortage_api.close_short(order.name, "The customer takes three") == 2

	order.reload()
	assert (order.items[0].qty, order.items[0].swf_closed_short) == (3, 2)
	assert held(order.name) == 3 + 9
	assert shortage_api.missing_lines(order.name)["lines"] == []


def test_an_order_of_nothing_but_missing_bundles_is_not_emptied(committed):
	warehouse = make_warehouse()
	kit = make_bundle({make_item(): 1, make_item(): 3})
	order = make_order(line(kit, qty=2, warehouse=warehouse), submit=True)
	committed()

	with pytest.raises(frappe.ValidationError, match="so nothing would stay in it"):
		shortage_api.close_short(order.name, "None there")


def test_a_component_is_not_substituted_and_the_way_out_is_told(committed):
	order, _pump, hose = short_bundles()
	committed()
	row = shortage_api.missing_lines(order.name)["lines"][0]["row"]

	with pytest.raises(frappe.ValidationError, match=f"{hose}.* is a component of"):
		take(order, row, make_item())


@pytest.mark.parametrize("action", ["Material Request", "Backorder"])
def test_a_policy_sees_to_missing_components(committed, action):
	set_policies({"action": action})
	order, *_parts = short_bundles()
	committed()

	jobs.act_on_shortage(order.name)

	done = [(it.action, it.qty_stock) for it in deeds(order.name)]
	assert done == ([("Purchase", 4)] if action == "Material Request" else [("Backorder", 2)])


def test_bundles_cost_the_dialog_the_same_statements_whatever_their_number():
	def statements(count):
		warehouse = make_warehouse()
		kits = [make_bundle({make_item(): 1, make_item(): 2}) for _ in range(count)]
		order = make_order(*[line(kit, qty=2, warehouse=warehouse) for kit in kits], submit=True)
		shortage_api.missing_lines(order.name)  # warm
		with factories.counted_statements() as seen:
			shortage_api.missing_lines(order.name)
		return len(seen)

	assert statements(1) == statements(4)
