"""What a device asks for twice under one key happens once."""

import pytest

import frappe

from sales_wh_flow.base import once
from tests.factories import make_user

KEY = "phone-7_0001"


@pytest.fixture
def scans():
	"""``scan(key)`` counts how often the work itself was done."""
	done = []

	def scan(key=KEY, action="pick"):
		def work():
			done.append(key)
			return {"found": len(done)}

		return once.done_once(key, action, work)

	scan.done = done
	return scan


def test_a_repeated_call_gets_the_first_answer_and_does_nothing(scans):
	assert scans() == {"found": 1}
	assert scans() == {"found": 1}
	assert scans.done == [KEY]


def test_another_key_is_another_action(scans):
	assert [scans(), scans("phone-7_0002")] == [{"found": 1}, {"found": 2}]


def test_an_action_that_was_refused_may_be_tried_again_with_its_key():
	def refused():
		frappe.throw("Not on the list")

	frappe.db.savepoint("before_it")
	with pytest.raises(frappe.ValidationError):
		once.done_once(KEY, "pick", refused)
	frappe.db.rollback(save_point="before_it")
	assert once.done_once(KEY, "pick", lambda: "picked") == "picked"


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "has a blank", "<b>12345678</b>", None])
def test_what_is_no_key_is_refused(scans, key):
	with pytest.raises(frappe.ValidationError, match="key of an action"):
		scans(key)
	assert not scans.done


def test_a_key_is_never_good_for_another_action(scans):
	scans()
	with pytest.raises(frappe.PermissionError, match="another action"):
		scans(action="pack")


def test_a_key_is_never_good_for_other_values(scans, monkeypatch):
	def request(**values):
		monkeypatch.setattr(frappe.local, "form_dict", frappe._dict(values, key=KEY))

	request(serial="S-1")
	assert scans() == scans()
	request(serial="S-2")
	with pytest.raises(frappe.PermissionError, match="another action"):
		scans()
	assert scans.done == [KEY]


def test_a_key_of_before_an_update_is_good_for_its_action(scans):
	scans()
	frappe.db.set_value("Device Action", KEY, "action", "pick")
	assert scans() == {"found": 1}


def test_nobody_gets_the_answer_to_somebody_elses_key(scans):
	scans()
	frappe.set_user(make_user("Stock User"))
	with pytest.raises(frappe.PermissionError, match="another action"):
		scans()


def test_keys_are_forgotten_after_a_week(scans):
	scans()
	assert once.forget_old() == 0
	frappe.db.sql("update `tabDevice Action` set creation = creation - interval 8 day where name = %s", KEY)
	assert once.forget_old() == 1
