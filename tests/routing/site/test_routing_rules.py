"""Routing rules on a site: whom they are for, how they choose, what is promised, and what is refused."""

from datetime import datetime, timedelta

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.base.said import worded
from sales_wh_flow.patches.v0_2 import parts_of_any_size
from sales_wh_flow.routing import api, facts
from tests.factories import (
	acting_as,
	company,
	counted_statements,
	line,
	make_address,
	make_company,
	make_customer,
	make_item,
	make_items,
	make_order,
	make_routing_rule,
	make_user,
	make_warehouse,
	unique,
)
from tests.factories import stocked_in as stocked

HAMBURG, BERLIN, MUNICH = (53.551086, 9.993682), (52.520008, 13.404954), (48.135125, 11.581981)
MORNING = datetime(2026, 11, 23, 8, 0)
"""A Monday."""


@pytest.fixture(autouse=True)
def routing_on(switches, monkeypatch):
	switches(routing=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")
	frappe.db.sql("update `tabDelivery Zone` set enabled = 0")
	frappe.db.set_value("Company", company().name, "default_holiday_list", None)
	monkeypatch.setattr(facts, "now_datetime", lambda: MORNING)


@pytest.fixture
def elsewhere():
	return make_warehouse("Elsewhere")


@pytest.fixture
def two():
	return make_warehouse("First"), make_warehouse("Second")


def rows(doc):
	return [(row.warehouse, row.qty) for row in doc.items]


def set_costs(rule, **costs):
	"""first={"handling_per_order": 3}: costs of a candidate by its place in the rule."""
	for at, values in costs.items():
		rule.candidates[int(at[1:]) - 1].update(values)
	rule.save()
	return rule


def make_zone(*rates, country="Germany", postcode="", **values):
	return frappe.get_doc(
		{
			"doctype": "Delivery Zone",
			"title": unique("Zone"),
			"areas": [{"in_country": country, "postcode": postcode}],
			"rates": list(rates),
			**values,
		}
	).insert()


def order_from(supplier_item, qty, warehouse, due):
	"""The name of a submitted Purchase Order."""
	supplier = frappe.get_doc({"doctype": "Supplier", "supplier_name": unique("Supplier")}).insert().name
	doc = frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"supplier": supplier,
			"company": company().name,
			"currency": company().currency,
			"schedule_date": due,
			"transaction_date": min(getdate(due), getdate(nowdate())),
			"items": [
				{
					"item_code": supplier_item,
					"qty": qty,
					"rate": 5,
					"warehouse": warehouse,
					"schedule_date": due,
				}
			],
		}
	)
	return doc.insert().submit().name


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


# promises


def test_stock_leaves_before_the_cut_off_and_arrives_after_the_transit_days(two, elsewhere, monkeypatch):
	make_routing_rule(*two)
	frappe.db.set_value("Warehouse", two[0], {"swf_has_cut_off": 1, "swf_cut_off": "12:00:00"})
	make_zone({"transit_days": 2})
	customer = make_customer()
	address = make_address(customer)
	item = stocked((50, two[0]))

	def promised():
		row = make_order(
			line(item), warehouse=elsewhere, customer=customer, shipping_address_name=address
		).items[0]
		return getdate(row.swf_ships_on), getdate(row.swf_promised_on), worded(row.swf_promise_source)

	ships, arrives, source = promised()
	assert (ships, arrives) == (MORNING.date(), add_days(MORNING.date(), 2))
	assert source.startswith(f"From stock in {two[0]}; leaves on ")
	monkeypatch.setattr(facts, "now_datetime", lambda: MORNING + timedelta(hours=4))
	assert promised()[:2] == (add_days(MORNING.date(), 1), add_days(MORNING.date(), 3))


def test_days_off_and_a_full_day_put_the_sending_off(two, elsewhere):
	make_routing_rule(*two)
	days = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": unique("Days"),
			"from_date": "2026-11-01",
			"to_date": "2026-12-31",
			"holidays": [{"holiday_date": add_days(MORNING.date(), 1), "description": "Off"}],
		}
	).insert()
	frappe.db.set_value(
		"Warehouse",
		two[0],
		{"swf_holiday_list": days.name, "swf_limit_lines": 1, "swf_lines_per_day": 2},
	)
	item = stocked((50, two[0]))
	doc = make_order(*(line(item) for _ in range(3)), warehouse=elsewhere)
	days = [getdate(row.swf_ships_on) for row in doc.items]
	assert days == [MORNING.date(), MORNING.date(), add_days(MORNING.date(), 2)]


def test_what_is_missing_is_promised_by_the_purchase_order_that_completes_it(two, elsewhere):
	make_routing_rule(*two)
	item = make_item()
	late, early = add_days(MORNING.date(), 9), add_days(MORNING.date(), 4)
	order_from(item, 50, two[0], late)
	soon = order_from(item, 5, two[1], early)
	make_zone({"transit_days": 1})
	customer = make_customer()
	address = make_address(customer)
	doc = make_order(line(item, qty=5), warehouse=elsewhere, customer=customer, shipping_address_name=address)
	row = doc.items[0]
	assert row.warehouse == two[1]  # nobody has any: where it is due first
	assert getdate(row.swf_promised_on) == add_days(early, 1)
	assert worded(row.swf_promise_source).startswith(f"{soon}, due on ")
	doc.submit()
	# The five are promised now; the next order waits for the fifty.
	second = make_order(
		line(item, qty=5), warehouse=elsewhere, customer=customer, shipping_address_name=address
	)
	assert rows(second) == [(two[0], 5)]
	assert getdate(second.items[0].swf_promised_on) == add_days(late, 1)


def test_the_first_promise_is_kept_when_things_change(two, elsewhere):
	make_routing_rule(*two)
	item = stocked((5, two[0]))
	make_zone({"transit_days": 0})
	address = make_address(customer := make_customer())
	doc = make_order(
		line(item, qty=5),
		warehouse=elsewhere,
		customer=customer,
		shipping_address_name=address,
		submit=True,
	)
	promised = getdate(doc.items[0].swf_promised_on)
	assert promised == MORNING.date()
	frappe.db.set_value("Warehouse", two[0], {"swf_has_cut_off": 1, "swf_cut_off": "06:00:00"})
	doc.reload()
	doc.db_update()
	doc.save()
	doc.reload()
	assert getdate(doc.items[0].swf_promised_on) == promised


def test_what_leaves_with_nobody_knowing_the_transit_is_promised_no_arrival(two, elsewhere):
	make_routing_rule(*two)
	row = make_order(line(stocked((5, two[0])), qty=5), warehouse=elsewhere).items[0]
	assert (getdate(row.swf_ships_on), row.swf_promised_on) == (MORNING.date(), None)
	assert worded(row.swf_promise_source).endswith(", transit unknown")


def test_what_nothing_on_its_way_suffices_for_has_no_day_and_says_so(two, elsewhere):
	make_routing_rule(*two)
	row = make_order(line(qty=3), warehouse=elsewhere).items[0]
	assert row.swf_promised_on is None
	assert worded(row.swf_promise_source) == f"No day yet: nothing that is on its way to {two[0]} suffices"


# three plans


@pytest.fixture
def order_with_plans(two, elsewhere):
	"""Line 1 in both warehouses, line 2 in the second; by rank two parcels."""
	set_costs(make_routing_rule(*two), c1={"handling_per_order": 5}, c2={"handling_per_order": 7})
	first, second = stocked((5, two[0]), (5, two[1])), stocked((5, two[1]))
	doc = make_order(line(first, qty=5), line(second, qty=5), warehouse=elsewhere)
	assert [row.warehouse for row in doc.items] == [two[0], two[1]]
	return doc


def test_three_plans_stand_side_by_side(order_with_plans, two):
	answer = api.route_plans(order_with_plans.name)
	assert [plan["way"] for plan in answer["plans"]] == ["fewest", "fastest", "cheapest"]
	fewest, fastest, cheapest = answer["plans"]
	assert (fewest["parcels"], fewest["warehouses"], fewest["cost"]) == (1, [two[1]], 7)
	assert (fastest["parcels"], fastest["last_leaves"]) == (2, str(MORNING.date()))
	assert cheapest["cost"] == 7
	assert [it["ships_on"] for it in fewest["lines"]] == [str(MORNING.date())] * 2
	assert (answer["kept"], answer["currency"]) == (0, company().currency)


def test_a_plan_that_is_taken_is_kept_until_the_rule_is_asked_again(order_with_plans, two):
	api.take_plan(order_with_plans.name, "fewest")
	order_with_plans.reload()
	assert [row.warehouse for row in order_with_plans.items] == [two[1], two[1]]
	assert [row.swf_keep_warehouse for row in order_with_plans.items] == [1, 1]
	assert all(row.swf_ships_on for row in order_with_plans.items)
	order_with_plans.save()
	assert [row.warehouse for row in order_with_plans.items] == [two[1], two[1]]
	assert api.route_plans(order_with_plans.name) == {
		"plans": [],
		"kept": 2,
		"currency": company().currency,
	}
	api.take_plan(order_with_plans.name, "rule")
	order_with_plans.reload()
	assert [row.warehouse for row in order_with_plans.items] == [two[0], two[1]]


def test_where_no_freight_rate_is_known_a_plan_says_so(order_with_plans):
	assert [plan["has_freight"] for plan in api.route_plans(order_with_plans.name)["plans"]] == [False] * 3


def test_where_every_parcel_has_a_rate_freight_is_known_and_counted(order_with_plans, two):
	rule = frappe.get_last_doc("Warehouse Routing Rule", {"enabled": 1})
	set_costs(rule, c1={"freight_per_km": 0.1})
	known = {plan["way"]: plan["has_freight"] for plan in api.route_plans(order_with_plans.name)["plans"]}
	assert known == {"fewest": False, "fastest": False, "cheapest": False}  # all send from the second, too
	set_costs(rule, c1={"freight_per_km": 0.1}, c2={"freight_per_km": 0.1})
	assert all(plan["has_freight"] for plan in api.route_plans(order_with_plans.name)["plans"])


@pytest.fixture
def order_of_two_parcels(two, elsewhere):
	"""Each line in one warehouse alone; five of the first are due at the second in four days."""
	make_routing_rule(*two)
	first, second = stocked((5, two[0])), stocked((5, two[1]))
	order_from(first, 5, two[1], add_days(MORNING.date(), 4))
	return make_order(line(first, qty=5), line(second, qty=5), warehouse=elsewhere)


def test_one_parcel_later_is_offered_with_its_day_and_can_be_taken(order_of_two_parcels, two):
	*now, later = api.route_plans(order_of_two_parcels.name)["plans"]
	assert [(plan["way"], plan["parcels"]) for plan in now] == [
		("fewest", 2),
		("fastest", 2),
		("cheapest", 2),
	]
	day = str(add_days(MORNING.date(), 4))
	assert (later["way"], later["parcels"], later["warehouses"]) == ("later", 1, [two[1]])
	assert (later["last_leaves"], [it["ships_on"] for it in later["lines"]]) == (day, [day, day])
	api.take_plan(order_of_two_parcels.name, "later")
	order_of_two_parcels.reload()
	assert [row.warehouse for row in order_of_two_parcels.items] == [two[1], two[1]]
	assert [row.swf_keep_warehouse for row in order_of_two_parcels.items] == [1, 1]


def test_no_parcel_later_is_offered_where_one_leaves_complete_now_or_nothing_is_due(
	order_with_plans, two, elsewhere
):
	assert "later" not in [plan["way"] for plan in api.route_plans(order_with_plans.name)["plans"]]
	never = make_order(
		line(stocked((5, two[0])), qty=5), line(stocked((5, two[1])), qty=5), warehouse=elsewhere
	)
	assert "later" not in [plan["way"] for plan in api.route_plans(never.name)["plans"]]
	with pytest.raises(frappe.ValidationError, match="No single warehouse will have all"):
		api.take_plan(never.name, "later")


def test_plans_are_for_drafts_and_for_those_who_may_write(order_with_plans):
	with acting_as(make_user("Stock User")), pytest.raises(frappe.PermissionError):
		api.take_plan(order_with_plans.name, "fewest")
	with acting_as(make_user("Employee")), pytest.raises(frappe.PermissionError):
		api.route_plans(order_with_plans.name)
	with pytest.raises(frappe.ValidationError, match=r"no plan .*quickest"):
		api.take_plan(order_with_plans.name, "quickest")
	order_with_plans.submit()
	with pytest.raises(frappe.ValidationError, match="no draft any more"):
		api.take_plan(order_with_plans.name, "fewest")


# where the stock is


def test_each_line_says_where_its_stock_is(two):
	item, service = stocked((4, two[0]), (6, two[1])), make_item(is_stock_item=0)
	due = add_days(MORNING.date(), 5)
	document = order_from(item, 5, two[1], due)

	def told(qty, warehouse=two[0]):
		(found,) = api.availability(company().name, [{"item_code": item, "warehouse": warehouse, "qty": qty}])
		return found

	assert [told(qty)["state"] for qty in (4, 10, 15, 16)] == ["here", "elsewhere", "on its way", "short"]
	assert told(15)["day"] == str(due)
	assert told(16)["short"] == 1
	assert told(1)["places"] == [{"warehouse": two[0], "qty": 4}, {"warehouse": two[1], "qty": 6}]
	assert told(1)["coming"] == [{"warehouse": two[1], "qty": 5, "due": str(due), "document": document}]
	row = {"item_code": item, "warehouse": two[0], "qty": 3}
	assert [it["state"] for it in api.availability(company().name, frappe.as_json([row, row]))] == [
		"here",
		"elsewhere",
	]
	assert api.availability(company().name, [{"item_code": service, "qty": 1}]) == [None]


def test_stock_is_told_to_those_who_may_read_orders_and_of_warehouses_they_may_see(two):
	item = stocked((4, two[0]), (6, two[1]))
	row = {"item_code": item, "warehouse": two[0], "qty": 1}
	with acting_as(make_user("Employee")), pytest.raises(frappe.PermissionError):
		api.availability(company().name, [row])
	user = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Warehouse", "for_value": two[0]}
	).insert()
	with acting_as(user):
		(found,) = api.availability(company().name, [row])
	assert found["places"] == [{"warehouse": two[0], "qty": 4}]


# what is refused


@pytest.mark.parametrize(
	("values", "words"),
	[
		({"max_splits": 0}, "Enter 1 to never split"),
		({"min_share": 101}, "Enter a share"),
		({"ship_to_postcode": "10.*"}, "no postcode pattern"),
		({"min_value": 10, "max_value": 5}, "no order can fit"),
	],
	ids=str,
)
def test_a_rule_that_cannot_work_is_refused(two, values, words):
	with pytest.raises(frappe.ValidationError, match=words):
		make_routing_rule(*two, **values)


@pytest.mark.parametrize(
	("costs", "words"),
	[
		({"handling_per_order": -1}, "Handling per Order"),
		({"handling_per_line": -0.5}, "Handling per Line"),
		({"freight_per_km": 1_000_000}, "Freight per km"),
		({"transfer_days": 400}, "transfer days are absurd"),
		({"rank": 0}, "too low"),
	],
	ids=str,
)
def test_absurd_costs_of_a_candidate_are_refused(two, costs, words):
	with pytest.raises(frappe.ValidationError, match=words):
		set_costs(make_routing_rule(*two), c1=costs)


def test_candidates_that_cannot_serve_are_refused(two):
	frappe.db.set_value("Warehouse", two[0], "swf_is_sellable", 0)
	with pytest.raises(frappe.ValidationError, match="does not sell"):
		make_routing_rule(two[0])
	with pytest.raises(frappe.ValidationError, match="without a warehouse below it that sells"):
		make_routing_rule(make_warehouse("Empty", is_group=1))
	other = make_company()
	foreign = make_warehouse(company=other.name)
	with pytest.raises(frappe.ValidationError, match="belongs to"):
		make_routing_rule(foreign)


def test_a_warehouse_that_can_send_nothing_a_day_is_refused():
	warehouse = frappe.get_doc("Warehouse", make_warehouse())
	warehouse.update({"swf_limit_lines": 1, "swf_lines_per_day": 0})
	with pytest.raises(frappe.ValidationError, match="0 lines a day"):
		warehouse.save()
	warehouse.reload()
	warehouse.swf_latitude = 91
	with pytest.raises(frappe.ValidationError, match="no place on earth"):
		warehouse.save()


def test_a_kept_row_in_a_warehouse_that_does_not_sell_is_refused(two):
	make_routing_rule(*two)
	returns = make_warehouse("Returns", swf_is_sellable=0)
	with pytest.raises(frappe.ValidationError, match="does not sell"):
		make_order(line(warehouse=returns, swf_keep_warehouse=1))


@pytest.mark.parametrize(
	("values", "words"),
	[
		({"areas": [{}]}, "is empty"),
		({"areas": [{"postcode": "("}]}, "no postcode pattern"),
		({"rates": [{"freight": -1}]}, "negative"),
		({"rates": [{"transit_days": 900}]}, "absurd"),
		({"rates": [{"service": "Express"}]}, "needs its courier"),
		({"rates": [{"freight": 1}, {"freight": 2}]}, "same as row"),
	],
	ids=str,
)
def test_a_zone_that_cannot_work_is_refused(values, words):
	with pytest.raises(frappe.ValidationError, match=words):
		make_zone(**values)


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
