"""Who may pick, asked through a real server: role, step, own or another warehouse."""

import json
from types import SimpleNamespace

import pytest

import frappe

from sales_wh_flow.picking import api
from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address  # noqa: F401
from tests.delivery.delivery_world import key
from tests.picking.people import PICKERS, people_and_places

API = "sales_wh_flow.picking.api."
DONE, REFUSED = 200, (401, 403)

ROLES = {
	"stock user": ("Stock User",),
	"stock manager": ("Stock Manager",),
	"seller": ("Sales User",),
	"driver": ("Delivery User",),
	"accountant": ("Accounts User",),
	"stranger": ("HR User",),
}
"""The first two are permitted the own warehouse alone."""

NOT_THEIRS = {("stock manager", "make_pick_lists"), ("stock manager", "make_wave")}
"""ERPNext's Stock Manager reads no Sales Order; who is a Stock User, too, makes the lists of one."""


@pytest.fixture(scope="module")
def world(site):
	yield from people_and_places(ROLES)


def fresh(world, which):
	"""A draft Pick List of two rows in the warehouse, nobody's, and an order that is on none; committed."""
	frappe.db.rollback()
	frappe.set_user("Administrator")
	place = world.places[which]
	items = [make.stocked(9, place) for _row in range(2)]
	lines = [make.line(item, qty=2, warehouse=place) for item in items]
	order = make.make_order(*lines, warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	waiting = make.make_order(make.line(items[0], qty=1, warehouse=place), warehouse=place).submit()
	frappe.db.commit()
	rows = [row["row"] for row in sorted(api.list_to_pick(name)["rows"], key=lambda it: it["idx"])]
	return SimpleNamespace(place=place, name=name, rows=rows, items=items, waiting=waiting.name)


def of_list(**values):
	return lambda it: {"pick_list": it.name, **{what: read(it) for what, read in values.items()}}


STEPS = {
	"take_list": of_list(),
	"confirm_scan": of_list(scan=lambda it: it.items[0]),
	"put_row_back": of_list(row=lambda it: it.rows[0]),
	"confirm_row": of_list(row=lambda it: it.rows[0]),
	"found_less": of_list(row=lambda it: it.rows[1], found=lambda it: 1, reason=lambda it: "Damaged"),
	"hand_list_on": of_list(),
	"finish_list": of_list(),
	"make_pick_lists": lambda it: {"sales_order": it.waiting},
	"make_wave": lambda it: {"warehouse": it.place, "by": "All"},
}
READS = {
	"lists_to_pick": lambda it: {},
	"list_to_pick": of_list(),
	"warehouse_work": lambda it: {},
}
WITHOUT_A_KEY = ("make_pick_lists", "make_wave")


def given(step, values):
	return values if step in WITHOUT_A_KEY or step in READS else {**values, "key": key()}


@pytest.fixture
def person(address, world):  # noqa: F811
	return lambda who=None: Person(address, who and world.names[who])


@pytest.mark.parametrize("which", ["own", "other"])
@pytest.mark.parametrize("who", ROLES)
def test_a_role_takes_its_own_steps_in_its_own_warehouse_and_no_other(person, world, who, which):
	somebody, case, wrong = person(who), fresh(world, which), {}
	may = who in PICKERS and which == "own"
	for step, values in STEPS.items():
		if may and step == "make_wave":
			case = fresh(world, which)
		status, text = somebody.call(API + step, given(step, values(case)))
		is_theirs = may and (who, step) not in NOT_THEIRS
		if not (status == DONE if is_theirs else status in REFUSED):
			wrong[step] = (status, text[-300:])
	assert not wrong
	frappe.db.rollback()
	assert may or not frappe.db.get_value("Pick List", case.name, "swf_picker")


def test_a_guest_takes_no_step_and_reads_nothing(person, world):
	somebody, case = person(), fresh(world, "own")
	for step, values in {**STEPS, **READS}.items():
		verb = "GET" if step in READS else "POST"
		status, text = somebody.call(API + step, given(step, values(case)), verb)
		assert status in REFUSED, (step, status, text[:300])


def test_no_step_is_taken_by_get(person, world):
	somebody, case = person("stock user"), fresh(world, "own")
	for step, values in STEPS.items():
		status, text = somebody.call(API + step, given(step, values(case)), "GET")
		assert status == 403, (step, status, text[:300])


def test_who_is_permitted_one_warehouse_sees_no_list_of_another(person, world):
	own, other = fresh(world, "own"), fresh(world, "other")
	somebody = person("stock user")
	shown = json.loads(somebody.call(API + "lists_to_pick", {}, "GET")[1])["message"]
	names = [row["name"] for row in shown]
	assert own.name in names and other.name not in names
	assert somebody.call(API + "list_to_pick", {"pick_list": other.name}, "GET")[0] == 403


def test_the_page_offers_what_will_work_and_nothing_else(person, world):
	case = fresh(world, "own")

	def may(who):
		answer = person(who).call(API + "list_to_pick", {"pick_list": case.name}, "GET")[1]
		return json.loads(answer)["message"]["may"]

	everything = {"pick": True, "hand_on": True, "finish": True}
	assert may("stock user") == may("stock manager") == everything
	assert person("stock manager").call(API + "take_list", {"pick_list": case.name, "key": key()})[0] == DONE
	assert may("stock manager") == everything
	assert may("stock user") == {"pick": False, "hand_on": False, "finish": False}
	assert (
		person("stock user").call(API + "hand_list_on", {"pick_list": case.name, "key": key()})[0] in REFUSED
	)
