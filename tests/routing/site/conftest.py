"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

import frappe

from sales_wh_flow.routing import read_facts as facts
from tests.factories import company, line, make_order, make_routing_rule, make_warehouse, stocked_in
from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401
from tests.routing.routing_world import MORNING


@pytest.fixture
def routing_on(switches):  # noqa: F811
	"""Routing is on, and no rule is there."""
	switches(routing=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")


@pytest.fixture
def routing_on_monday(routing_on, monkeypatch):
	"""No zone is there either, and it is Monday morning."""
	frappe.db.sql("update `tabDelivery Zone` set enabled = 0")
	frappe.db.set_value("Company", company().name, "default_holiday_list", None)
	monkeypatch.setattr(facts, "now_datetime", lambda: MORNING)


@pytest.fixture
def elsewhere():
	"""A warehouse that no rule names: where the user's rows start."""
	return make_warehouse("Elsewhere")


@pytest.fixture
def two():
	"""Two candidates by rank: the nearer word comes first."""
	return make_warehouse("First"), make_warehouse("Second")


@pytest.fixture
def both(two):
	"""The two, by a rule."""
	make_routing_rule(*two)
	return two


@pytest.fixture
def split(both, elsewhere):
	"""A saved draft: 10 of an item, 6 in the first warehouse and 4 in the second, between two other lines."""
	item = stocked_in((6, both[0]), (7, both[1]))
	dear = line(item, qty=10, rate=90, discount_percentage=10)
	return make_order(line(qty=1), dear, line(qty=2), warehouse=elsewhere)
