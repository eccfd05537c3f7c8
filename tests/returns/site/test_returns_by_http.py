"""Every endpoint of returns through a real web server: whom it is for, and who is refused."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe.utils import add_days, nowdate
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, REFUSED, Person, address  # noqa: F401
from tests.returns import returns_world
from tests.site import set_switches

PEOPLE = {
	"sales user": ("Sales User",),
	"stock user": ("Stock User",),
	"stock user of elsewhere": ("Stock User",),
	"accounts user": ("Accounts User",),
	"sales manager": ("Sales Manager", "Sales User"),
	"stranger": ("HR User",),
}
WRITES = {
	**{"post_return": {}, "cancel_return": {"reason": "no"}, "waive_window": {"reason": "no"}},
	"refuse_waiver": {"reason": "no"},
}
ON = {
	**{"stock_lock": True, "fulfilment": True, "returns": True},
	**{"return_documents": "Submitted", "return_window_days": 30},
}


@pytest.fixture(scope="module")
def world(site):
	"""Goods that were delivered and invoiced, from one warehouse; committed."""
	frappe.set_user("Administrator")
	set_switches(**ON)
	returns_world.name_places()
	place = make.make_warehouse()
	item = make.stocked(100, place)
	names = {who: make.make_user(*roles) for who, roles in PEOPLE.items()}
	for name in names.values():
		update_password(name, PASSWORD)
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": names["stock user of elsewhere"],
			"allow": "Warehouse",
			"for_value": make.make_warehouse(),
		}
	).insert()
	frappe.db.commit()
	yield SimpleNamespace(names=names, item=item, place=place)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	set_switches(return_window_days=0)
	frappe.db.commit()


@pytest.fixture
def person(address, world):  # noqa: F811
	return lambda who=None: Person(address, who and world.names[who])


@pytest.fixture
def sent(world):
	order, note = returns_world.delivered(make.line(world.item, qty=3), warehouse=world.place)
	returns_world.invoiced(note)
	frappe.db.commit()
	return order, note


def call(somebody, method, verb="POST", **values):
	return somebody.call(f"sales_wh_flow.returns.api.{method}", values, verb=verb)


def a_case(note, remedy="Refund"):
	case = returns_world.decided(returns_world.opened(returns_world.asked(note, 1)), remedy=remedy)
	frappe.db.commit()
	return case.name


def stored(case, *fields):
	frappe.db.rollback()
	return frappe.db.get_value("Return Case", case, fields)


def asked(note):
	return json.dumps([{"row": note.items[0].name, "qty": 1, "received": 1}])


@pytest.mark.parametrize("who", ["sales user", "stock user", "sales manager"])
def test_who_handles_orders_or_goods_opens_a_case(person, sent, who):
	order, note = sent
	somebody = person(who)
	status, text = call(somebody, "returnable", verb="GET", sales_order=order.name)
	assert (status, [row["left"] for row in json.loads(text)["message"]["rows"]]) == (200, [3]), text[:500]
	status, text = call(somebody, "open_return", asked=asked(note))
	assert status == 200, text[:800]
	assert stored(json.loads(text)["message"], "state") == "Open"


@pytest.mark.parametrize("who", [None, "stranger", "accounts user", "stock user of elsewhere"])
def test_nobody_else_opens_one_or_learns_what_was_delivered(person, sent, who):
	order, note = sent
	somebody = person(who)
	before = frappe.db.count("Return Case")
	status, text = call(somebody, "open_return", asked=asked(note))
	assert status in REFUSED, (status, text[:500])
	if who != "accounts user":
		for values in ({"sales_order": order.name}, {"delivery_notes": json.dumps([note.name])}):
			status, text = call(somebody, "returnable", verb="GET", **values)
			assert status in REFUSED and sent[1].items[0].item_code not in text, (status, text[:500])
	frappe.db.rollback()
	assert frappe.db.count("Return Case") == before


@pytest.mark.parametrize("who", ["stock user", "sales user"])
def test_who_handles_goods_posts_the_return_and_leaves_the_credit_to_accounts(person, sent, who):
	case = a_case(sent[1])
	status, text = call(person(who), "post_return", return_case=case)
	assert status == 200, text[:800]
	answer = json.loads(text)["message"]
	assert (answer["state"], answer["not_credited"]) == ("Posted", 1)
	status, text = call(person(who), "credit_return", return_case=case)
	assert status in REFUSED, text[:500]
	status, text = call(person("accounts user"), "credit_return", return_case=case)
	assert (status, json.loads(text)["message"]["not_credited"]) == (200, 0), text[:800]


@pytest.mark.parametrize("who", [None, "stranger", "accounts user", "stock user of elsewhere"])
def test_nobody_else_posts_cancels_or_looks(person, sent, who):
	case = a_case(sent[1])
	somebody = person(who)
	for method, values in WRITES.items():
		status, text = call(somebody, method, return_case=case, **values)
		assert status in REFUSED, (method, status, text[:500])
	if who != "accounts user":
		for method, verb in (("what_next", "GET"), ("credit_return", "POST")):
			status, text = call(somebody, method, verb=verb, return_case=case)
			assert status in REFUSED, (method, status, text[:500])
		status, text = somebody.ask(f"/api/resource/Return Case/{case}".replace(" ", "%20"))
		assert status in REFUSED, text[:500]
	assert stored(case, "state", "waived_by") == ("Open", None)


def test_a_list_of_cases_shows_only_those_of_the_users_warehouses(person, sent):
	case = a_case(sent[1])
	path, values = "/api/resource/Return%20Case", {"limit_page_length": 0}
	assert case in person("stock user").ask(path, values)[1]
	assert case not in person("stock user of elsewhere").ask(path, values)[1]


@pytest.mark.parametrize("who, may", [("sales manager", True), ("stock user", False), ("sales user", False)])
def test_the_window_is_waived_by_the_role_of_the_settings_alone(person, sent, who, may):
	frappe.db.set_value("Delivery Note", sent[1].name, "swf_delivered_on", add_days(nowdate(), -40))
	case = a_case(sent[1])
	status, text = call(person(who), "waive_window", return_case=case, reason="our fault")
	assert (status == 200) is may, text[:500]
	assert bool(stored(case, "waived_by")) is may


@pytest.mark.parametrize("who", ["stock user", "sales user"])
def test_who_handles_goods_cancels_a_case_of_which_nothing_is_posted(person, sent, who):
	case = a_case(sent[1])
	status, text = call(person(who), "cancel_return", return_case=case, reason="nothing came")
	assert (status, stored(case, "state")) == (200, "Cancelled"), text[:500]


def test_nothing_is_written_by_get(person, sent):
	case = a_case(sent[1])
	for method in (
		"post_return",
		"credit_return",
		"cancel_return",
		"waive_window",
		"refuse_waiver",
		"open_return",
	):
		status, text = call(person("stock user"), method, verb="GET", return_case=case, asked=asked(sent[1]))
		assert status == 403, (method, text[:300])
	assert stored(case, "state") == "Open"


def test_the_state_of_a_case_is_nobodys_to_write(person, sent):
	case = a_case(sent[1])
	somebody = person("stock user")
	values = {"doctype": "Return Case", "name": case, "fieldname": "state", "value": "Posted"}
	somebody.call("frappe.client.set_value", values)
	assert stored(case, "state") == "Open"


@pytest.mark.parametrize("who", [None, "stranger", "stock user", "accounts user"])
def test_who_may_not_cancel_the_order_does_not_open_it_again(person, sent, who):
	order = sent[0]
	values = {"sales_order": order.name, "back_to": "To Pick", "reason": "mistake"}
	status, text = call(person(who), "reopen_order", **values)
	assert status in REFUSED, (status, text[:500])
	assert call(person("sales manager"), "reopen_order", verb="GET", **values)[0] == 403
	if who in (None, "stranger"):
		status, text = call(person(who), "plan_reopening", verb="GET", sales_order=order.name)
		assert status in REFUSED and sent[1].name not in text, (status, text[:500])
	frappe.db.rollback()
	assert not frappe.db.exists("Order Reopening", {"sales_order": order.name})


CANCELS = {
	"v1, its state written": ("PUT", "/api/resource/Sales Order/{}", {"docstatus": "2"}),
	"v1, its method run": ("POST", "/api/resource/Sales Order/{}", {"run_method": "cancel"}),
	"v2, its state written": ("PATCH", "/api/v2/document/Sales Order/{}", {"docstatus": "2"}),
	"v2, its method run": ("POST", "/api/v2/document/Sales Order/{}/method/cancel", {}),
	"the form": (
		"POST",
		"/api/method/frappe.desk.form.save.cancel",
		{"doctype": "Sales Order", "name": "{}"},
	),
	"a bulk update": (
		"POST",
		"/api/method/frappe.client.bulk_update",
		{"docs": '[{"doctype": "Sales Order", "docname": "{}", "docstatus": 2}]'},
	),
	"all that is linked": (
		"POST",
		"/api/method/frappe.desk.form.linked_with.cancel_all_linked_docs",
		{"docs": '[{"doctype": "Sales Order", "name": "{}", "docstatus": 1}]'},
	),
}


@pytest.mark.parametrize("road", CANCELS)
def test_a_touched_order_is_cancelled_by_no_road(person, sent, road):
	order, note = sent
	verb, path, values = CANCELS[road]
	named = {key: value.replace("{}", order.name) for key, value in values.items()}
	boss = person("sales manager")
	_status, text = boss.ask(path.replace("{}", order.name).replace(" ", "%20"), named, verb, boss.token)
	assert "press Re-open" in text, text[:500]
	frappe.db.rollback()
	states = {
		frappe.db.get_value(*it, "docstatus")
		for it in (("Sales Order", order.name), ("Delivery Note", note.name))
	}
	assert states == {1}


def test_the_plan_of_an_order_is_read_by_who_reads_the_order(person, sent):
	status, text = call(person("sales user"), "plan_reopening", verb="GET", sales_order=sent[0].name)
	assert status == 200, text[:500]
	assert json.loads(text)["message"]["steps"]
