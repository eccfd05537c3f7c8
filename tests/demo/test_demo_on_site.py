"""The whole story on a fresh site, by the very command a user runs; what a user does next works."""

import json
import re

import pytest

from tests.demo import the_demo

pytestmark = pytest.mark.skipif(
	not the_demo.LANE, reason="DEMO_LANE is not set: run this with `script/test demo`"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
	return the_demo.run(tmp_path_factory.mktemp("sample"))


def test_it_ends_well_and_says_where_the_desk_is(told):
	assert told.status == the_demo.ON_SITE
	assert told.last_line == f"demo: ran on a real site, the desk is at {told.address}"
	assert the_demo.TRACEBACK not in told.text


def test_the_page_with_the_charts_is_written(told):
	assert "Tarnholm Supply" in told.page and f"{the_demo.LANE}.localhost" in told.page
	assert told.page.rstrip().endswith("</html>")


def test_the_story_writes_its_numbers_one_way(told):
	"""English, as its words: "1,051 km" and "103.7 Kg", also in the sentences that the site made."""
	assert re.search(r"\d,\d{3} km\b", told.text)
	assert not re.findall(r"\b\d\.\d{3} km\b|\b\d+,\d{1,2} [A-Z][a-z]+\b", told.text)


def test_everybody_printed_can_log_in_and_open_the_pages_told_of_them(told, rows):
	assert len(told.logins) > 5
	assert set(rows) == set(told.logins) - {"Administrator"}
	assert {page for found in rows.values() for page in found} == {*the_demo.PAGES, *the_demo.LISTS}


@pytest.fixture(scope="module")
def rows(told):
	"""How many rows everybody finds on each of their pages."""
	found = {}
	for user, pages in told.pages.items():
		desk = the_demo.Desk(told.address, user, told.logins[user][0])
		assert desk.call("frappe.auth.get_logged_user") == user
		found[user] = the_demo.opened(desk, user, pages)
	return found


def test_every_page_has_something_to_do_for_each_of_its_people(rows):
	"""Only who is asked about no late order has no delays."""
	empty = {(user, page) for user, found in rows.items() for page, count in found.items() if not count}
	assert {page for _user, page in empty} <= {"my-delays"}
	assert [user for user, found in rows.items() if found.get("my-delays")]


def test_boxes_are_everywhere_on_their_way(told):
	"""In the house, with couriers, delivered, failed, refused, not a word heard."""
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	boxes = the_demo.rows_of(desk, "Order Box", "state", "sscc", "freight", "weighed_kg", "box_type")
	states = {box["state"] for box in boxes}
	assert {"Closed", "Handed Over", "Out for Delivery", "Delivered", "Refused", "Delivery Failed"} <= states
	assert all(box["sscc"] and box["freight"] and box["weighed_kg"] and box["box_type"] for box in boxes)
	labels = the_demo.rows_of(desk, "Courier Label", "state", "tracking_no")
	assert labels and all(label["state"] == "On Box" and label["tracking_no"] for label in labels)
	events = the_demo.rows_of(desk, "Courier Event", "signature_ok", "outcome")
	assert events and all(event["signature_ok"] for event in events)
	assert "Silent Parcels names it" in told.page


def test_goods_came_back_in_every_way_and_the_money_followed(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	cases = the_demo.rows_of(desk, "Return Case", "state")
	states = [case["state"] for case in cases]
	assert states.count("Posted") == 3 and "Open" in states
	invoices = the_demo.rows_of(desk, "Sales Invoice", "docstatus", "is_return", "is_opening")
	kinds = {(row["docstatus"], row["is_return"]) for row in invoices if row["is_opening"] == "No"}
	assert {(0, 0), (1, 0), (1, 1)} <= kinds
	for words in ("back to stock, refunded", "scrapped, to be replaced", "into quarantine", "closes short"):
		assert words in told.page, words
	assert "opened again by" in told.page and "promised to be paid by" in told.page


def test_messages_would_have_gone_out_and_none_did(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	messages = the_demo.rows_of(desk, "Order Message", "state", "milestone")
	assert {message["state"] for message in messages} == {"Would Have Gone Out"}
	told_of = {message["milestone"] for message in messages}
	assert {"Confirmed", "Dispatched", "Delivered", "Refused", "Return Received", "Refunded"} <= told_of


def test_every_approver_finds_something_in_the_inbox(told):
	approvers = {"Order Approver", "Accounts Manager", "Sales Manager"}
	users = [user for user, (_password, roles) in told.logins.items() if approvers & set(roles)]
	assert len(users) == 4
	for user in users:
		desk = the_demo.Desk(told.address, user, told.logins[user][0])
		assert desk.call("sales_wh_flow.approval.desk.api.approval_inbox")["orders"], user


def test_the_end_says_of_every_draft_why_it_is_one(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	drafts = desk.call(
		"frappe.client.get_list", doctype="Sales Order", filters='{"docstatus": 0}', limit_page_length="0"
	)
	_before, _heading, end = told.text.rpartition("drafts, and why they are:")
	said = {line.split()[0]: line for line in end.splitlines() if line.startswith("   SAL-ORD")}
	assert set(said) == {row["name"] for row in drafts}
	assert any("waits for" in line for line in said.values())
	assert any("owes no approval" in line for line in said.values())


def test_some_orders_are_late_and_some_wait_for_goods_that_are_on_their_way(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	orders = desk.call(
		"frappe.client.get_list",
		doctype="Sales Order",
		fields='["name", "delivery_date", "creation"]',
		filters='{"docstatus": 1, "per_delivered": ["<", 100]}',
		limit_page_length="0",
	)
	late = [order for order in orders if order["delivery_date"] < order["creation"][:10]]
	assert len(late) == 3
	assert re.search(r"line \d+ waits for .* on PUR-ORD-\d+-\d+, expected", told.text)


def test_the_page_says_in_how_few_parcels_the_orders_leave(told):
	tiles = dict(
		(text, number) for number, text in re.findall(r"<b>([^<]+)</b><span>([^<]+)</span>", told.page)
	)
	assert float(tiles["of the orders leave from one warehouse"].rstrip("%")) >= 85
	assert float(tiles["leave from at most two"].rstrip("%")) >= 98
	(against,) = [number for text, number in tiles.items() if "the same goods need at least" in text]
	assert float(against.rstrip("%")) <= 3


def test_an_order_is_taxed_by_its_country_and_its_print_names_the_postcode(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	orders = desk.call(
		"frappe.client.get_list",
		doctype="Sales Order",
		fields='["name", "shipping_address_name", "total_taxes_and_charges"]',
		limit_page_length="0",
	)
	is_taxed = {}
	for order in orders:
		address = desk.call("frappe.client.get", doctype="Address", name=order["shipping_address_name"])
		is_taxed.setdefault(address["country"] == "Germany", set()).add(order["total_taxes_and_charges"] > 0)
	assert is_taxed == {True: {True}, False: {False}}
	printed = desk.get(f"/printview?doctype=Sales%20Order&name={orders[0]['name']}")
	address = desk.call("frappe.client.get", doctype="Address", name=orders[0]["shipping_address_name"])
	words = re.sub(r"<[^>]*>", " ", printed)
	assert address["pincode"] in words and "None" not in words


def test_the_stock_lock_is_right(told):
	assert the_demo.bench("swhf-check") == (0, "All is well: nothing was found.")


def test_no_log_holds_a_traceback(told):
	assert the_demo.tracebacks() == []


def test_a_second_load_of_the_sample_company_makes_nothing_twice(told):
	count = json.dumps({"dt": "Sales Order"})
	before = the_demo.bench("execute", "frappe.db.count", "--kwargs", count)
	status, text = the_demo.bench("swhf-sample", "load")
	assert status == 0 and "nothing new" in text
	assert the_demo.bench("execute", "frappe.db.count", "--kwargs", count) == before


def test_taking_the_sample_company_away_leaves_nothing(told):
	status, text = the_demo.bench("swhf-sample", "remove")
	assert status == 0 and "Deleted: " in text
	assert "Kept: " not in text
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	assert the_demo.pointing_at(desk, MASTERS) == {}
	assert not any(desk.call("frappe.client.get_count", doctype=doctype) for doctype in MASTERS)
	assert the_demo.bench("swhf-check")[0] == 0


def test_taking_it_away_again_leaves_what_somebody_has_turned_on_since(told):
	switch = ["Stock Settings", "enable_stock_reservation"]
	the_demo.bench("execute", "frappe.db.set_single_value", "--args", json.dumps([*switch, 1]))
	assert the_demo.bench("swhf-sample", "remove")[0] == 0
	kept = the_demo.bench("execute", "frappe.db.get_single_value", "--args", json.dumps(switch))
	assert kept == (0, "1")


MASTERS = ("Company", "Warehouse", "Item", "Customer", "Sales Order", "Delivery Note", "Order Box")
"""On a plain site there is none, and whatever belongs to a company points at one of them."""
