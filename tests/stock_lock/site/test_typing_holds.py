"""What others are typing: quantities only, for a moment, and never a lock."""

import time

import pytest
from redis.exceptions import ConnectionError

import frappe

from sales_wh_flow.boot import extend
from sales_wh_flow.stock_lock import api
from sales_wh_flow.stock_lock.store import typing_holds
from tests.factories import (
	acting_as,
	make_item,
	make_user,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def typing_is_shown(switches):
	switches(stock_lock=True, typing_holds="1")
	frappe.cache.delete_value("sales_wh_flow:typing")
	yield
	frappe.cache.delete_value("sales_wh_flow:typing")


@pytest.fixture
def stock():
	item, place = make_item(), make_warehouse()
	receive(item, 10, place)
	return {"item_code": item, "warehouse": place}


def test_a_form_shows_what_others_type_and_what_is_free(stock):
	with acting_as(make_user("Sales User")):
		assert api.typing("new-sales-order-1", [{**stock, "qty": 4}]) == []
	with acting_as(make_user("Sales User")):
		heard = api.typing("new-sales-order-1", [{**stock, "qty": 2}, {**stock, "qty": 1}])

	assert heard == [{**stock, "free": 10, "typed_by_others": 4}]


def test_rows_are_taken_as_the_desk_sends_them(stock):
	with acting_as(make_user("Sales User")):
		frappe.call(
			"sales_wh_flow.stock_lock.api.typing", form="a", rows=frappe.as_json([{**stock, "qty": 4}])
		)
	assert api.typing("b", [{**stock, "qty": 1}])[0]["typed_by_others"] == 4


def test_what_is_saved_or_too_old_is_shown_no_more(stock, monkeypatch):
	with acting_as(make_user("Sales User")):
		api.typing("a", [{**stock, "qty": 4}])
		api.typing("a", [])
		api.typing("b", [{**stock, "qty": 3}])
	assert api.typing("c", [{**stock, "qty": 1}])[0]["typed_by_others"] == 3

	later = time.time() + typing_holds.KEPT_S + 1
	monkeypatch.setattr(typing_holds.time, "time", lambda: later)
	assert api.typing("c", [{**stock, "qty": 1}]) == []


def test_nothing_is_told_while_the_setting_is_off(stock, switches):
	switches(stock_lock=True, typing_holds="0")

	api.typing("a", [{**stock, "qty": 4}])
	assert not frappe.cache.hgetall("sales_wh_flow:typing")
	info = frappe._dict()
	extend(info)
	assert info.swf["typing_holds"] is False


def test_without_redis_nobody_sees_anything_and_the_form_works(stock, monkeypatch):
	def down(*_args):
		raise ConnectionError("no Redis")

	broken = type("Cache", (), {"hset": down, "hdel": down, "hgetall": down})()
	frappe_without_redis = type("Frappe", (), {"cache": broken, "logger": staticmethod(frappe.logger)})
	monkeypatch.setattr(typing_holds, "frappe", frappe_without_redis)

	assert api.typing("a", [{**stock, "qty": 4}]) == []
	assert api.typing("a", []) == []


def test_it_never_becomes_a_lock(stock):
	api.typing("a", [{**stock, "qty": 4}])

	assert frappe.db.get_value("Bin", stock, "reserved_stock") == 0


def test_who_may_not_write_orders_is_told_nothing(stock):
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.typing("a", [{**stock, "qty": 4}])
