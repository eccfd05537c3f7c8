"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

import frappe

from sales_wh_flow.routing import read_facts as facts
from tests.factories import company, make_warehouse
from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401
from tests.routing.routing_world import MORNING


@pytest.fixture
def routing_on_monday(switches, monkeypatch):  # noqa: F811
	"""Routing is on, no rule or zone is there, and it is Monday morning."""
	switches(routing=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")
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
