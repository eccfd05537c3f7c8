"""The Order Board shows what its reader may see, and leads to what has to be done."""

import json

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.base import said
from sales_wh_flow.order import board_news, refresh_status
from sales_wh_flow.order.store import stage_durations
from sales_wh_flow.order_board import api
from sales_wh_flow.order_board import board as drawing
from sales_wh_flow.picking import pick
from tests.approval.deciding import new_role
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_order,
	make_rule,
	make_user,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, serving="By Itself", fulfilment=True, forecast=True, lead_transit_days=2)
	stage_durations.forget_durations()


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 20, place)
	return item, place


def order_of(goods, qty=2, **values):
	item, place = goods
	return make_order(line(item, qty=qty, warehouse=place), submit=True, **values)


def drawn(place, *only):
	return api.board(warehouse=place, only=json.dumps(list(only)))


def column(board, stage):
	return next(one for one in board["columns"] if one["stage"] == stage)


def names(board):
	return {card["name"] for one in board["columns"] for card in one["cards"]}


def test_orders_stand_in_the_column_of_their_stage_with_count_and_value(goods):
	one, two = order_of(goods), order_of(goods, qty=3)
	short = order_of(goods, qty=90)
	board = drawn(goods[1])
	to_pick = column(board, "To Pick")
	assert {card["name"] for card in to_pick["cards"]} == {one.name, two.name}
	assert (to_pick["orders"], sum(to_pick["value"].values())) == (2, 500)
	assert [it["warehouse"] for it in to_pick["warehouses"]] == [goods[1]]
	assert (column(board, "Waiting for Stock")["at_risk"], board["whole"]["orders"]) == (1, 3)
	assert short.name in names(board)


def test_what_is_not_submitted_yet_stands_in_entry_and_waits_for_nobody(goods):
	seller = make_user("Sales User")
	with acting_as(seller):
		draft = make_order(line(goods[0], qty=2, warehouse=goods[1]))
		entry = column(drawn(goods[1], "mine"), "Entry")
		assert ([card["name"] for card in entry["cards"]], entry["orders"]) == ([draft.name], 1)
		assert draft.name not in api.waiting_for_me()
	assert api.next_step(draft.name) == {"do": "open", "doctype": "Sales Order", "name": draft.name}


def test_filters_show_late_ones_those_at_risk_and_mine(goods):
	fine, risky = order_of(goods), order_of(goods, qty=90)
	assert names(drawn(goods[1], "at_risk")) == {risky.name}
	assert names(drawn(goods[1], "late")) == set()
	assert names(drawn(goods[1], "late", "at_risk")) == {risky.name}
	assert names(drawn(goods[1], "mine")) == {fine.name, risky.name}
	with acting_as(make_user("Sales User")):
		assert names(drawn(goods[1], "mine")) == set()


def test_who_may_not_read_an_order_does_not_see_it_counted(goods):
	order_of(goods)
	seller = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": seller, "allow": "Customer", "for_value": make_customer()}
	).insert(ignore_permissions=True)
	with acting_as(seller):
		assert drawn(goods[1])["whole"]["orders"] == 0
		assert api.waiting_for_me() == []
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		drawn(goods[1])


def test_values_are_for_those_who_may_see_them(goods, monkeypatch):
	order_of(goods)
	monkeypatch.setattr(drawing, "may_see_values", lambda user=None: False)
	board = drawn(goods[1])
	assert board["whole"]["value"] is None
	assert {card["value"] for one in board["columns"] for card in one["cards"]} == {None}
	assert "value" not in {key for card in column(board, "To Pick")["cards"] for key in card if card[key]}


@pytest.mark.parametrize(
	"hidden", [{"permlevel": 7}, {"mask": 1}], ids=["by its level", "masked, as ERPNext 16 can"]
)
def test_a_field_that_a_role_does_not_see_is_a_value_it_does_not_see(hidden):
	seller = make_user("Sales User")
	field = frappe.get_meta("Sales Order").get_field("base_grand_total")
	assert drawing.may_see_values(seller)
	field.update(hidden)
	try:
		assert not drawing.may_see_values(seller)
		assert "mask" not in hidden or drawing.may_see_values("Administrator")
	finally:
		field.update(dict.fromkeys(hidden, 0))


@pytest.mark.parametrize(
	("role", "qty", "waits"),
	[
		("Stock User", 2, True),
		("Stock User", 90, False),
		("Purchase User", 90, True),
		("Purchase User", 2, False),
	],
)
def test_orders_wait_for_whose_turn_it_is(goods, role, qty, waits):
	order = order_of(goods, qty=qty)
	with acting_as(make_user(role, "Sales User")):
		assert (order.name in api.waiting_for_me()) is waits
		assert (order.name in names(drawn(goods[1], "waiting_for_me"))) is waits


def test_what_is_on_hold_waits_for_its_seller_alone(goods):
	seller = make_user("Sales User")
	with acting_as(seller):
		order = order_of(goods)
		order.update_status("On Hold")
		assert order.name in api.waiting_for_me()
	with acting_as(make_user("Sales User")):
		assert order.name not in api.waiting_for_me()


def test_what_an_approver_decides_waits_for_its_seller_once_it_is_refused(goods, switches):
	switches(approval=True, stock_lock=True, serving="By Itself", fulfilment=True, forecast=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	role = new_role()
	make_rule(threshold=10, approver_role=role)
	seller = make_user("Sales User")
	with acting_as(seller):
		order = make_order(line(goods[0], qty=2, rate=80, price_list_rate=100, warehouse=goods[1]))
		(asked,) = gate.ask(order.name)
		assert order.name not in api.waiting_for_me()
		assert names(drawn(goods[1], "waiting_for_me")) == set()
	with acting_as(make_user("Sales Manager", role)):
		assert order.name in api.waiting_for_me()
		decide.refuse_approval(order.name, asked, "Too cheap")
	with acting_as(seller):
		assert order.name in api.waiting_for_me()


def test_the_next_step_leads_to_the_document_it_is_done_on(goods):
	order = order_of(goods)
	assert api.next_step(order.name)["do"] == "make_pick_lists"
	(listed,) = pick.make_lists(order)
	refresh_status.refresh_order(order.name)
	assert api.next_step(order.name) == {"do": "open", "doctype": "Pick List", "name": listed}
	assert api.next_step(order_of(goods, qty=90).name)["do"] == "what_is_missing"


def test_who_may_not_pick_is_led_to_the_order(goods):
	order = order_of(goods)
	with acting_as(make_user("Sales User")):
		assert api.next_step(order.name) == {"do": "open", "doctype": "Sales Order", "name": order.name}


def test_the_board_costs_the_same_statements_however_many_orders(goods):
	order_of(goods)
	drawn(goods[1])
	with counted_statements() as few:
		drawn(goods[1])
	for _ in range(5):
		order_of(goods, qty=1)
	with counted_statements() as many:
		assert drawn(goods[1])["whole"]["orders"] == 6
	assert len(many) == len(few) <= 4


def test_boards_are_told_once_that_something_moved_and_not_what(goods, monkeypatch):
	told = []
	monkeypatch.setattr(frappe, "publish_realtime", lambda *args, **values: told.append((args, values)))
	monkeypatch.setattr(frappe.cache, "set", lambda *_args, **_values: True)
	for _ in range(3):
		board_news.tell_soon()
	assert told == []
	board_news._tell()
	assert told == [(("swf_board", {}), {"room": "all"})]


# Another promise


def test_a_new_day_is_promised_with_a_reason_that_stays_on_the_order(goods):
	order = order_of(goods, qty=90)
	day = add_days(nowdate(), 60)
	assert api.promise_new_day(order.name, day, "Supplier's <b>strike</b>") == {
		"promised_on": day,
		"lateness": "On Time",
	}
	stored = frappe.db.get_value(
		"Sales Order", order.name, ["swf_first_promised_on", "swf_last_promised_on"], as_dict=True
	)
	assert str(stored.swf_last_promised_on) == day
	assert str(stored.swf_first_promised_on) == add_days(nowdate(), 7)
	comment = frappe.get_last_doc("Comment", {"reference_name": order.name, "comment_type": "Info"})
	words = said.worded(comment.content)
	assert "strike" in words
	assert "<b>strike" not in words


@pytest.mark.parametrize(("ahead", "reason"), [(-1, "Because"), (3, " "), (20_000, "Because")])
def test_no_day_of_the_past_or_of_another_age_is_promised_and_none_without_a_reason(goods, ahead, reason):
	order = order_of(goods)
	with pytest.raises(frappe.ValidationError):
		api.promise_new_day(order.name, add_days(nowdate(), ahead), reason)


def test_a_day_that_is_refused_is_written_as_its_reader_writes_days(goods, monkeypatch):
	order = order_of(goods)
	monkeypatch.setattr(frappe.local, "user_date_format", "dd.mm.yyyy", raising=False)
	with pytest.raises(frappe.ValidationError, match=r"20\.11\.2020"):
		api.promise_new_day(order.name, "2020-11-20", "Because")


def test_an_unknown_wish_is_refused_by_name():
	with pytest.raises(frappe.ValidationError, match="waiting_for_me"):
		api.board(only=["late", "x"])


def test_who_may_not_change_the_order_promises_nothing(goods):
	order = order_of(goods)
	with acting_as(make_user("Stock User")), pytest.raises(frappe.PermissionError):
		api.promise_new_day(order.name, add_days(nowdate(), 3), "Because")
