"""Who may hand boxes over and prove them, asked through a real server: role, step, own or other place."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe.permissions import add_user_permission
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address  # noqa: F401
from tests.delivery import delivery_world as made
from tests.site import set_switches

API = "sales_wh_flow.delivery.api."
DONE, REFUSED = 200, (401, 403)

ROLES = {
	"stock user": ("Stock User",),
	"stock manager": ("Stock Manager",),
	"driver": ("Delivery User",),
	"other driver": ("Delivery User",),
	"seller": ("Sales User",),
	"delivery manager": ("Delivery Manager",),
	"stranger": ("HR User",),
}
"""The first two are permitted the own warehouse alone; the driver drives what has left."""


@pytest.fixture(scope="module")
def world(site):
	"""Committed: an open hand-over with a box, and one that has left, in the own and in another warehouse."""
	frappe.set_user("Administrator")
	set_switches(stock_lock=True, fulfilment=True)
	names = {who: make.make_user(*roles) for who, roles in ROLES.items()}
	for name in names.values():
		update_password(name, PASSWORD)
	places = {which: make.make_warehouse() for which in ("own", "other")}
	for who in ("stock user", "stock manager"):
		add_user_permission("Warehouse", places["own"], names[who], ignore_permissions=True)
	drivers = {who: made.make_driver(names[who]) for who in ("driver", "other driver")}
	courier = made.make_courier()
	frappe.db.commit()
	yield SimpleNamespace(names=names, places=places, drivers=drivers, courier=courier)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	set_switches()
	frappe.db.commit()


def fresh(world, which):
	"""A case of its own: boxes in the warehouse, one of them in an open hand-over, one with the driver."""
	frappe.db.rollback()
	frappe.set_user("Administrator")
	place = world.places[which]
	_order, pick = made.picked_order(3, warehouse=place)
	loose, lies, left = made.boxes_of(pick, {0: 1}, {0: 1}, {0: 1})
	handover = made.begin(world.courier, place, driver=made.make_driver())
	made.scan(handover, lies)
	_other, pick = made.picked_order(2, warehouse=place)
	left, proved = made.boxes_of(pick, {0: 1}, {0: 1})
	gone = made.handed_over(left, proved, courier=world.courier, driver=world.drivers["driver"])
	proof = made.prove(proved)["proof"]
	frappe.db.commit()
	return SimpleNamespace(
		place=place, loose=loose, lies=lies, left=left, handover=handover, gone=gone, proof=proof
	)


RECEIPT = json.dumps({"answer": "accept", "receiver": "Anna"})
STEPS = {
	"begin_handover": lambda world, it: {"courier": world.courier, "warehouse": it.place},
	"scan_into_handover": lambda world, it: {"handover": it.handover, "text": it.loose},
	"take_out_of_handover": lambda world, it: {"handover": it.handover, "box": it.lies},
	"close_handover": lambda world, it: {"handover": it.handover},
	"cancel_handover": lambda world, it: {"handover": it.handover, "reason": "no"},
	"prove_delivery": lambda world, it: {"box": it.left, "receipt": RECEIPT},
	"correct_delivery": lambda world, it: {"proof": it.proof, "receipt": RECEIPT, "reason": "no"},
}
READS = {
	"handover_boxes": lambda world, it: {"handover": it.gone},
	"my_deliveries": lambda world, it: {},
	"handovers_here": lambda world, it: {},
}
HAND_OVER = tuple(step for step in STEPS if step not in ("prove_delivery", "correct_delivery"))
PROVE = ("prove_delivery", "correct_delivery")
MAY = {
	("stock user", "own"): HAND_OVER,
	("stock manager", "own"): (*HAND_OVER, *PROVE),
	**{("driver", which): PROVE for which in ("own", "other")},
}
"""Every other step is refused. The driver answers for what he drives, a manager in his place."""


@pytest.fixture
def person(address, world):  # noqa: F811
	return lambda who=None: Person(address, who and world.names[who])


@pytest.mark.parametrize("which", ["own", "other"])
@pytest.mark.parametrize("who", ROLES)
def test_a_role_takes_its_own_steps_in_its_own_warehouse_and_no_other(person, world, who, which):
	somebody, case, wrong = person(who), fresh(world, which), {}
	for step, values in STEPS.items():
		if step == "cancel_handover" and "close_handover" in MAY.get((who, which), ()):
			case = fresh(world, which)
		given = {**values(world, case), "key": made.key()}
		status, text = somebody.call(API + step, given)
		is_right = status == DONE if step in MAY.get((who, which), ()) else status in REFUSED
		if not is_right:
			wrong[step] = (status, text[-300:])
	assert not wrong


def test_a_guest_takes_no_step_and_reads_nothing(person, world):
	somebody, case = person(), fresh(world, "own")
	for step, values in {**STEPS, **READS}.items():
		verb = "GET" if step in READS else "POST"
		status, text = somebody.call(API + step, {**values(world, case), "key": made.key()}, verb)
		assert status in REFUSED, (step, status, text[:300])


def test_no_step_is_taken_by_get(person, world):
	somebody, case = person("stock user"), fresh(world, "own")
	for step, values in STEPS.items():
		status, text = somebody.call(API + step, {**values(world, case), "key": made.key()}, "GET")
		assert status == 403, (step, status, text[:300])


def test_a_driver_sees_his_own_boxes_and_hand_overs_alone(person, world):
	case = fresh(world, "other")

	mine = json.loads(person("driver").call(API + "my_deliveries", {}, "GET")[1])["message"]["boxes"]
	others = json.loads(person("other driver").call(API + "my_deliveries", {}, "GET")[1])["message"]["boxes"]

	assert case.left in [box["box"] for box in mine]
	own = fresh(world, "own")
	for who, is_listed in (("stock user", False), ("stock manager", True)):
		listed = json.loads(person(who).call(API + "my_deliveries", {}, "GET")[1])["message"]["boxes"]
		assert (own.left in [box["box"] for box in listed]) is is_listed, who
	assert case.left not in [box["box"] for box in others]
	assert person("driver").call(API + "handover_boxes", {"handover": case.gone}, "GET")[0] == DONE
	for doctype in ("Courier Handover", "Delivery Proof"):
		listed = person("other driver").ask(f"/api/resource/{doctype.replace(' ', '%20')}")
		assert (listed[0], json.loads(listed[1])["data"]) == (200, []), doctype
	for name in (f"Courier%20Handover/{case.gone}", f"Delivery%20Proof/{case.proof}"):
		assert person("other driver").ask(f"/api/resource/{name}")[0] == 403
		assert person("driver").ask(f"/api/resource/{name}")[0] == 200


def test_who_is_permitted_one_warehouse_sees_no_hand_over_of_another(person, world):
	own, other = fresh(world, "own"), fresh(world, "other")
	somebody = person("stock user")

	shown = json.loads(somebody.call(API + "handovers_here", {}, "GET")[1])["message"]
	assert own.handover in [row["name"] for row in shown["handovers"]]
	assert other.handover not in [row["name"] for row in shown["handovers"]]
	assert somebody.call(API + "handover_boxes", {"handover": other.gone}, "GET")[0] == 403
	assert somebody.ask(f"/api/resource/Delivery%20Proof/{other.proof}")[0] == 403


def test_no_record_is_written_over_rest(person, world):
	somebody, case = person("stock manager"), fresh(world, "own")
	for name, values in (
		(f"Courier%20Handover/{case.handover}", {"state": "Closed"}),
		(f"Delivery%20Proof/{case.proof}", {"outcome": "Refused"}),
	):
		status, text = somebody.ask(f"/api/resource/{name}", values, "PUT", somebody.token)
		assert status == 403, text[:300]
