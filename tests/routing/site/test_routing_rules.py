"""Routing rules on a site: whom they are for and how they choose."""

import pytest

import frappe
from frappe.utils import add_days

from sales_wh_flow.base.said import worded
from sales_wh_flow.patches.v0_2 import parts_of_any_size
from sales_wh_flow.routing import api
from tests.factories import (
	company,
	counted_statements,
	line,
	make_address,
	make_customer,
	make_item,
	make_items,
	make_order,
	make_routing_rule,
	make_warehouse,
	unique,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import (
	BERLIN,
	HAMBURG,
	MORNING,
	MUNICH,
	make_zone,
	order_from,
	rows,
	set_costs,
)

pytestmark = pytest.mark.usefixtures("routing_on_monday")

# strategies


def test_fewest_splits_takes_the_warehouse_that_has_both_lines(two, elsewhere):
	make_routing_rule(*two, strategy="Fewest Splits")
	first, second = stocked((5, two[0]), (5, two[1])), stocked((5, two[1]))
	doc = make_order(line(first, qty=5), line(second, qty=5), warehouse=elsewhere)
	assert rows(doc) == [(two[1], 5), (two[1], 5)]
	assert worded(doc.items[0].swf_route_reason) == (
		f"{two[1]}: has all 5 Nos; fewest parcels for the order; next best {two[0]}"
	)


def test_cheapest_counts_handling_and_freight_of_the_zone(two, elsewhere):
	set_costs(
		make_routing_rule(*two, strategy="Cheapest"),
		c1={"handling_per_order": 4},
		c2={"handling_per_line": 5},
	)
	item = stocked((5, two[0]), (5, two[1]))
	customer = make_customer()
	address = make_address(customer, pincode="20095")

	def routed():
		doc = make_order(
			line(item, qty=5), warehouse=elsewhere, customer=customer, shipping_address_name=address
		)
		return doc.items[0].warehouse

	assert routed() == two[0]  # 4 against 5
	make_zone({"warehouse": two[0], "freight": 3}, {"freight": 1}, postcode="2*")
	assert routed() == two[1]  # 4 + 3 against 5 + 1


def test_nearest_comes_before_rank_and_postcodes_stand_in_for_coordinates(elsewhere):
	hamburg = make_warehouse("Hamburg", swf_latitude=HAMBURG[0], swf_longitude=HAMBURG[1])
	munich = make_warehouse("Munich", swf_latitude=MUNICH[0], swf_longitude=MUNICH[1])
	make_routing_rule(munich, hamburg, strategy="Nearest")
	item = stocked((5, hamburg), (5, munich))
	customer = make_customer()
	address = make_address(customer, pincode="10 115")
	place = {"doctype": "Postcode Place", "country": "Germany", "postcode": "101"}

	def order():
		return make_order(
			line(item), warehouse=elsewhere, customer=customer, shipping_address_name=address
		).items[0]

	frappe.db.delete("Postcode Place")
	assert order().warehouse == munich
	assert "distance unknown" in worded(order().swf_route_reason)
	frappe.get_doc({**place, "latitude": BERLIN[0], "longitude": BERLIN[1]}).insert()
	assert order().warehouse == hamburg
	assert "255 km" in worded(order().swf_route_reason)


def test_a_new_rule_proposes_few_parcels_without_crumbs():
	new = frappe.new_doc("Warehouse Routing Rule")
	assert (new.strategy, new.max_warehouses, new.min_part) == ("Fewest Splits", 2, 10)


def test_a_second_warehouse_sends_no_crumb(two, elsewhere):
	make_routing_rule(*two, min_part=10)
	item = stocked((39, two[0]), (1, two[1]))
	assert rows(make_order(line(item, qty=40), warehouse=elsewhere)) == [(two[0], 40)]
	hardly = stocked((1, two[1]))
	waiting = make_order(line(hardly, qty=40), warehouse=elsewhere).items[0]
	assert worded(waiting.swf_route_reason).startswith("No candidate has 10 % of it: waits here")


def test_a_share_above_a_half_can_be_no_smallest_part(two):
	with pytest.raises(frappe.ValidationError, match="Smallest Part of a Line"):
		make_routing_rule(*two, min_part=51)


def test_rules_from_before_split_as_they_did(two):
	rule = make_routing_rule(*two, min_part=10)
	parts_of_any_size.execute()
	assert frappe.db.get_value(rule.doctype, rule.name, "min_part") == 0


def test_the_load_of_the_day_is_balanced(two, elsewhere):
	make_routing_rule(*two, strategy="Balance Load")
	item = stocked((50, two[0]), (50, two[1]))
	doc = make_order(*(line(item) for _ in range(4)), warehouse=elsewhere)
	assert [row.warehouse for row in doc.items] == [two[0], two[1], two[0], two[1]]


def test_an_order_uses_no_more_warehouses_than_the_rule_allows(two, elsewhere):
	make_routing_rule(*two, max_warehouses=1)
	first, second = stocked((5, two[0])), stocked((5, two[1]), (2, two[0]))
	doc = make_order(line(first, qty=5), line(second, qty=5), warehouse=elsewhere)
	assert rows(doc) == [(two[0], 5), (two[0], 5)]


def test_a_group_stands_for_the_warehouses_below_it_that_sell(elsewhere):
	group = make_warehouse("Group", is_group=1)
	inside = [make_warehouse(title, parent_warehouse=group) for title in ("Returns", "Shelf")]
	frappe.db.set_value("Warehouse", inside[0], "swf_is_sellable", 0)
	make_routing_rule(group)
	item = stocked((50, inside[0]), (5, inside[1]))
	assert rows(make_order(line(item, qty=5), warehouse=elsewhere)) == [(inside[1], 5)]


def test_everything_is_brought_together_where_that_is_cheaper(two, elsewhere):
	set_costs(make_routing_rule(*two, consolidate=1), c1={"transfer_cost": 2}, c2={"transfer_cost": 2})
	make_zone({"freight": 9, "transit_days": 1})
	customer = make_customer()
	address = make_address(customer)
	item = stocked((6, two[0]), (4, two[1]))
	doc = make_order(
		line(item, qty=10), warehouse=elsewhere, customer=customer, shipping_address_name=address
	)
	assert [(row.warehouse, row.qty, row.swf_brought_to) for row in doc.items] == [
		(two[0], 6, None),
		(two[1], 4, two[0]),
	]
	assert (
		worded(doc.items[1].swf_route_reason)
		== f"Split: 4 of 10 Nos here; goes to {two[0]} by transfer first"
	)
	assert worded(doc.items[1].swf_promise_source).startswith(f"By transfer to {two[0]}")
	before = [row.name for row in doc.items]
	doc.save()
	assert [row.name for row in doc.items] == before


def test_a_row_that_is_sent_from_elsewhere_by_hand_is_brought_nowhere(two, elsewhere):
	set_costs(make_routing_rule(*two, consolidate=1))
	make_zone({"freight": 9})
	item = stocked((6, two[0]), (4, two[1]))
	customer = make_customer()
	doc = make_order(
		line(item, qty=10),
		warehouse=elsewhere,
		customer=customer,
		shipping_address_name=make_address(customer),
	)
	assert doc.items[1].swf_brought_to == two[0]
	api.take_plan(doc.name, "cheapest")
	doc.reload()
	assert doc.items[1].swf_brought_to == two[0]
	assert worded(doc.items[1].swf_route_reason) == f"Kept as chosen; goes to {two[0]} by transfer first"
	doc.items[1].warehouse = elsewhere
	doc.save()
	assert doc.items[1].swf_brought_to is None


# whom a rule is for


def test_a_new_rule_is_for_any_customer_group_whatever_the_sites_default():
	from sales_wh_flow.patches.v0_2 import rule_for_customer_group

	frappe.db.set_default("customer_group", "Commercial")
	rule = make_routing_rule(make_warehouse())
	assert not rule.of_customer_group
	frappe.db.set_value("Warehouse Routing Rule", rule.name, "of_customer_group", "Commercial")
	rule_for_customer_group.execute()
	assert frappe.db.get_value("Warehouse Routing Rule", rule.name, "of_customer_group") == "Commercial"


def test_each_line_follows_the_rule_for_its_item_group_or_brand(two, elsewhere):
	group = frappe.get_doc(
		{
			"doctype": "Item Group",
			"item_group_name": unique("Cold"),
			"parent_item_group": "All Item Groups",
			"is_group": 1,
		}
	).insert()
	below = frappe.get_doc(
		{"doctype": "Item Group", "item_group_name": unique("Ice"), "parent_item_group": group.name}
	).insert()
	make_routing_rule(two[1], of_item_group=group.name, priority=5)
	make_routing_rule(two[0])
	cold, warm = stocked((5, two[0]), (5, two[1]), item_group=below.name), stocked((5, two[0]), (5, two[1]))
	doc = make_order(line(cold, qty=5), line(warm, qty=5), warehouse=elsewhere)
	assert [row.warehouse for row in doc.items] == [two[1], two[0]]


@pytest.mark.parametrize(
	("scope", "fits"),
	[
		({"ship_to_country": "Germany", "ship_to_postcode": "80*"}, True),
		({"ship_to_country": "France"}, False),
		({"ship_to_postcode": "10*"}, False),
		({"order_type": "Maintenance"}, False),
		({"min_value": 200}, True),
		({"min_value": 201}, False),
		({"max_weight": 10}, True),
		({"max_weight": 9}, False),
	],
	ids=str,
)
def test_a_line_no_rule_is_for_stays_as_entered(elsewhere, scope, fits):
	target = make_warehouse()
	make_routing_rule(target, **scope)
	customer = make_customer()
	address = make_address(customer, pincode="80331")
	doc = make_order(
		line(make_item(weight_per_unit=5, weight_uom="Kg"), qty=2),
		warehouse=elsewhere,
		customer=customer,
		shipping_address_name=address,
	)
	assert rows(doc) == [(target if fits else elsewhere, 2)]


def test_an_order_sent_without_rates_is_routed_by_its_value_from_the_next_save(elsewhere):
	target, item = make_warehouse(), make_item()
	make_routing_rule(target, min_value=200)
	prices = frappe.get_all("Price List", {"selling": 1, "currency": company().currency}, pluck="name")[0]
	frappe.get_doc(
		{"doctype": "Item Price", "item_code": item, "price_list": prices, "price_list_rate": 100}
	).insert()
	doc = make_order({"item_code": item, "qty": 2}, warehouse=elsewhere, selling_price_list=prices)
	assert (doc.items[0].rate, rows(doc)) == (100, [(elsewhere, 2)])
	doc.submit()
	assert rows(doc) == [(target, 2)]


def test_the_customers_own_warehouse_and_wish_come_first(two, elsewhere):
	make_routing_rule(*two)
	customer = make_customer(swf_preferred_warehouse=two[1])
	item = stocked((6, two[0]), (6, two[1]))
	assert rows(make_order(line(item, qty=5), warehouse=elsewhere, customer=customer)) == [(two[1], 5)]
	frappe.db.set_value("Customer", customer, "swf_ship_complete", "Full Lines")
	short = stocked((2, two[0]), (1, two[1]))
	assert rows(make_order(line(short, qty=5), warehouse=elsewhere, customer=customer)) == [(two[0], 5)]


def test_what_earlier_orders_wait_for_is_not_promised_again(two, elsewhere):
	make_routing_rule(*two)
	item = stocked((10, two[0]), (10, two[1]))
	make_order(line(item, qty=8), warehouse=elsewhere, submit=True)
	assert rows(make_order(line(item, qty=8), warehouse=elsewhere)) == [(two[1], 8)]


def test_part_boxes_are_told_in_pieces(two, elsewhere):
	make_routing_rule(*two)
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	item = stocked((9, two[0]), uoms=[{"uom": "Box", "conversion_factor": 12}])
	doc = make_order(line(item, qty=2, uom="Box", conversion_factor=12), warehouse=elsewhere)
	assert worded(doc.items[0].swf_route_reason) == "Short: 15 Nos of 2 Box are missing and wait here"


# how much it costs


@pytest.mark.parametrize("count", [2, 60])
def test_every_part_of_routing_together_takes_six_statements(two, elsewhere, count):
	"""Costs, zones, postcodes, days off, deliveries, split and kept rows, whatever the lines."""
	from sales_wh_flow.routing import route

	set_costs(make_routing_rule(*two, strategy="Cheapest"), c1={"handling_per_order": 4})
	make_zone({"freight": 3, "transit_days": 1})
	items = make_items(count)
	order_from(items[0], 5, two[0], add_days(MORNING.date(), 3))
	short = stocked((6, two[0]), (7, two[1]))
	customer = make_customer()
	make_address(customer, pincode="10115")
	lines = [line(item) for item in items] + [line(short, qty=10)]

	def draft():
		doc = make_order(*lines, warehouse=elsewhere, customer=customer, insert=False)
		doc.items[0].swf_keep_warehouse = 1
		return doc

	route.suggest(draft())  # warms what is cached for the request
	doc = draft()
	with counted_statements() as statements:
		route.suggest(doc)
	assert len(doc.items) == count + 2
	assert len(statements) <= 6, "\n".join(statements)


# parcels that are worth sending


def test_a_second_parcel_below_the_smallest_value_is_not_sent(two, elsewhere):
	rule = make_routing_rule(*two, strategy="Fewest Splits", min_parcel=30.01)
	dear, cheap = stocked((10, two[0])), stocked((10, two[1]))
	lines = [line(dear, qty=10, rate=20), line(cheap, qty=10, rate=3)]
	doc = make_order(*lines, warehouse=elsewhere)
	assert [row.warehouse for row in doc.items] == [two[0], two[0]]
	assert "a parcel that is worth sending" in worded(doc.items[1].swf_route_reason)
	rule.min_parcel = 30
	rule.save()
	doc.save()
	assert [row.warehouse for row in doc.items] == [two[0], two[1]]


def test_a_new_rule_sends_parcels_of_any_value_and_none_is_below_nothing(two):
	assert frappe.new_doc("Warehouse Routing Rule").min_parcel == 0
	with pytest.raises(frappe.ValidationError, match="Smallest Parcel Value"):
		make_routing_rule(*two, min_parcel=-1)
