"""Three plans side by side on a draft, and where its stock is."""

import pytest

import frappe
from frappe.utils import add_days

from sales_wh_flow.routing import api
from tests.factories import (
	acting_as,
	company,
	line,
	make_item,
	make_order,
	make_routing_rule,
	make_user,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import MORNING, order_from, set_costs

pytestmark = pytest.mark.usefixtures("routing_on_monday")


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
