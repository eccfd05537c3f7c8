"""Rules, zones and warehouses that cannot work are refused."""

import pytest

import frappe

from tests.factories import (
	line,
	make_company,
	make_order,
	make_routing_rule,
	make_warehouse,
)
from tests.routing.routing_world import make_zone, set_costs

pytestmark = pytest.mark.usefixtures("routing_on_monday")


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
		({"transfer_days": 400}, "transfer days are too few or too many"),
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
		({"rates": [{"transit_days": 900}]}, "too few or too many"),
		({"rates": [{"service": "Express"}]}, "needs its courier"),
		({"rates": [{"freight": 1}, {"freight": 2}]}, "same as row"),
	],
	ids=str,
)
def test_a_zone_that_cannot_work_is_refused(values, words):
	with pytest.raises(frappe.ValidationError, match=words):
		make_zone(**values)
