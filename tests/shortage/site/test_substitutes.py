"""Another item takes the place of what is missing, with the customer's consent."""

import pytest

import frappe

from sales_wh_flow.base.said import worded
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock import repair
from tests.factories import (
	line,
	make_item,
	make_order,
	make_warehouse,
	stocked,
)
from tests.shortage.shortage_world import (
	alternative,
	comments,
	held,
	take,
	with_substitute,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def rows_of(order):
	doc = frappe.get_doc("Sales Order", order.name)
	return [(row.item_code, row.qty, row.rate, row.warehouse) for row in doc.items]


def test_a_substitute_takes_the_place_of_what_is_missing(committed):
	order, old, new, warehouse = with_substitute()
	committed()

	name = take(order, order.items[0].name, new)

	assert rows_of(order) == [(old, 3, 100, warehouse), (new, 5, 100, warehouse)]
	row = frappe.get_doc("Sales Order Item", name)
	assert row.swf_substitute_for == old
	assert "Maria Lopez, by telephone" in worded(row.swf_consent)
	assert held(order.name) == 8
	assert "Maria Lopez" in comments(order.name)
	assert repair.look_for_drift().is_clean


def test_a_line_of_which_nothing_is_served_gives_way_whole(committed):
	order, _old, new, warehouse = with_substitute(there=0)
	committed()

	take(order, order.items[0].name, new)

	assert rows_of(order) == [(new, 8, 100, warehouse)]
	assert repair.look_for_drift().is_clean


def test_a_draft_takes_a_substitute_as_well(committed):
	order, old, new, warehouse = with_substitute(submit=False)
	committed()

	take(order, order.items[0].name, new)

	assert rows_of(order) == [(old, 3, 100, warehouse), (new, 5, 100, warehouse)]


@pytest.mark.parametrize(
	("rule", "rate"),
	[("Keep the Old Price", 100), ("Price List of the Substitute", 80), ("Lower of Both", 80)],
)
def test_the_price_follows_the_rule(committed, rule, rate):
	order, _old, new, _warehouse = with_substitute()
	frappe.get_doc(
		{
			"doctype": "Item Price",
			"item_code": new,
			"price_list": order.selling_price_list,
			"price_list_rate": 80,
		}
	).insert()
	committed()

	name = take(order, order.items[0].name, new, rule)

	assert frappe.db.get_value("Sales Order Item", name, ["rate", "price_list_rate"]) == (rate, 80)


def test_boxes_are_substituted_by_pieces_where_the_substitute_has_no_boxes(committed):
	warehouse = make_warehouse()
	old = make_item(allow_alternative_item=1, uoms=[{"uom": "Box", "conversion_factor": 12}])
	new = stocked(50, warehouse, allow_alternative_item=1)
	alternative(old, new)
	order = make_order(
		line(old, qty=2, uom="Box", conversion_factor=12, rate=120, price_list_rate=120, warehouse=warehouse),
		submit=True,
	)
	committed()

	name = take(order, order.items[0].name, new)

	row = frappe.get_doc("Sales Order Item", name)
	assert (row.qty, row.uom, row.rate, row.stock_qty) == (24, "Nos", 10, 24)


@pytest.mark.parametrize(
	("change", "said"),
	[
		({"disabled": 1}, "disabled"),
		({"is_sales_item": 0}, "not sold"),
		({"stock_uom": "Meter"}, "no conversion"),
	],
)
def test_a_substitute_that_can_not_be_used_is_refused_in_words(committed, change, said):
	order, _old, new, _warehouse = with_substitute()
	frappe.db.set_value("Item", new, change)
	if "stock_uom" in change:
		frappe.db.delete("UOM Conversion Detail", {"parent": new})
	committed()

	with pytest.raises(frappe.ValidationError, match=said):
		take(order, order.items[0].name, new)


def test_an_item_that_is_no_alternative_is_refused(committed):
	order, *_rest = with_substitute()
	committed()

	with pytest.raises(frappe.ValidationError, match="no substitute"):
		take(order, order.items[0].name, make_item())


@pytest.mark.parametrize(("by", "how"), [("", "by mail"), ("Maria Lopez", " ")])
def test_no_substitute_without_the_customers_consent(committed, by, how):
	order, _old, new, _warehouse = with_substitute()
	committed()

	with pytest.raises(frappe.ValidationError, match="who at the customer agreed"):
		take(order, order.items[0].name, new, by=by, how=how)


def test_a_substituted_line_is_not_offered_its_old_item_again(committed):
	order, old, new, warehouse = with_substitute(there=0, two_way=1)
	third = stocked(0, warehouse, allow_alternative_item=1)
	alternative(new, third)
	alternative(third, old)
	receive_back = frappe.get_doc("Bin", {"item_code": new, "warehouse": warehouse})
	make_order(line(new, qty=receive_back.actual_qty, warehouse=warehouse), submit=True)
	committed()

	name = take(order, order.items[0].name, new)
	frappe.db.commit()

	(found,) = shortage_api.missing_lines(order.name)["lines"]
	assert [one["item_code"] for one in found["substitutes"]] == [third]
	with pytest.raises(frappe.ValidationError, match="no substitute"):
		take(order, name, old)
