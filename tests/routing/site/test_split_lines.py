"""A line that no warehouse has whole is split, and costs the same."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.base.said import worded
from tests.factories import (
	company,
	line,
	make_customer,
	make_item,
	make_order,
	make_routing_rule,
	make_warehouse,
	receive,
	unique,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import rows, stored

pytestmark = pytest.mark.usefixtures("routing_on")


def test_a_line_that_one_warehouse_cannot_serve_is_split_below_itself(split, both):
	assert rows(split) == [(both[0], 1), (both[0], 6), (both[1], 4), (both[0], 2)]
	assert [row.idx for row in split.items] == [1, 2, 3, 4]
	first, second = split.items[1:3]
	assert worded(first.swf_route_reason) == "Split: 6 of 10 Nos here"
	assert worded(second.swf_route_reason) == "Split: 4 of 10 Nos here"
	assert first.swf_route_group == second.swf_route_group
	assert first.swf_route_group
	assert not split.items[0].swf_route_group


def test_the_parts_are_sold_as_the_line_was(split):
	same = ("item_code", "item_name", "description", "uom", "stock_uom", "conversion_factor", "rate")
	same += (
		"price_list_rate",
		"discount_percentage",
		"discount_amount",
		"net_rate",
		"delivery_date",
		"item_group",
	)
	first, second = split.items[1:3]
	assert [first.get(field) for field in same] == [second.get(field) for field in same]
	assert (first.rate, first.discount_amount, first.price_list_rate) == (90, 10, 100)
	assert (first.amount, second.amount) == (540, 360)


def test_saving_twice_changes_nothing(split):
	before = stored(split)
	split.save()
	assert stored(split) == before
	again = frappe.get_doc("Sales Order", split.name)
	again.save()
	assert stored(again) == before


def test_what_is_stored_is_what_the_document_shows(split):
	assert [(row.name, row.idx, row.warehouse, row.qty) for row in split.items] == [
		(name, idx, warehouse, qty) for name, idx, _item, warehouse, qty, *_rest in stored(split)
	]
	assert {row.parent for row in split.items} == {split.name}


def test_a_changed_quantity_is_planned_as_a_whole(split, both):
	split.items[1].qty = 3  # 3 + 4 of 7: the second warehouse has them all
	split.save()
	assert rows(split) == [(both[0], 1), (both[1], 7), (both[0], 2)]
	assert not split.items[1].swf_route_group
	split.items[1].qty = 12
	split.save()
	assert rows(split) == [(both[0], 1), (both[1], 6), (both[0], 6), (both[0], 2)]
	assert [row.idx for row in split.items] == [1, 2, 3, 4]


def test_changed_stock_is_planned_anew_and_the_first_row_survives(split, both):
	names = [row.name for row in split.items]
	receive(split.items[1].item_code, 4, both[0])
	split.save()
	assert rows(split) == [(both[0], 1), (both[0], 10), (both[0], 2)]
	assert [row.name for row in split.items] == [names[0], names[1], names[3]]
	assert len(stored(split)) == 3


def test_a_deleted_part_is_ordered_no_longer(split, both):
	split.items.remove(split.items[2])
	split.save()
	assert rows(split) == [(both[0], 1), (both[0], 6), (both[0], 2)]


def test_a_part_with_another_price_leaves_its_group(split, both):
	split.items[2].rate, split.items[2].discount_percentage = 95, 5
	split.save()
	assert [(row.qty, row.rate) for row in split.items] == [(1, 100), (6, 90), (4, 95), (2, 100)]
	assert [row.swf_route_group for row in split.items] == [None] * 4
	assert worded(split.items[2].swf_route_reason).startswith(f"{both[1]}: has all 4 Nos")


def test_a_part_with_another_item_leaves_its_group(split, both):
	other = make_item()
	split.items[2].update({"item_code": other, "item_name": other, "description": other})
	split.save()
	assert [(row.warehouse, row.qty) for row in split.items[1:3]] == [(both[0], 6), (both[0], 4)]
	assert not split.items[1].swf_route_group


def test_a_part_that_is_to_stay_leaves_its_group(split, both):
	split.items[2].swf_keep_warehouse = 1
	split.save()
	receive(split.items[1].item_code, 100, both[0])
	split.save()
	assert rows(split) == [(both[0], 1), (both[0], 6), (both[1], 4), (both[0], 2)]
	assert [row.swf_route_group for row in split.items] == [None] * 4


def test_a_warehouse_changed_by_hand_is_kept_and_marked(split, elsewhere):
	split.items[0].warehouse = elsewhere
	split.save()
	assert split.items[0].warehouse == elsewhere
	assert split.items[0].swf_keep_warehouse == 1
	split.items[0].swf_keep_warehouse = 0
	split.save()
	assert split.items[0].warehouse != elsewhere


def test_shortages_wait_with_the_first_part_and_say_so(both, elsewhere):
	item = stocked((6, both[0]), (3, both[1]))
	doc = make_order(line(item, qty=10), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 7), (both[1], 3)]
	assert worded(doc.items[0].swf_route_reason) == "Split: 7 of 10 Nos here, 1 of them are missing and wait"
	doc = make_order(line(stocked((6, both[0])), qty=10), warehouse=elsewhere)
	assert worded(doc.items[0].swf_route_reason) == "Short: 4 of 10 Nos are missing and wait here"


def test_a_line_is_split_over_no_more_warehouses_than_the_rule_allows(elsewhere):
	names = [make_warehouse(title) for title in ("A", "B", "C")]
	rule = make_routing_rule(*names, max_splits=2)
	item = stocked(*((4, name) for name in names))
	assert rows(make_order(line(item, qty=12), warehouse=elsewhere)) == [(names[0], 8), (names[1], 4)]
	rule.max_splits = 1
	rule.save()
	assert rows(make_order(line(item, qty=12), warehouse=elsewhere)) == [(names[0], 12)]


def test_boxes_are_split_in_whole_boxes(both, elsewhere):
	item = stocked((20, both[0]), (30, both[1]), uoms=[{"uom": "Box", "conversion_factor": 12}])
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	doc = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=elsewhere)
	assert [(row.warehouse, row.qty, row.stock_qty) for row in doc.items] == [
		(both[0], 1, 12),
		(both[1], 2, 24),
	]
	assert worded(doc.items[0].swf_route_reason) == "Split: 1 of 3 Box here"


def test_a_row_without_a_factor_is_split_by_the_items_own(both, elsewhere):
	"""As programs send orders: ERPNext fills in the unit, its factor and the price only later."""
	item = stocked(
		(20, both[0]), (30, both[1]), uoms=[{"uom": "Box", "conversion_factor": 12}], sales_uom="Box"
	)
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	doc = make_order({"item_code": item, "qty": 3}, warehouse=elsewhere)
	assert [(row.uom, row.qty, row.stock_qty) for row in doc.items] == [("Box", 1, 12), ("Box", 2, 24)]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


def test_fractions_of_an_order_unit_make_whole_stock_units(both, elsewhere):
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 0)
	item = stocked((20, both[0]), (30, both[1]), uoms=[{"uom": "Box", "conversion_factor": 12}])
	doc = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=elsewhere)
	assert [(row.qty, row.stock_qty) for row in doc.items] == [(1.5, 18), (1.5, 18)]


def test_weights_are_split_to_the_gram(both, elsewhere):
	item = stocked((1.7, both[0]), (1.3, both[1]), stock_uom="Kg")
	doc = make_order(line(item, qty=2.5, rate=3.2, price_list_rate=3.2), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 1.7), (both[1], 0.8)]
	assert doc.total == 8


def test_a_line_stays_whole_where_the_amounts_of_its_parts_would_not_add_up(both, elsewhere):
	item = stocked((1.5, both[0]), (1.5, both[1]), stock_uom="Kg")
	doc = make_order(line(item, qty=3, rate=3.35, price_list_rate=3.35), warehouse=elsewhere)
	assert (rows(doc), doc.total) == ([(both[0], 3)], 10.05)
	assert worded(doc.items[0].swf_route_reason).endswith(
		"not split, because the amounts of the parts would not add up"
	)


def test_an_order_costs_the_same_split_or_whole(switches, both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	account = frappe.db.get_value(
		"Account", {"account_type": "Tax", "company": company().name, "is_group": 0}
	)
	tax = {"charge_type": "On Net Total", "account_head": account, "description": "Tax", "rate": 19}

	def ordered():
		return make_order(
			line(item, qty=10, rate=33.37, price_list_rate=39.99),
			line(qty=3, rate=0.99, price_list_rate=0.99),
			warehouse=elsewhere,
			apply_discount_on="Grand Total",
			additional_discount_percentage=7.5,
			taxes=[dict(tax)],
		)

	split = ordered()
	switches(routing=False)
	whole = ordered()
	assert len(split.items) == len(whole.items) + 1
	totals = ("total_qty", "total", "net_total", "total_taxes_and_charges", "discount_amount", "grand_total")
	totals += ("base_grand_total", "rounded_total")
	assert {field: split.get(field) for field in totals} == {field: whole.get(field) for field in totals}


def test_an_order_in_a_foreign_currency_is_routed_and_costs_the_same(switches, both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	currency = "EUR" if company().currency != "EUR" else "USD"
	frappe.db.set_value("Currency", currency, "enabled", 1)

	def ordered():
		return make_order(
			line(item, qty=10, rate=33.37, price_list_rate=33.37),
			warehouse=elsewhere,
			customer=make_customer(default_currency=currency),
			currency=currency,
			conversion_rate=1.0837,
			plc_conversion_rate=1.0837,
		)

	split = ordered()
	switches(routing=False)
	whole = ordered()
	assert rows(split) == [(both[0], 6), (both[1], 4)]
	assert (split.total, split.grand_total) == (whole.total, whole.grand_total) == (333.7, 333.7)
	assert split.base_grand_total == pytest.approx(whole.base_grand_total, abs=0.011)


# prices that hang on the quantity


def make_price_rule(item, **values):
	return frappe.get_doc(
		{
			"doctype": "Pricing Rule",
			"title": unique("Price"),
			"apply_on": "Item Code",
			"items": [{"item_code": item}],
			"selling": 1,
			"company": company().name,
			"currency": company().currency,
			"rate_or_discount": "Discount Percentage",
			"discount_percentage": 10,
			**values,
		}
	).insert()


def test_a_line_whose_price_hangs_on_its_quantity_stays_whole(both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	make_price_rule(item, min_qty=10)
	doc = make_order(line(item, qty=10, rate=None), warehouse=elsewhere)
	assert rows(doc) == [(both[1], 10)]
	assert doc.items[0].rate == 90
	assert worded(doc.items[0].swf_route_reason) == (
		"Short: 3 of 10 Nos are missing and wait here; not split, because its price depends on the quantity"
	)


def test_a_line_with_a_price_rule_for_any_quantity_is_split(both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	make_price_rule(item)
	doc = make_order(line(item, qty=10, rate=None), warehouse=elsewhere)
	assert [(row.warehouse, row.qty, row.rate) for row in doc.items] == [
		(both[0], 6, 90),
		(both[1], 4, 90),
	]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


def test_price_rules_of_a_group_and_of_a_brand_count_too(both, elsewhere):
	group = frappe.get_doc(
		{"doctype": "Item Group", "item_group_name": unique("Goods"), "parent_item_group": "All Item Groups"}
	).insert()
	brand = frappe.get_doc({"doctype": "Brand", "brand": unique("Brand")}).insert().name
	make_price_rule(
		None,
		apply_on="Item Group",
		items=[],
		item_groups=[{"item_group": "All Item Groups"}],
		min_qty=10,
		valid_upto=add_days(nowdate(), -1),
		valid_from=add_days(nowdate(), -9),
	)
	grouped = stocked((6, both[0]), (7, both[1]), item_group=group.name)
	assert len(make_order(line(grouped, qty=10), warehouse=elsewhere).items) == 2
	make_price_rule(
		None, apply_on="Item Group", items=[], item_groups=[{"item_group": group.name}], min_qty=10
	)
	assert len(make_order(line(grouped, qty=10), warehouse=elsewhere).items) == 1
	branded = stocked((6, both[0]), (7, both[1]), brand=brand)
	make_price_rule(None, apply_on="Brand", items=[], brands=[{"brand": brand}], min_amt=500)
	assert len(make_order(line(branded, qty=10), warehouse=elsewhere).items) == 1


def test_free_goods_are_not_split(both, elsewhere):
	free = stocked((1, both[0]), (1, both[1]))
	sold = stocked((10, both[0]))
	make_price_rule(
		sold,
		price_or_product_discount="Product",
		free_item=free,
		free_qty=2,
		min_qty=1,
		rate_or_discount=None,
	)
	doc = make_order(line(sold, qty=2), warehouse=elsewhere)
	doc.save()
	gift = [row for row in doc.items if row.is_free_item]
	assert [(row.item_code, row.qty) for row in gift] == [(free, 2)]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


# items on several rows


def test_lines_of_one_item_stay_apart_where_erpnext_wants_them_apart(both, elsewhere):
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 0)
	item = stocked((100, both[0]))
	doc = make_order(line(item, qty=2), line(item, qty=3, warehouse=both[1]), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 2), (both[1], 3)]
	assert "stands on several rows" in worded(doc.items[0].swf_route_reason)
	doc = make_order(line(item, qty=2), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 2)]


def test_a_line_may_be_split_where_erpnext_wants_items_once(both, elsewhere):
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 0)
	doc = make_order(line(stocked((6, both[0]), (7, both[1])), qty=10), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 6), (both[1], 4)]
	doc.save()
	doc.submit()
	assert rows(doc) == [(both[0], 6), (both[1], 4)]
