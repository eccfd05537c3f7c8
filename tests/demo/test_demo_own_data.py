"""A company's own files on a fresh site, by the very command a user runs."""

import os

import pytest

from tests.demo import own_company, the_demo

pytestmark = pytest.mark.skipif(
	not (the_demo.LANE and os.environ.get("DEMO_OWN_FILES")),
	reason="a second site, and minutes: run this with `script/test demo`, or with --thorough",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
	folder = tmp_path_factory.mktemp("own")
	return the_demo.run(folder / "here", "--data", str(own_company.write(folder / "files")))


def test_it_ends_well_and_says_where_the_desk_is(told):
	assert told.status == the_demo.ON_SITE
	assert told.last_line == f"demo: ran on a real site, the desk is at {told.address}"
	assert the_demo.TRACEBACK not in told.text


def test_its_page_is_about_the_company_of_the_files(told):
	assert "Tarnholm" not in told.page and "Werft Nord" in told.page


def test_its_people_can_log_in_and_open_the_pages_of_their_roles(told):
	assert {"antje@moewe.example", "bodo@moewe.example", "clara@moewe.example"} < set(told.logins)
	for user, (password, _roles) in told.logins.items():
		desk = the_demo.Desk(told.address, user, password)
		assert user == "Administrator" or the_demo.opened(desk, user, told.pages[user])


def test_every_order_of_the_files_is_on_the_site_once(told):
	desk = the_demo.Desk(told.address, "Administrator", told.logins["Administrator"][0])
	orders = desk.call("frappe.client.get_list", doctype="Sales Order", limit_page_length="0")
	assert len(orders) == own_company.ORDERS


def test_the_stock_lock_is_right(told):
	assert the_demo.bench("swhf-check") == (0, "All is well: nothing was found.")


def test_no_log_holds_a_traceback(told):
	assert the_demo.tracebacks() == []
