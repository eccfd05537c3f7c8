"""Routing on a site: every line gets its warehouse, a second save changes nothing, no price changes."""

import pytest

import frappe

from sales_wh_flow.base.said import worded
from tests.factories import (
	line,
	make_address,
	make_customer,
	make_customer_group,
	make_item,
	make_order,
	make_routing_rule,
	make_warehouse,
	unique,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import rows, stored

HAMBURG, BERLIN, MUNICH = (53.551086, 9.993682), (52.520008, 13.404954), (48.135125, 11.581981)


pytestmark = pytest.mark.usefixtures("routing_on")


# which rule


def test_switched_off_nothing_changes(switches, both, elsewhere):
	switches(routing=False)
	doc = make_order(line(stocked((10, both[0])), qty=5), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 5)]
	assert not doc.items[0].swf_route_reason


def test_without_a_rule_nothing_changes(elsewhere):
	doc = make_order(line(qty=5), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 5)]
	assert not doc.items[0].swf_route_reason


def test_disabled_rules_and_rules_of_other_groups_are_passed_over(elsewhere):
	target = make_warehouse()
	make_routing_rule(target, enabled=0)
	make_routing_rule(target, of_customer_group=make_customer_group())
	assert rows(make_order(line(), warehouse=elsewhere)) == [(elsewhere, 1)]


def test_a_rule_of_a_group_above_the_customers_own_fits(elsewhere):
	parent = make_customer_group(is_group=1)
	customer = make_customer(group=make_customer_group(parent))
	target = make_warehouse()
	make_routing_rule(target, of_customer_group=parent)
	assert rows(make_order(line(), warehouse=elsewhere, customer=customer)) == [(target, 1)]


def test_priority_decides_before_the_narrower_group(elsewhere):
	parent = make_customer_group(is_group=1)
	own = make_customer_group(parent)
	customer = make_customer(group=own)
	any_group, wide, narrow, urgent = (make_warehouse(title) for title in ("Any", "Wide", "Narrow", "Urgent"))

	def routed():
		return make_order(line(), warehouse=elsewhere, customer=customer).items[0].warehouse

	make_routing_rule(any_group)
	assert routed() == any_group
	make_routing_rule(wide, of_customer_group=parent)
	assert routed() == wide
	make_routing_rule(narrow, of_customer_group=own)
	assert routed() == narrow
	make_routing_rule(urgent, priority=1)
	assert routed() == urgent


# which warehouse


def test_the_best_warehouse_that_has_all_is_chosen_and_the_next_named(both, elsewhere):
	doc = make_order(line(stocked((10, both[0]), (10, both[1])), qty=10), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 10)]
	assert worded(doc.items[0].swf_route_reason) == f"{both[0]}: has all 10 Nos; next best {both[1]}"


def test_of_equal_rank_the_nearest_to_the_ship_to_address_is_chosen(elsewhere):
	hamburg = make_warehouse("Hamburg", swf_latitude=HAMBURG[0], swf_longitude=HAMBURG[1])
	munich = make_warehouse("Munich", swf_latitude=MUNICH[0], swf_longitude=MUNICH[1])
	make_routing_rule((hamburg, 1), (munich, 1))
	item = stocked((10, hamburg), (10, munich))
	customer = make_customer()
	near_hamburg, near_munich = make_address(customer, *BERLIN), make_address(customer, 47.5, 11.1)
	for address, warehouse, other, km in (
		(near_hamburg, hamburg, munich, 255),
		(near_munich, munich, hamburg, 79),
	):
		doc = make_order(
			line(item, qty=2), warehouse=elsewhere, customer=customer, shipping_address_name=address
		)
		assert rows(doc) == [(warehouse, 2)]
		assert (
			worded(doc.items[0].swf_route_reason) == f"{warehouse}: has all 2 Nos, {km} km; next best {other}"
		)


def test_an_order_without_addresses_is_routed_to_where_erpnext_will_send_it(elsewhere):
	hamburg = make_warehouse("Hamburg", swf_latitude=HAMBURG[0], swf_longitude=HAMBURG[1])
	munich = make_warehouse("Munich", swf_latitude=MUNICH[0], swf_longitude=MUNICH[1])
	make_routing_rule((hamburg, 1), (munich, 1))
	customer = make_customer()
	make_address(customer, *HAMBURG, address_type="Billing", is_primary_address=1)
	address = make_address(customer, *MUNICH)
	doc = make_order(line(), warehouse=elsewhere, customer=customer)
	assert doc.shipping_address_name == address
	assert rows(doc) == [(munich, 1)]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


def test_locked_stock_is_not_free(switches, both, elsewhere):
	item = stocked((10, both[0]), (10, both[1]))
	switches(routing=True, stock_lock=True)
	make_order(line(item, qty=8), warehouse=elsewhere, submit=True)
	assert rows(make_order(line(item, qty=8), warehouse=elsewhere)) == [(both[1], 8)]


def test_what_an_earlier_line_was_promised_is_not_promised_again(both, elsewhere):
	item = stocked((10, both[0]), (10, both[1]))
	doc = make_order(line(item, qty=8), line(item, qty=8), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 8), (both[1], 8)]


def test_what_a_kept_row_takes_is_not_promised_to_another(both, elsewhere):
	item = stocked((10, both[0]), (10, both[1]))
	kept = line(item, qty=8, warehouse=both[0], swf_keep_warehouse=1)
	doc = make_order(line(item, qty=8), kept, warehouse=elsewhere)
	assert rows(doc) == [(both[1], 8), (both[0], 8)]
	assert worded(doc.items[1].swf_route_reason) == "Kept as chosen"


def test_a_line_that_nobody_has_waits_with_the_best(both, elsewhere):
	doc = make_order(line(qty=3), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 3)]
	assert worded(doc.items[0].swf_route_reason) == "No candidate has any: waits here"


def test_candidates_that_can_no_longer_be_used_are_passed_over(both, elsewhere):
	item = stocked((10, both[0]), (10, both[1]))
	frappe.db.set_value("Warehouse", both[0], "disabled", 1)
	assert rows(make_order(line(item), warehouse=elsewhere)) == [(both[1], 1)]
	frappe.db.set_value("Warehouse", both[1], "disabled", 1)
	doc = make_order(line(item), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 1)]
	assert "can be used any more" in worded(doc.items[0].swf_route_reason)


def test_services_drop_shipped_lines_and_bundles_are_left_alone(both, elsewhere):
	service = make_item(is_stock_item=0)
	supplier = frappe.get_doc({"doctype": "Supplier", "supplier_name": unique("Supplier")}).insert().name
	dropped = make_item(delivered_by_supplier=1)
	bundle = make_item(is_stock_item=0)
	frappe.get_doc(
		{
			"doctype": "Product Bundle",
			"new_item_code": bundle,
			"items": [{"item_code": make_item(), "qty": 2}],
		}
	).insert()
	doc = make_order(
		line(service),
		line(dropped, delivered_by_supplier=1, supplier=supplier),
		line(bundle),
		line(),
		warehouse=elsewhere,
	)
	assert rows(doc) == [(elsewhere, 1), (elsewhere, 1), (elsewhere, 1), (both[0], 1)]
	assert [bool(row.swf_route_reason) for row in doc.items] == [False, False, False, True]
