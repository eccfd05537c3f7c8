"""What the app adds to classes, rights and desk stands beside what other apps add, on every version."""

import pytest

import frappe
from frappe.permissions import has_controller_permissions

from sales_wh_flow.base import compat
from sales_wh_flow.overrides.bin import FlowBin
from tests.factories import (
	acting_as,
	line,
	make_order,
	make_user,
	make_warehouse,
	stocked,
)

OURS = "sales_wh_flow.order.permissions.order_from_its_warehouses"
SHIPPED = (
	*("Workspace", "Number Card", "Dashboard", "Dashboard Chart"),
	*("Page", "Print Format", "Report"),
)
"""Records of a module's files. Not Module Onboarding: it asks for an address that is another's everywhere."""


def no(*_args, **_values):
	return False


def yes(*_args, **_values):
	return True


@pytest.mark.parametrize("others_come", ["before", "after"])
@pytest.mark.parametrize(("answer", "allowed"), [(no, False), (yes, True)])
def test_the_word_of_another_app_on_an_order_counts(monkeypatch, others_come, answer, allowed):
	order = make_order(line(stocked(1, make_warehouse())))
	other = f"{__name__}.{answer.__name__}"
	hooks = [other, OURS] if others_come == "before" else [OURS, other]
	monkeypatch.setattr(frappe, "get_hooks", lambda *_args, **_values: {"Sales Order": hooks})
	monkeypatch.setattr(frappe, "call", lambda method, **values: named(method)(**values))

	assert has_controller_permissions(order, "read") is allowed


@pytest.mark.parametrize(("role", "is_shown"), [("Sales User", True), ("Accounts User", False)])
def test_a_chart_of_a_report_is_shown_to_who_may_open_the_report(role, is_shown):
	"""Frappe's own rule: a yes of the app would be the last word, and the workspace greet with a refusal."""
	with acting_as(make_user(role)):
		assert frappe.has_permission("Dashboard Chart", doc="Open Orders by Stage") is is_shown


def named(method):
	return {"no": no, "yes": yes}.get(method.rpartition(".")[2]) or frappe.get_attr(method)


def test_bin_is_extended_on_the_way_this_frappe_offers():
	place = make_warehouse()
	item = stocked(1, place)

	assert isinstance(frappe.get_doc("Bin", {"item_code": item, "warehouse": place}), FlowBin)
	assert frappe.get_hooks(compat.CLASS_HOOK)["Bin"] == ["sales_wh_flow.overrides.bin.FlowBin"]


@pytest.mark.parametrize(
	("role", "sees_it"), [("Sales User", True), ("Stock User", True), ("HR User", False)]
)
def test_the_apps_icon_is_shown_to_who_finds_something_behind_it(role, sees_it):
	icon = frappe.get_hooks("add_to_apps_screen", app_name="sales_wh_flow")[0]

	with acting_as(make_user(role)):
		assert frappe.get_attr(icon["has_permission"])() is sees_it

	assert icon["route"] == f"{compat.DESK}/{frappe.scrub('Order Flow').replace('_', '-')}"


@pytest.mark.parametrize(("role", "finds", "misses"), [("Stock User", "pick", "Order Approval Rule")])
def test_the_sidebar_of_a_later_desk_offers_what_a_role_may_open(role, finds, misses):
	if not frappe.db.exists("DocType", "Workspace Sidebar"):
		pytest.skip("this Frappe has no sidebars of apps")
	from frappe import cache_manager
	from frappe.boot import get_sidebar_items

	cache_manager.build_domain_restricted_doctype_cache()
	cache_manager.build_domain_restricted_page_cache()
	with acting_as(make_user(role)):
		offered = {row["link_to"] for row in get_sidebar_items([])["order flow"]["items"]}

	assert finds in offered and misses not in offered
	assert frappe.db.get_value("Desktop Icon", "Order Flow", "link_to") == "Order Flow"


def test_the_home_of_a_later_desk_has_one_tile_of_ours():
	if not frappe.db.exists("DocType", "Workspace Sidebar"):
		pytest.skip("this Frappe has no tiles of apps")
	from frappe.boot import get_sidebar_items
	from frappe.desk.doctype.desktop_icon import desktop_icon

	desktop_icon.create_desktop_icons()  # what Frappe does after each app that is installed
	with acting_as(make_user("Sales User")):
		icons = desktop_icon.get_desktop_icons(
			bootinfo=frappe._dict(workspace_sidebar_item=get_sidebar_items([]))
		)

	ours = [icon for icon in icons if icon.app == "sales_wh_flow" or "Flow" in icon.label]
	assert [icon.label for icon in ours if not icon.hidden] == ["Order Flow"]


@pytest.mark.parametrize("doctype", [*SHIPPED, *compat.PLACES_ON_DESK])
def test_an_admin_may_change_what_the_app_ships_on_every_version(doctype):
	of_us = {"app": "sales_wh_flow"} if doctype in compat.PLACES_ON_DESK else {"module": "Sales WH Flow"}
	shipped = frappe.get_all(doctype, of_us, pluck="name")

	docs = [frappe.get_doc(doctype, name) for name in shipped]
	lacking = {doc.name: doc._get_missing_mandatory_fields() for doc in docs}

	assert shipped and not any(lacking.values()), lacking


def test_an_admin_may_rearrange_the_workspace():
	workspace = frappe.get_doc("Workspace", "Order Flow")
	workspace.links.pop()

	workspace.save()

	assert len(frappe.get_doc("Workspace", "Order Flow").links) == len(workspace.links)
