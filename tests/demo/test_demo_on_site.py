"""The whole story on a fresh site, by the very command a user runs; what a user does next works."""

import json

import pytest
import the_demo

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


def test_everybody_printed_can_log_in_and_open_the_pages_of_their_roles(told):
	pages = set()
	assert len(told.logins) > 5
	for user, (password, roles) in told.logins.items():
		desk = the_demo.Desk(told.address, user, password)
		assert desk.call("frappe.auth.get_logged_user") == user
		done = the_demo.opened(desk, user, set(roles))
		assert done or user == "Administrator", f"{user} has no page"
		pages.update(done)
	assert pages == {"sales-order", *the_demo.PAGES}


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


MASTERS = ("Company", "Warehouse", "Item", "Customer", "Sales Order")
"""On a plain site there is none, and whatever belongs to a company points at one of them."""
