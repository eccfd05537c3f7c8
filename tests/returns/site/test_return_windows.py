"""Goods that come back too late: by which policy, who is told, and who lets them in."""

import pytest

import frappe

from sales_wh_flow.returns import api
from tests import factories as make
from tests.returns import returns_world as world

ON = {
	**{"stock_lock": True, "fulfilment": True, "returns": True},
	**{"return_documents": "Submitted", "return_window_days": 30},
}


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(**ON)
	world.name_places()


@pytest.fixture
def sent(place):
	"""Ten pieces at 100 that were delivered 40 days ago."""
	return world.delivered_days_ago(40, place)


def policy(*waivers, **values):
	"""``waivers``: (role, most days late, most value)."""
	doc = frappe.new_doc("Return Policy")
	doc.update({"policy_name": make.unique("Policy"), "company": make.company().name, **values})
	for role, days, value in waivers:
		doc.append("waivers", {"role": role, "most_days_late": days, "most_value": value})
	return doc.insert()


def waits(note, qty=1):
	return world.decided(world.opened(world.asked(note, qty)))


def late_by(case):
	return case.is_outside_window, case.days_late, case.late_value


def refused(match, kind=frappe.ValidationError):
	return pytest.raises(kind, match=match)


def test_the_settings_count_where_no_policy_is_meant(sent):
	policy(window_days=5, reason=frappe.get_all("Return Reason", pluck="name")[0])
	assert late_by(waits(sent[1], 2)) == (1, 10, 200)


def test_the_policy_of_the_goods_counts_before_the_settings(sent):
	group = frappe.db.get_value("Item", sent[1].items[0].item_code, "item_group")
	policy(window_days=35, item_group="All Item Groups")
	assert late_by(waits(sent[1])) == (1, 5, 100)
	policy(window_days=60, item_group=group)
	assert late_by(waits(sent[1])) == (0, 0, 0)


def test_who_may_let_it_in_is_told_once_and_nobody_else(sent):
	clerk, boss = make.make_user("Sales User"), make.make_user("Sales Manager")
	policy(("Sales Manager", 0, 0), window_days=30)
	case = waits(sent[1])
	assert boss in world.told_of(case.name) and clerk not in world.told_of(case.name)
	before = frappe.db.count("Owed Work")
	case.save()
	assert frappe.db.count("Owed Work") == before


def test_a_role_lets_in_up_to_its_days_and_its_value(sent):
	boss = make.make_user("Sales Manager")
	policy(("Sales Manager", 10, 250), ("Accounts Manager", 0, 0), window_days=30)
	small, large = waits(sent[1], 2), waits(sent[1], 3)
	with make.acting_as(boss):
		api.waive_window(small.name, "our parcel was late")
		with refused("Accounts Manager", frappe.PermissionError):
			api.waive_window(large.name, "our parcel was late")
		assert not api.what_next(large.name)["may_waive"]
	api.post_return(small.name)
	with refused("10.* days after its window"):
		api.post_return(large.name)


def test_whoever_opened_a_case_lets_it_in_only_where_the_policy_says_so(sent):
	boss = make.make_user("Sales Manager", "Stock Manager")
	rule = policy(("Sales Manager", 0, 0), window_days=30)
	with make.acting_as(boss):
		case = waits(sent[1])
		with refused("somebody else", frappe.PermissionError):
			api.waive_window(case.name, "I say so")
	rule.update({"by_another": 0}).save()
	with make.acting_as(boss):
		api.waive_window(case.name, "I say so")
	assert case.reload().waiver_answer == "Waived"


def test_what_was_refused_does_not_come_in_until_somebody_lets_it(sent):
	boss = make.make_user("Sales Manager")
	case = waits(sent[1])
	with make.acting_as(boss):
		api.refuse_waiver(case.name, "far too late")
	assert case.owner in world.told_of(case.name)
	with refused("was not let in"):
		api.post_return(case.name)
	with make.acting_as(boss):
		api.waive_window(case.name, "the customer showed the mail")
	api.post_return(case.name)
	assert case.reload().state == "Posted"


def test_more_goods_than_were_let_in_are_asked_anew(sent):
	case = waits(sent[1])
	api.waive_window(case.name, "one piece is fine")
	api.add_to_return(case.name, frappe.as_json([world.asked(sent[1], 5, received=True)]))
	world.decided(case.reload())
	assert (case.waived_by, case.late_value) == (None, 600)
	with refused("days after its window"):
		api.post_return(case.name)


def test_nobody_lets_in_what_no_policy_lets_anybody_waive(sent):
	policy(window_days=30)
	case = waits(sent[1])
	with refused("no Return Policy lets anybody", frappe.PermissionError):
		api.waive_window(case.name, "please")
	assert [one["who"] for one in api.what_next(case.name)["waivers"]] == [""]


def test_a_value_names_its_company():
	with refused("Name the company"):
		policy(("Sales Manager", 0, 100), company=None)


def test_nobody_writes_the_waiver_into_a_case(sent):
	case = waits(sent[1])
	case.update(
		{"waiver_answer": "Waived", "waived_by": "Administrator", "is_outside_window": 0, "days_late": 0}
	)
	case.save()
	assert (case.waiver_answer, case.waived_by, case.is_outside_window) == (None, None, 1)
