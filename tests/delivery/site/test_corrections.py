"""What a proof says wrongly is corrected by another one, and only one of them holds."""

import pytest

import frappe

from sales_wh_flow.delivery import api, prove
from tests.delivery import delivery_world as world
from tests.factories import acting_as, make_user

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def box(place, switches):
	switches(stock_lock=True, fulfilment=True)
	_order, pick = world.picked_order(2, warehouse=place)
	(made,) = world.boxes_of(pick)
	world.handed_over(made)
	return made


def test_the_phone_is_told_what_a_proof_said_so_that_a_correction_begins_with_it(box):
	row = {"row": world.row_of(box), "refused_qty": 1, "reason": "Damaged"}
	world.prove(box, "part", rows=[row], receiver="Anna Gate", note="Wet on one side")

	(shown,) = [one for one in api.my_deliveries()["boxes"] if one["box"] == box]

	assert (shown["outcome"], shown["receiver"], shown["note"]) == (
		"Partly Accepted",
		"Anna Gate",
		"Wet on one side",
	)
	assert [(it["refused_qty"], it["refused_reason"]) for it in shown["rows"]] == [(1, "Damaged")]


def test_an_attempt_that_a_later_proof_overtook_is_not_corrected(box):
	attempt = world.prove(box, "fail", reason="Nobody There")["proof"]
	taken = world.prove(box)["proof"]

	with pytest.raises(frappe.ValidationError, match=f"{taken}.* came after"):
		world.correct(attempt, "refuse", reason="Damaged")

	row = {"row": world.row_of(box), "refused_qty": 1, "reason": "Damaged"}
	part = world.correct(taken, "part", rows=[row])["proof"]
	world.correct(part, "fail", reason="Nobody There")
	assert world.state_of(box) == "Delivery Failed"


def test_who_took_the_money_is_told_when_somebody_else_corrects_his_proof(box, monkeypatch):
	told = []
	monkeypatch.setattr(prove, "notify", lambda users, *about, **_more: told.append((users, about[0])))
	driver, manager = make_user("Stock User"), make_user("Stock Manager")
	with acting_as(driver):
		proof = world.prove(box)["proof"]
		proof = world.correct(proof, "refuse", reason="Damaged")["proof"]
	assert told == []
	with acting_as(manager):
		proof = world.correct(proof, "accept")["proof"]
	assert told == [([driver], proof)]
