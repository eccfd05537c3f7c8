"""Several pickers share a phone: a PIN says who takes it. Asked through a real server."""

import json
from types import SimpleNamespace
from urllib.parse import urlencode
from urllib.request import Request

import pytest

import frappe
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address  # noqa: F401
from tests.site import SITE, set_switches

API = "sales_wh_flow.picking.shared_phone.api."
PIN, OTHER = "290417", "111111"


@pytest.fixture(scope="module")
def people(site):
	"""Two pickers; the second may approve orders, too, so a PIN opens more than the way of goods."""
	frappe.set_user("Administrator")
	set_switches(stock_lock=True, fulfilment=True, shared_phones="1")
	roles = {
		"first": ("Stock User",),
		"second": ("Stock User", "Delivery User"),
		"boss": ("Stock User", "Order Approver"),
		"seller": ("Sales User",),
	}
	names = {who: make.make_user(*its) for who, its in roles.items()}
	for name in names.values():
		update_password(name, PASSWORD)
	frappe.db.commit()
	yield SimpleNamespace(**names)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	set_switches(shared_phones="0")
	frappe.db.commit()


@pytest.fixture
def phone(address, people):  # noqa: F811
	"""Who is logged in on it: ``phone("first")``, nobody without a name."""
	return lambda who=None: Person(address, who and getattr(people, who))


def set_pin(somebody, pin=PIN, password=PASSWORD):
	return somebody.call(API + "set_my_pin", {"pin": pin, "password": password})


def take(somebody, user, pin=PIN):
	return somebody.call(API + "take_phone", {"user": user, "pin": pin})


def logged_in(somebody):
	return json.loads(somebody.call("frappe.auth.get_logged_user", {}, "GET")[1])["message"]


@pytest.fixture
def second_has_a_pin(phone):
	assert set_pin(phone("second"))[0] == 200


def test_who_has_a_pin_takes_the_phone_and_the_session_before_ends(phone, people, second_has_a_pin):
	shared = phone("first")
	listed = json.loads(shared.call(API + "people_with_pin", {}, "GET")[1])["message"]
	assert people.second in [one["user"] for one in listed]
	status, text = take(shared, people.second)
	assert status == 200, text[-300:]
	assert logged_in(shared) == people.second


def test_a_browser_keeps_the_cookie_of_the_new_session(phone, people, second_has_a_pin):
	"""Browsers take the last word on a cookie; Python's jar, which the others ask with, does not."""
	shared = phone("first")
	told = urlencode({"user": people.second, "pin": PIN}).encode()
	asked = Request(f"{shared.address}/api/method/{API}take_phone", told, method="POST")
	asked.add_header("X-Frappe-Site-Name", SITE)
	asked.add_header("X-Frappe-CSRF-Token", shared.token)
	with shared._open(asked, timeout=60) as answer:
		said = [it for it in answer.headers.get_all("Set-Cookie") if it.startswith("sid=")]
	assert said and not said[-1].startswith("sid=;")


def test_a_wrong_pin_changes_nothing_and_the_fifth_locks_it(phone, people, second_has_a_pin):
	shared = phone("first")
	for _time in range(5):
		status, text = take(shared, people.second, OTHER)
		assert status == 403 and "not the PIN" in text
	status, text = take(shared, people.second)
	assert status == 403 and "is locked" in text
	assert logged_in(shared) == people.first
	assert set_pin(phone("second"))[0] == 200
	assert take(shared, people.second)[0] == 200


def test_a_pin_that_was_right_forgets_the_wrong_ones_before(phone, people, second_has_a_pin):
	for _time in range(4):
		take(phone("first"), people.second, OTHER)
	assert take(phone("first"), people.second)[0] == 200
	assert frappe.db.get_value("Phone PIN", people.second, "failures") == 0
	frappe.db.rollback()


def test_a_pin_is_set_with_the_password_alone(phone):
	status, text = set_pin(phone("first"), password="Something-Else-9")
	assert status == 403 and "not your password" in text


@pytest.mark.parametrize("pin", ["123456", "111111", "987654", "123123", "12345", "1234567", "12345a", ""])
def test_a_pin_that_everybody_tries_first_is_refused(phone, pin):
	assert set_pin(phone("first"), pin)[0] == 417


def test_who_may_do_more_than_the_way_of_goods_has_no_pin(phone, people):
	status, text = set_pin(phone("boss"))
	assert status == 403 and "password" in text
	frappe.db.sql(
		"""insert into `tabPhone PIN` (name, user, creation, modified)
		values (%(user)s, %(user)s, now(), now())""",
		{"user": people.boss},
	)
	update_password(people.boss, PIN, "Phone PIN", "pin")
	frappe.db.commit()
	shared = phone("first")
	assert take(shared, people.boss)[0] == 417
	assert logged_in(shared) == people.first
	for user in ("Administrator", "Guest", people.seller):
		assert take(shared, user)[0] in (403, 417)


def test_nobody_from_outside_tries_a_pin(phone, people, second_has_a_pin):
	assert take(phone(), people.second)[0] == 403
	assert take(phone("seller"), people.second)[0] == 403
	status, _text = phone("first").call(API + "take_phone", {"user": people.second, "pin": PIN}, "GET")
	assert status == 403


def test_no_pin_is_read_or_written_over_rest(phone, people, second_has_a_pin):
	shared = phone("first")
	assert shared.ask(f"/api/resource/Phone%20PIN/{people.second}")[0] == 403
	status, _text = shared.ask(
		f"/api/resource/Phone%20PIN/{people.second}", {"is_locked": 0}, "PUT", shared.token
	)
	assert status == 403


@pytest.mark.parametrize("second_factor", [False, True])
def test_without_the_setting_or_with_a_second_factor_there_are_no_pins(
	phone, people, second_has_a_pin, second_factor
):
	shared = phone("first")
	if second_factor:
		frappe.db.set_single_value("System Settings", "enable_two_factor_auth", 1)
	else:
		frappe.db.set_single_value("Sales Flow Settings", "shared_phones", 0)
	frappe.clear_cache()
	frappe.db.commit()
	try:
		assert take(shared, people.second)[0] == 417
	finally:
		frappe.db.set_single_value("System Settings", "enable_two_factor_auth", 0)
		frappe.db.set_single_value("Sales Flow Settings", "shared_phones", 1)
		frappe.clear_cache()
		frappe.db.commit()
