"""Routing on a site: every line gets its warehouse, a second save changes nothing, no price changes."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.base.said import worded
from tests.factories import (
	acting_as,
	company,
	counted_statements,
	line,
	make_address,
	make_customer,
	make_customer_group,
	make_item,
	make_items,
	make_order,
	make_routing_rule,
	make_rule,
	make_user,
	make_warehouse,
	receive,
	unique,
)
from tests.factories import stocked_in as stocked

HAMBURG, BERLIN, MUNICH = (53.551086, 9.993682), (52.520008, 13.404954), (48.135125, 11.581981)


@pytest.fixture(autouse=True)
def routing_on(switches):
	switches(routing=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")


@pytest.fixture
def elsewhere():
	"""A warehouse that no rule names: where the user's rows start."""
	return make_warehouse("Elsewhere")


@pytest.fixture
def two():
	"""Two candidates by rank: the nearer word comes first."""
	names = (make_warehouse("First"), make_warehouse("Second"))
	make_routing_rule(*names)
	return names


def rows(doc):
	return [(row.warehouse, row.qty) for row in doc.items]


def stored(doc):
	"""The order's rows as the database has them, by position."""
	found = frappe.get_all(
		"Sales Order Item",
		filters={"parent": doc.name},
		fields=[
			"name",
			"idx",
			"item_code",
			"warehouse",
			"qty",
			"stock_qty",
			"rate",
			"amount",
			"docstatus",
			"swf_route_group",
			"swf_route_reason",
			"parentfield",
			"parenttype",
			"owner",
		],
		order_by="idx",
	)
	return [tuple(row.values()) for row in found]


# which rule


def test_switched_off_nothing_changes(switches, two, elsewhere):
	switches(routing=False)
	doc = make_order(line(stocked((10, two[0])), qty=5), warehouse=elsewhere)
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


def test_the_best_warehouse_that_has_all_is_chosen_and_the_next_named(two, elsewhere):
	doc = make_order(line(stocked((10, two[0]), (10, two[1])), qty=10), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 10)]
	assert worded(doc.items[0].swf_route_reason) == f"{two[0]}: has all 10 Nos; next best {two[1]}"


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


def test_locked_stock_is_not_free(switches, two, elsewhere):
	item = stocked((10, two[0]), (10, two[1]))
	switches(routing=True, stock_lock=True)
	make_order(line(item, qty=8), warehouse=elsewhere, submit=True)
	assert rows(make_order(line(item, qty=8), warehouse=elsewhere)) == [(two[1], 8)]


def test_what_an_earlier_line_was_promised_is_not_promised_again(two, elsewhere):
	item = stocked((10, two[0]), (10, two[1]))
	doc = make_order(line(item, qty=8), line(item, qty=8), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 8), (two[1], 8)]


def test_what_a_kept_row_takes_is_not_promised_to_another(two, elsewhere):
	item = stocked((10, two[0]), (10, two[1]))
	kept = line(item, qty=8, warehouse=two[0], swf_keep_warehouse=1)
	doc = make_order(line(item, qty=8), kept, warehouse=elsewhere)
	assert rows(doc) == [(two[1], 8), (two[0], 8)]
	assert worded(doc.items[1].swf_route_reason) == "Kept as chosen"


def test_a_line_that_nobody_has_waits_with_the_best(two, elsewhere):
	doc = make_order(line(qty=3), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 3)]
	assert worded(doc.items[0].swf_route_reason) == "No candidate has any: waits here"


def test_candidates_that_can_no_longer_be_used_are_passed_over(two, elsewhere):
	item = stocked((10, two[0]), (10, two[1]))
	frappe.db.set_value("Warehouse", two[0], "disabled", 1)
	assert rows(make_order(line(item), warehouse=elsewhere)) == [(two[1], 1)]
	frappe.db.set_value("Warehouse", two[1], "disabled", 1)
	doc = make_order(line(item), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 1)]
	assert "can be used any more" in worded(doc.items[0].swf_route_reason)


def test_services_drop_shipped_lines_and_bundles_are_left_alone(two, elsewhere):
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
	assert rows(doc) == [(elsewhere, 1), (elsewhere, 1), (elsewhere, 1), (two[0], 1)]
	assert [bool(row.swf_route_reason) for row in doc.items] == [False, False, False, True]


# splitting


@pytest.fixture
def split(two, elsewhere):
	"""A saved draft: 10 of an item, 6 in the first warehouse and 4 in the second, between two other lines."""
	item = stocked((6, two[0]), (7, two[1]))
	doc = make_order(
		line(qty=1), line(item, qty=10, rate=90, discount_percentage=10), line(qty=2), warehouse=elsewhere
	)
	return doc


def test_a_line_that_one_warehouse_cannot_serve_is_split_below_itself(split, two):
	assert rows(split) == [(two[0], 1), (two[0], 6), (two[1], 4), (two[0], 2)]
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


def test_a_changed_quantity_is_planned_as_a_whole(split, two):
	split.items[1].qty = 3  # 3 + 4 of 7: the second warehouse has them all
	split.save()
	assert rows(split) == [(two[0], 1), (two[1], 7), (two[0], 2)]
	assert not split.items[1].swf_route_group
	split.items[1].qty = 12
	split.save()
	assert rows(split) == [(two[0], 1), (two[1], 6), (two[0], 6), (two[0], 2)]
	assert [row.idx for row in split.items] == [1, 2, 3, 4]


def test_changed_stock_is_planned_anew_and_the_first_row_survives(split, two):
	names = [row.name for row in split.items]
	receive(split.items[1].item_code, 4, two[0])
	split.save()
	assert rows(split) == [(two[0], 1), (two[0], 10), (two[0], 2)]
	assert [row.name for row in split.items] == [names[0], names[1], names[3]]
	assert len(stored(split)) == 3


def test_a_deleted_part_is_ordered_no_longer(split, two):
	split.items.remove(split.items[2])
	split.save()
	assert rows(split) == [(two[0], 1), (two[0], 6), (two[0], 2)]


def test_a_part_with_another_price_leaves_its_group(split, two):
	split.items[2].rate, split.items[2].discount_percentage = 95, 5
	split.save()
	assert [(row.qty, row.rate) for row in split.items] == [(1, 100), (6, 90), (4, 95), (2, 100)]
	assert [row.swf_route_group for row in split.items] == [None] * 4
	assert worded(split.items[2].swf_route_reason).startswith(f"{two[1]}: has all 4 Nos")


def test_a_part_with_another_item_leaves_its_group(split, two):
	other = make_item()
	split.items[2].update({"item_code": other, "item_name": other, "description": other})
	split.save()
	assert [(row.warehouse, row.qty) for row in split.items[1:3]] == [(two[0], 6), (two[0], 4)]
	assert not split.items[1].swf_route_group


def test_a_part_that_is_to_stay_leaves_its_group(split, two):
	split.items[2].swf_keep_warehouse = 1
	split.save()
	receive(split.items[1].item_code, 100, two[0])
	split.save()
	assert rows(split) == [(two[0], 1), (two[0], 6), (two[1], 4), (two[0], 2)]
	assert [row.swf_route_group for row in split.items] == [None] * 4


def test_a_warehouse_changed_by_hand_is_kept_and_marked(split, elsewhere):
	split.items[0].warehouse = elsewhere
	split.save()
	assert split.items[0].warehouse == elsewhere
	assert split.items[0].swf_keep_warehouse == 1
	split.items[0].swf_keep_warehouse = 0
	split.save()
	assert split.items[0].warehouse != elsewhere


def test_shortages_wait_with_the_first_part_and_say_so(two, elsewhere):
	item = stocked((6, two[0]), (3, two[1]))
	doc = make_order(line(item, qty=10), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 7), (two[1], 3)]
	assert worded(doc.items[0].swf_route_reason) == "Split: 7 of 10 Nos here, 1 of them are missing and wait"
	doc = make_order(line(stocked((6, two[0])), qty=10), warehouse=elsewhere)
	assert worded(doc.items[0].swf_route_reason) == "Short: 4 of 10 Nos are missing and wait here"


def test_a_line_is_split_over_no_more_warehouses_than_the_rule_allows(elsewhere):
	names = [make_warehouse(title) for title in ("A", "B", "C")]
	rule = make_routing_rule(*names, max_splits=2)
	item = stocked(*((4, name) for name in names))
	assert rows(make_order(line(item, qty=12), warehouse=elsewhere)) == [(names[0], 8), (names[1], 4)]
	rule.max_splits = 1
	rule.save()
	assert rows(make_order(line(item, qty=12), warehouse=elsewhere)) == [(names[0], 12)]


def test_boxes_are_split_in_whole_boxes(two, elsewhere):
	item = stocked((20, two[0]), (30, two[1]), uoms=[{"uom": "Box", "conversion_factor": 12}])
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	doc = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=elsewhere)
	assert [(row.warehouse, row.qty, row.stock_qty) for row in doc.items] == [
		(two[0], 1, 12),
		(two[1], 2, 24),
	]
	assert worded(doc.items[0].swf_route_reason) == "Split: 1 of 3 Box here"


def test_a_row_without_a_factor_is_split_by_the_items_own(two, elsewhere):
	"""As programs send orders: ERPNext fills in the unit, its factor and the price only later."""
	item = stocked(
		(20, two[0]), (30, two[1]), uoms=[{"uom": "Box", "conversion_factor": 12}], sales_uom="Box"
	)
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	doc = make_order({"item_code": item, "qty": 3}, warehouse=elsewhere)
	assert [(row.uom, row.qty, row.stock_qty) for row in doc.items] == [("Box", 1, 12), ("Box", 2, 24)]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


def test_fractions_of_an_order_unit_make_whole_stock_units(two, elsewhere):
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 0)
	item = stocked((20, two[0]), (30, two[1]), uoms=[{"uom": "Box", "conversion_factor": 12}])
	doc = make_order(line(item, qty=3, uom="Box", conversion_factor=12), warehouse=elsewhere)
	assert [(row.qty, row.stock_qty) for row in doc.items] == [(1.5, 18), (1.5, 18)]


def test_weights_are_split_to_the_gram(two, elsewhere):
	item = stocked((1.7, two[0]), (1.3, two[1]), stock_uom="Kg")
	doc = make_order(line(item, qty=2.5, rate=3.2, price_list_rate=3.2), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 1.7), (two[1], 0.8)]
	assert doc.total == 8


def test_a_line_stays_whole_where_the_amounts_of_its_parts_would_not_add_up(two, elsewhere):
	item = stocked((1.5, two[0]), (1.5, two[1]), stock_uom="Kg")
	doc = make_order(line(item, qty=3, rate=3.35, price_list_rate=3.35), warehouse=elsewhere)
	assert (rows(doc), doc.total) == ([(two[0], 3)], 10.05)
	assert worded(doc.items[0].swf_route_reason).endswith(
		"not split, because the amounts of the parts would not add up"
	)


def test_an_order_costs_the_same_split_or_whole(switches, two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
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


def test_an_order_in_a_foreign_currency_is_routed_and_costs_the_same(switches, two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
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
	assert rows(split) == [(two[0], 6), (two[1], 4)]
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


def test_a_line_whose_price_hangs_on_its_quantity_stays_whole(two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
	make_price_rule(item, min_qty=10)
	doc = make_order(line(item, qty=10, rate=None), warehouse=elsewhere)
	assert rows(doc) == [(two[1], 10)]
	assert doc.items[0].rate == 90
	assert worded(doc.items[0].swf_route_reason) == (
		"Short: 3 of 10 Nos are missing and wait here; not split, because its price depends on the quantity"
	)


def test_a_line_with_a_price_rule_for_any_quantity_is_split(two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
	make_price_rule(item)
	doc = make_order(line(item, qty=10, rate=None), warehouse=elsewhere)
	assert [(row.warehouse, row.qty, row.rate) for row in doc.items] == [(two[0], 6, 90), (two[1], 4, 90)]
	before = stored(doc)
	doc.save()
	assert stored(doc) == before


def test_price_rules_of_a_group_and_of_a_brand_count_too(two, elsewhere):
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
	grouped = stocked((6, two[0]), (7, two[1]), item_group=group.name)
	assert len(make_order(line(grouped, qty=10), warehouse=elsewhere).items) == 2
	make_price_rule(
		None, apply_on="Item Group", items=[], item_groups=[{"item_group": group.name}], min_qty=10
	)
	assert len(make_order(line(grouped, qty=10), warehouse=elsewhere).items) == 1
	branded = stocked((6, two[0]), (7, two[1]), brand=brand)
	make_price_rule(None, apply_on="Brand", items=[], brands=[{"brand": brand}], min_amt=500)
	assert len(make_order(line(branded, qty=10), warehouse=elsewhere).items) == 1


def test_free_goods_are_not_split(two, elsewhere):
	free = stocked((1, two[0]), (1, two[1]))
	sold = stocked((10, two[0]))
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


def test_lines_of_one_item_stay_apart_where_erpnext_wants_them_apart(two, elsewhere):
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 0)
	item = stocked((100, two[0]))
	doc = make_order(line(item, qty=2), line(item, qty=3, warehouse=two[1]), warehouse=elsewhere)
	assert rows(doc) == [(elsewhere, 2), (two[1], 3)]
	assert "stands on several rows" in worded(doc.items[0].swf_route_reason)
	doc = make_order(line(item, qty=2), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 2)]


def test_a_line_may_be_split_where_erpnext_wants_items_once(two, elsewhere):
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 0)
	doc = make_order(line(stocked((6, two[0]), (7, two[1])), qty=10), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 6), (two[1], 4)]
	doc.save()
	doc.submit()
	assert rows(doc) == [(two[0], 6), (two[1], 4)]


# submit and after


def test_at_submit_a_line_is_planned_anew_and_its_new_row_is_stored(switches, two, elsewhere):
	item = stocked((10, two[0]), (4, two[1]))
	switches(routing=True, stock_lock=True)
	doc = make_order(line(item, qty=10), line(qty=1), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 10), (two[0], 1)]
	make_order(line(item, qty=4, warehouse=two[0], swf_keep_warehouse=1), submit=True)
	doc.submit()
	assert rows(doc) == [(two[0], 6), (two[1], 4), (two[0], 1)]
	assert [row[1:6] for row in stored(doc)] == [
		(1, item, two[0], 6, 6),
		(2, item, two[1], 4, 4),
		(3, doc.items[2].item_code, two[0], 1, 1),
	]
	assert {row.docstatus for row in doc.items} == {1}
	assert {values[8] for values in stored(doc)} == {1}
	locks = frappe.get_all(
		"Stock Reservation Entry",
		filters={"voucher_no": doc.name, "docstatus": 1},
		fields=["voucher_detail_no", "warehouse", "reserved_qty"],
		order_by="reserved_qty desc",
	)
	assert [tuple(row.values()) for row in locks] == [
		(doc.items[0].name, two[0], 6),
		(doc.items[1].name, two[1], 4),
	]


def test_an_order_submitted_at_once_is_routed(two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
	doc = make_order(line(item, qty=10), warehouse=elsewhere, insert=False)
	doc.docstatus = 1
	doc.insert()
	assert rows(doc) == [(two[0], 6), (two[1], 4)]
	assert {values[8] for values in stored(doc)} == {1}


def test_after_submit_nothing_is_routed(two, elsewhere):
	item = stocked((10, two[0]), (10, two[1]))
	doc = make_order(line(item, qty=5), warehouse=elsewhere, submit=True)
	before = stored(doc)
	make_routing_rule(two[1], priority=9)
	doc.swf_special_instructions = "Ring twice"
	doc.save()
	assert doc.swf_special_instructions == "Ring twice"
	assert stored(doc) == before


def test_cancelling_moves_nothing(two, elsewhere):
	doc = make_order(line(stocked((10, two[0]), (10, two[1])), qty=5), warehouse=elsewhere, submit=True)
	make_routing_rule(two[1], priority=9)
	doc.cancel()
	assert [(row.warehouse, row.qty) for row in doc.items] == [(two[0], 5)]


def test_the_copy_of_an_order_starts_its_own_life(split):
	copy = frappe.copy_doc(split, ignore_no_copy=False)
	assert [row.swf_route_group for row in copy.items] == [None] * 4
	copy.delivery_date = split.delivery_date
	copy.insert()
	assert [row.warehouse for row in copy.items] == [row.warehouse for row in split.items]
	assert sum(row.qty for row in copy.items if row.item_code == split.items[1].item_code) == 10


def test_an_amended_order_is_planned_as_one_line_again(split, two):
	split.submit()
	split.cancel()
	receive(split.items[1].item_code, 90, two[0])
	amended = frappe.copy_doc(split, ignore_no_copy=True)
	amended.amended_from, amended.docstatus = split.name, 0
	amended.insert()
	assert rows(amended) == [(two[0], 1), (two[0], 10), (two[0], 2)]


def test_an_order_from_a_quotation_keeps_its_link_on_each_part(two, elsewhere):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	item = stocked((6, two[0]), (7, two[1]))
	quotation = frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": make_customer(),
			"company": company().name,
			"currency": company().currency,
			"items": [
				{"item_code": item, "qty": 10, "rate": 80, "price_list_rate": 80, "warehouse": elsewhere}
			],
		}
	)
	quotation.insert().submit()
	doc = make_sales_order(quotation.name)
	doc.delivery_date = add_days(nowdate(), 7)
	doc.insert().submit()
	assert rows(doc) == [(two[0], 6), (two[1], 4)]
	assert {(row.prevdoc_docname, row.quotation_item) for row in doc.items} == {
		(quotation.name, quotation.items[0].name)
	}
	assert frappe.db.get_value("Quotation", quotation.name, "status") == "Ordered"


def test_the_desk_saves_changes_and_submits_a_split_order(split, two):
	"""As the browser does it: the whole document as JSON, a new row by a name of its own."""
	from frappe.desk.form.save import savedocs

	form = frappe.parse_json(split.as_json())
	form["items"][1]["qty"] = 5  # 5 + 4 of 9
	new = {**line(qty=1), "name": "new-sales-order-item-1", "__islocal": 1, "parentfield": "items", "idx": 5}
	new.update({"doctype": "Sales Order Item", "warehouse": two[1], "delivery_date": add_days(nowdate(), 7)})
	form["items"].append(new)
	savedocs(frappe.as_json(form), "Save")
	split.reload()
	assert rows(split) == [(two[0], 1), (two[0], 6), (two[1], 3), (two[0], 2), (two[0], 1)]
	savedocs(split.as_json(), "Submit")
	split.reload()
	assert (split.docstatus, len(split.items)) == (1, 5)
	assert [row.idx for row in split.items] == [1, 2, 3, 4, 5]


def test_a_sales_user_may_save_a_routed_order(two, elsewhere):
	item = stocked((6, two[0]), (7, two[1]))
	customer = make_customer()
	with acting_as(make_user("Sales User")):
		doc = make_order(line(item, qty=10), warehouse=elsewhere, customer=customer)
	assert rows(doc) == [(two[0], 6), (two[1], 4)]


@pytest.mark.parametrize("foreign", [False, True], ids=["own currency", "foreign currency"])
def test_an_approved_order_may_be_split_otherwise_when_it_is_submitted(switches, two, elsewhere, foreign):
	"""Nobody is asked again: the approver decided on goods and prices, not on warehouses."""
	from sales_wh_flow.approval import decide, gate

	switches(routing=True, approval=True)
	make_rule("Discount", 10)
	item = stocked((10, two[0]), (4, two[1]))
	currency = (
		{"currency": "EUR", "conversion_rate": 1.0837, "plc_conversion_rate": 1.0837} if foreign else {}
	)
	customer = make_customer(**({"default_currency": "EUR"} if foreign else {}))
	# 300.30 EUR are 325.44; 180.18 and 120.12 EUR, each converted and rounded, are 325.43
	doc = make_order(
		line(item, qty=10, rate=30.03, price_list_rate=60), warehouse=elsewhere, customer=customer, **currency
	)
	assert rows(doc) == [(two[0], 10)]
	(approval,) = gate.ask(doc.name)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": two[0]}, "reserved_stock", 4)
	with acting_as(make_user("Sales User", "Order Approver")):
		decision = decide.grant(doc.name, approval)
	assert decision.is_submitted, decision.why_not
	doc.reload()
	assert rows(doc) == [(two[0], 6), (two[1], 4)]


# how much it costs


@pytest.mark.parametrize("count", [2, 40])
def test_routing_costs_the_same_statements_whatever_the_lines(two, elsewhere, count):
	from sales_wh_flow.routing import route

	items = make_items(count)
	short = stocked((6, two[0]), (7, two[1]))
	lines = [line(item) for item in items] + [line(short, qty=10)]
	doc = make_order(*lines, warehouse=elsewhere, customer=make_customer(), insert=False)
	doc.items[0].swf_keep_warehouse = 1
	route.suggest(doc)  # warms what is cached for the request
	doc = make_order(*lines, warehouse=elsewhere, customer=make_customer(), insert=False)
	doc.items[0].swf_keep_warehouse = 1
	with counted_statements() as statements:
		route.suggest(doc)
	assert len(doc.items) == count + 2
	assert len(statements) <= 6, "\n".join(statements)
