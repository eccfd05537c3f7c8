"""Who may do what to an approval: role x action x own or other company and territory, by the endpoints."""

import pytest

import frappe

from sales_wh_flow.approval import api
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.base import notify, said
from tests import factories as make
from tests.approval import deciding as world
from tests.approval.deciding import approver, asked, request, user
from tests.in_full import usually


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture(autouse=True)
def nothing_committed(in_this_transaction, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	undo = frappe.db.rollback

	def only_to_a_savepoint(*, save_point=None):
		if save_point:
			undo(save_point=save_point)

	monkeypatch.setattr(frappe.db, "rollback", only_to_a_savepoint)


ROLES = {
	"approver": ("Accounts User", "Order Approver"),
	"approver who reads no order": ("Order Approver",),
	"sales user": ("Sales User",),
	"sales manager": ("Sales Manager",),
	"accounts user": ("Accounts User",),
	"system manager": ("System Manager",),
	"stranger": ("HR User",),
}

ACTIONS = {
	"approve": lambda it: api.approve(it.approval),
	"refuse": lambda it: api.refuse(it.approval, "no"),
	"condition": lambda it: api.approve_with_condition(it.approval, "Smaller Discount", 15),
	"forward": lambda it: api.forward(it.approval, it.other, "please"),
	"decide_many": lambda it: _first_of_many(it.approval),
	"accept": lambda it: api.accept_condition(it.offered),
	"decline": lambda it: api.decline_condition(it.offered),
	"look": lambda it: api.approvals_of(it.order),
}

DECIDING = {"approve", "refuse", "condition", "forward", "decide_many"}
ALLOWED = {
	"approver": DECIDING | {"look"},
	"sales user": {"accept", "decline", "look"},
	"sales manager": {"accept", "decline", "look"},
	"accounts user": {"look"},
}


def _first_of_many(approval):
	(row,) = api.decide_many([approval], "approve")
	if not row["ok"]:
		raise frappe.PermissionError(row["message"])
	return row


@pytest.fixture
def places():
	return world.places()


@pytest.mark.parametrize("person", usually(("approver", "sales user", "stranger"), ROLES))
def test_each_may_do_what_the_role_allows_in_the_own_place_and_nothing_elsewhere(places, person):
	who = make.make_user(*ROLES[person])
	world.restrict(who, places["own"])
	for place, case in places.items():
		before = _states(case)
		for action in ACTIONS:
			allowed = place == "own" and action in ALLOWED.get(person, ())
			frappe.db.savepoint("matrix")
			with make.acting_as(who):
				refusal = _refusal(lambda case=case, action=action: ACTIONS[action](case))
			assert (refusal is None) == allowed, (person, action, place, refusal)
			assert (_states(case) == before) == (not allowed or action == "look"), (person, action)
			frappe.db.rollback(save_point="matrix")
			if place != "own":
				assert case.customer not in refusal
				assert action == "look" or case.order not in refusal  # who looks names the order


def _refusal(call):
	frappe.local.message_log = []
	try:
		call()
	except frappe.PermissionError as error:
		return f"{error} {frappe.as_json(frappe.local.message_log)}"
	return None


def _states(case):
	fields = ["name", "state", "condition_state", "level", "given", "forwarded_to"]
	return frappe.get_all("Order Approval", {"sales_order": case.order}, fields, order_by="name")


def test_who_may_not_see_an_order_finds_nothing_of_it_anywhere(places):
	who = make.make_user("Accounts User", "Order Approver")
	world.restrict(who, places["own"])
	hidden = [places["other company"], places["other territory"]]
	with make.acting_as(who):
		listed = set(frappe.get_list("Order Approval", pluck="name", limit_page_length=0))
		assert places["own"].approval in listed
		for case in hidden:
			assert not listed & {case.approval, case.offered}
			assert not frappe.get_list("ToDo", {"reference_name": ("in", [case.approval, case.offered])})
	from sales_wh_flow.approval import request as deciders

	for case in hidden:
		order = frappe.get_doc("Sales Order", case.order)
		told = {name for name, _full in deciders.people(order, request(case.approval))}
		assert who not in told


def test_child_rows_are_not_read_past_the_order(places):
	from frappe.client import get_list

	who = make.make_user("Accounts User", "Order Approver")
	world.restrict(who, places["own"])
	with make.acting_as(who):
		rows = get_list(
			"Order Approval Decision", parent="Order Approval", fields=["parent"], limit_page_length=0
		)
	hidden = {places[place].approval for place in ("other company", "other territory")}
	assert not {row.parent for row in rows} & hidden


def made_his_own_substitute(admin, day):
	"""Somebody who has named the administrator already."""
	away = approver()
	with make.acting_as(away):
		api.delegate(admin, day, day)
	return away


def test_nobody_names_a_substitute_for_others_but_system_managers_and_none_of_them_himself():
	me, other, admin = approver(), approver(), make.make_user("System Manager")
	today = frappe.utils.nowdate()
	with make.acting_as(me):
		name = api.delegate(other, today, today, "holiday")
		with pytest.raises(frappe.PermissionError):
			api.delegate(me, today, today, from_user=other)
		theirs = frappe.get_doc("Approval Delegation", name)
		theirs.from_user = other
		theirs.to_user = admin
		with pytest.raises(frappe.PermissionError):
			theirs.save()
	with make.acting_as(other):
		assert frappe.get_doc("Approval Delegation", name).has_permission("read")
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Approval Delegation", name)
	with make.acting_as(admin):
		assert api.delegate(me, today, today, from_user=admin)
		later = frappe.utils.add_days(today, 30)
		assert api.delegate(other, later, later, from_user=me)
		for substitute in (admin, made_his_own_substitute(admin, later)):
			with pytest.raises(frappe.PermissionError, match="Nobody takes over"):
				api.delegate(substitute, later, later, from_user=me)
	with make.acting_as(approver()):
		mine = frappe.get_doc("Approval Delegation", api.delegate(admin, today, later))
	with make.acting_as(admin):  # who was named may end it sooner, and make it no longer
		mine.reload().update({"to_date": today, "reason": "Back already"})
		mine.save()
		mine.to_date = later
		with pytest.raises(frappe.PermissionError, match="or for longer than named"):
			mine.save()
	with make.acting_as(approver()):
		assert frappe.get_list("Approval Delegation", {"name": name}) == []


def test_a_sales_manager_hands_out_nobody_elses_authority():
	boss, crony, manager = approver(), make.make_user("Sales User"), make.make_user("Sales Manager")
	today = frappe.utils.nowdate()
	with make.acting_as(boss):
		own = api.delegate(approver(), today, today)
	with make.acting_as(manager):
		assert frappe.get_doc("Approval Delegation", own).has_permission("read")
		with pytest.raises(frappe.PermissionError):
			api.delegate(crony, today, today, from_user=boss)
		for change in ({"to_user": crony}, {"to_date": frappe.utils.add_days(today, 9)}):
			doc = frappe.get_doc("Approval Delegation", own).update(change)
			with pytest.raises(frappe.PermissionError):
				doc.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Approval Delegation", own)


def test_who_is_stood_in_for_is_told_when_somebody_else_says_so(monkeypatch):
	told = []
	monkeypatch.setattr(notify, "notify", lambda users, name, text, **how: told.append((users, text)))
	boss, crony, admin = approver(), approver(), make.make_user("System Manager")
	today = frappe.utils.nowdate()

	with make.acting_as(boss):
		frappe.delete_doc("Approval Delegation", api.delegate(crony, today, today))
	assert told == []
	with make.acting_as(admin):
		name = api.delegate(crony, today, today, from_user=boss)
		frappe.get_doc("Approval Delegation", name).update(
			{"to_date": frappe.utils.add_days(today, 1)}
		).save()
		frappe.delete_doc("Approval Delegation", name)

	assert [users for users, _text in told] == [{boss, crony}] * 3
	named, changed, ended = (said.worded(text) for _users, text in told)
	assert "decides approvals in the name of" in named
	assert named != changed and "decides approvals in the name of" in changed
	assert "no longer decides approvals in the name of" in ended


@pytest.mark.parametrize(
	"method",
	[
		"approve_with_condition",
		"accept_condition",
		"decline_condition",
		"forward",
		"decide_many",
		"delegate",
		"decide_by_link",
	],
)
def test_what_writes_can_only_be_posted(method):
	assert frappe.allowed_http_methods_for_whitelisted_func[getattr(api, method)] == ["POST"]


# Many at once


def test_many_are_decided_each_for_itself():
	boss = approver()
	bad = asked(user(boss))
	with make.acting_as(boss):
		api.refuse(bad[1], "too cheap")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	good = asked(user(boss))
	answered = asked(user(boss), order=good[0])
	with make.acting_as(boss):
		rows = api.decide_many([good[1], bad[1], answered[1], "SWF-APR-0"], "approve", "in one go")
	assert [row["ok"] for row in rows] == [True, False, True, False]
	assert rows[0]["submitted"] and "submitted" in rows[0]["message"]
	assert "already" in rows[1]["message"]
	assert world.docstatus(good[0]) == 1 and world.docstatus(bad[0]) == 0


def test_many_are_refused_with_one_comment():
	boss = approver()
	cases = [asked(user(boss)) for _ in range(2)]
	with make.acting_as(boss):
		rows = api.decide_many(frappe.as_json([name for _order, name in cases]), "refuse", "not this month")
		assert [row["state"] for row in rows] == ["Rejected", "Rejected"]
		with pytest.raises(frappe.ValidationError, match="too many"):
			api.decide_many([str(number) for number in range(201)], "approve")
		with pytest.raises(frappe.ValidationError, match="approve or refuse"):
			api.decide_many(["x"], "delete")


def test_the_inbox_condition_cant_be_broken_out_of():
	name = "o'brien\" or 1=1 -- "
	assert frappe.db.sql(f"select name from `tabOrder Approval` where {asked_people.waiting_for(name)}") == ()
