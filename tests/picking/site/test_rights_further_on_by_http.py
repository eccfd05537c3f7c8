"""Who may pack, put back and send, asked through a real server: role, step, own or another warehouse."""

from types import SimpleNamespace

import pytest

import frappe

from sales_wh_flow.packing import api as packing
from sales_wh_flow.picking import api
from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address  # noqa: F401
from tests.delivery.delivery_world import key
from tests.picking.people import PICKERS, people_and_places

APP = "sales_wh_flow."
DONE, REFUSED = 200, (401, 403)

ROLES = {
	"seller": ("Sales User",),
	"driver": ("Delivery User",),
	"accountant": ("Accounts User",),
	"stranger": ("HR User",),
	"stock user": ("Stock User",),
	"stock manager": ("Stock Manager",),
}
"""The last two are permitted the own warehouse alone."""


@pytest.fixture(scope="module")
def world(site):
	yield from people_and_places(ROLES, rights_of_the_way="1")


def picked(place, qty=4):
	item = make.stocked(9, place)
	order = make.make_order(make.line(item, qty=qty, warehouse=place), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	return item, name


def case_in(world, which):
	"""A picked list with an open and a closed box, another one without, and goods to put back; committed."""
	frappe.db.rollback()
	frappe.set_user("Administrator")
	place = world.places[which]
	item, name = picked(place)
	frappe.get_doc("Pick List", name).submit()
	frappe.db.commit()  # each call below begins a transaction of its own
	boxes = [packing.open_box(key(), pick_list=name)["name"] for _ in range(3)]
	for box in boxes[:2]:
		row = packing.put_in(key(), box, item, pick_list=name)["contents"][0]["name"]
	packing.close_box(key(), boxes[0])
	_item, loose = picked(place)
	frappe.get_doc("Pick List", loose).submit()
	left, gone = picked(place)
	frappe.db.commit()
	row_found = api.list_to_pick(gone)["rows"][0]["row"]
	api.confirm_row(pick_list=gone, row=row_found, key=key())
	frappe.delete_doc("Pick List", gone)
	task = frappe.db.get_value("Put Away", {"item_code": left})
	frappe.db.commit()
	return SimpleNamespace(
		item=item, name=name, closed=boxes[0], open=boxes[1], pallet=boxes[2], row=row, loose=loose, task=task
	)


def box_step(step, **values):
	return (f"packing.api.{step}", lambda it: {"key": key(), **{k: read(it) for k, read in values.items()}})


STEPS = (
	("packing.api.to_pack", lambda it: {"pick_list": it.name}),
	box_step("open_box", pick_list=lambda it: it.name),
	box_step("put_in", box=lambda it: it.open, text=lambda it: it.item, pick_list=lambda it: it.name),
	box_step("take_out", box=lambda it: it.open, row=lambda it: it.row),
	box_step("put_in", box=lambda it: it.open, text=lambda it: it.item, pick_list=lambda it: it.name),
	box_step("close_box", box=lambda it: it.open),
	box_step("put_on_pallet", box=lambda it: it.closed, pallet=lambda it: it.pallet),
	box_step("put_on_pallet", box=lambda it: it.closed),
	box_step("open_again", box=lambda it: it.open, reason=lambda it: "Wrong tape"),
	box_step("cancel_box", box=lambda it: it.open, reason=lambda it: "Crushed"),
	("dispatch.api.make_delivery_note", lambda it: {"pick_list": it.loose}),
	("picking.put_away.api.goods_are_back", lambda it: {"task": it.task, "key": key()}),
)
GETS = ("packing.api.to_pack",)
NOT_THEIRS = {("stock manager", "dispatch.api.make_delivery_note")}
"""ERPNext's Stock Manager reads no Sales Order; who is a Stock User, too, makes the note of a list."""


@pytest.mark.parametrize("which", ["own", "other"])
def test_a_role_takes_its_own_steps_in_its_own_warehouse_and_no_other(address, world, which):  # noqa: F811
	case, wrong = case_in(world, which), {}
	for who in ROLES:
		may = who in PICKERS and which == "own"
		somebody = Person(address, world.names[who])
		if who == "stock manager" and may:
			case = case_in(world, which)
		for at, (step, values) in enumerate(STEPS):
			status, text = somebody.call(APP + step, values(case), "GET" if step in GETS else "POST")
			is_theirs = may and (who, step) not in NOT_THEIRS
			if not (status == DONE if is_theirs else status in REFUSED):
				wrong[who, at, step] = (status, text[-300:])
	assert not wrong


def test_a_guest_takes_no_step(address, world):  # noqa: F811
	case = case_in(world, "own")
	for step, values in STEPS:
		status, text = Person(address).call(APP + step, values(case), "GET" if step in GETS else "POST")
		assert status in REFUSED, (step, status, text[:300])
