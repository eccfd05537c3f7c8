"""What people without the right try over HTTP: forged fields, foreign documents, doubled calls."""

# ruff: noqa: F811 - the fixtures are those of another module

import json
from urllib.parse import unquote

import pytest

import frappe

from sales_wh_flow.milestones import page_link
from tests import factories as make
from tests.returns import returns_world
from tests.returns.site.test_returns_by_http import (  # noqa: F401
	ON,
	REFUSED,
	a_case,
	address,
	call,
	person,
	sent,
	world,
)
from tests.site import set_switches

NO = (*REFUSED, 404, 417)


def api_of(somebody, path, verb="POST", **values):
	return somebody.call(f"sales_wh_flow.{path}", values, verb=verb)


@pytest.fixture
def case(sent):
	_order, note = sent
	made = returns_world.opened(returns_world.asked(note, 1))
	frappe.db.commit()
	return made


def test_nobody_forges_what_the_flow_writes_into_a_case(person, case):
	somebody = person("sales manager")
	forged = {
		"state": "Posted",
		"return_tracking_no": "FORGED",
		"return_label": "/private/files/secret.pdf",
		"announced_from": "Customer's Page",
		"box": "BOX-1",
		"waived_by": "Administrator",
	}
	path = f"/api/resource/Return%20Case/{case.name}"
	status, text = somebody.ask(path, forged, "PUT", somebody.token)
	assert status == 200, text[-300:]
	frappe.db.rollback()
	stored = frappe.get_doc("Return Case", case.name)
	assert [stored.get(field) for field in forged] == ["Open", None, None, None, None, None]


def test_who_is_permitted_another_warehouse_does_nothing_with_the_case(person, case):
	somebody = person("stock user of elsewhere")
	asked = json.dumps([{"row": case.rows[0].delivery_note_item, "qty": 1}])
	for method, values in (
		("add_to_return", {"asked": asked}),
		("inspect_returned", {"row": case.rows[0].name}),
		("make_return_label", {"courier": "nobody"}),
		("post_return", {}),
		("what_next", {}),
	):
		verb = "GET" if method == "what_next" else "POST"
		status, _text = api_of(somebody, f"returns.api.{method}", verb, return_case=case.name, **values)
		assert status in NO, method


def test_no_row_of_a_case_comes_changes_or_goes_past_its_case(person, sent):
	_order, note = sent
	case = a_case(note)
	boss = person("sales manager")
	status, text = call(boss, "post_return", return_case=case)
	assert status == 200, text[-300:]
	frappe.db.rollback()
	doc = frappe.get_doc("Return Case", case)
	before = [row.as_dict() for row in (*doc.rows, *doc.documents)]
	for row in (*doc.rows, *doc.documents):
		path = f"/api/resource/{row.doctype.replace(' ', '%20')}"
		values = {"parent": case, "parenttype": "Return Case", "parentfield": row.parentfield, "qty": 5}
		for address_of, sending, verb in (
			(f"{path}/{row.name}", {}, "DELETE"),
			(f"{path}/{row.name}", values, "PUT"),
			(path, values, "POST"),
		):
			status, text = boss.ask(address_of, sending, verb, boss.token)
			assert status in NO, (row.doctype, verb, text[-300:])
	frappe.db.rollback()
	doc = frappe.get_doc("Return Case", case)
	assert [row.as_dict() for row in (*doc.rows, *doc.documents)] == before


def test_rows_of_cases_are_read_by_who_reads_the_case(person, case):
	values = {
		"doctype": "Return Case Row",
		"parent": "Return Case",
		"filters": json.dumps({"parent": case.name}),
	}
	for who, count in (("stock user", 1), ("stock user of elsewhere", 0)):
		somebody = person(who)
		status, text = somebody.call("frappe.client.get_list", values, verb="GET")
		assert (status, len(json.loads(text)["message"])) == (200, count), text[-300:]


@pytest.mark.parametrize("who", ["stranger", "accounts user", None])
def test_who_has_no_business_with_orders_closes_no_line(person, sent, who):
	order, _note = sent
	row = order.items[0].name
	for method in ("close_line_short", "open_line_again"):
		values = {"sales_order": order.name, "row": row, "qty": 1, "reason": "no"}
		status, text = api_of(person(who), f"shortage.api.{method}", **values)
		assert status in NO, (method, text[-300:])


@pytest.mark.parametrize("qty", ["1e309", "NaN", "-1", "x", "[]", "1e16"])
def test_quantities_that_are_none_are_refused_in_words(person, sent, qty):
	order, _note = sent
	values = {"sales_order": order.name, "row": order.items[0].name, "qty": qty, "reason": "no"}
	status, text = api_of(person("sales manager"), "shortage.api.close_line_short", **values)
	assert status == 417, text[-300:]


def test_a_row_of_another_order_is_not_closed_by_this_one(person, world, sent):
	order, _note = sent
	other = make.make_order(make.line(world.item, qty=3), warehouse=world.place, submit=True)
	frappe.db.commit()
	values = {"sales_order": order.name, "row": other.items[0].name, "qty": 1, "reason": "no"}
	status, text = api_of(person("sales manager"), "shortage.api.close_line_short", **values)
	assert status == 417 and "no such line" in text
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order Item", other.items[0].name, "qty") == 3


def test_a_guest_announces_by_a_good_link_alone(person, sent):
	set_switches(**ON, customer_page="1", returns_from_page="1")
	order, note = sent
	token = page_link.link_for_customer(order.name).partition("token=")[2]
	frappe.db.commit()
	row = note.items[0].name
	good = {"token": unquote(token), "asked": json.dumps([{"row": row, "qty": 1}])}
	guest = person()
	frappe.cache.delete_keys("rl:")
	for wrong in (
		{"asked": good["asked"], "order": order.name},
		{**good, "token": good["token"] + "x"},
		{**good, "asked": json.dumps([{"row": row, "qty": 99}])},
		{**good, "asked": json.dumps([{"row": "nothing", "qty": 1}])},
		{**good, "return_reason": "Bogus"},
		{**good, "asked": json.dumps([{"row": row, "qty": 0.5}])},
		{**good, "asked": "no list"},
		{**good, "asked": json.dumps([])},
	):
		status, text = api_of(guest, "milestones.api.announce_return", **wrong)
		assert status in NO, (wrong, text[-300:])
	status, text = api_of(guest, "milestones.api.announce_return", **good, customer_says="<script>x</script>")
	assert status == 200, text[-300:]
	frappe.db.rollback()
	made = frappe.get_doc("Return Case", json.loads(text)["message"])
	assert "<script>" not in (made.customer_says or "")
	status, _text = guest.ask(f"/api/resource/Return%20Case/{made.name}")
	assert status in NO, "the announcement shows a guest no case"
