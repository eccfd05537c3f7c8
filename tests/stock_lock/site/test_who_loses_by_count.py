"""A count of locked stock says who would lose, who lost, and whether the policy or a person decided."""

import pytest

import frappe

from sales_wh_flow.stock_lock import api, repair
from tests import factories as make
from tests.stock_documents import counted


@pytest.fixture(autouse=True)
def counts_are_posted(switches):
	switches(stock_lock=True, fulfilment=True, post_counts_of_locked_stock="1")


@pytest.fixture
def item(place):
	return make.stocked(10, place)


@pytest.fixture
def orders(item, place):
	"""Two that hold six and four."""
	return [make.make_order(make.line(item, qty=qty), warehouse=place, submit=True) for qty in (6, 4)]


def a_count(item, place, qty, *first):
	doc = counted(item, place, qty)
	for order in first:
		doc.append("swf_lose_first", {"sales_order": order.name})
	return doc.insert()


def told(doc):
	answer = api.who_loses_by_count(doc.name)
	return [(it["sales_order"], it["qty"], it["by_hand"]) for it in answer["lines"]]


def test_the_draft_says_what_submitting_it_does(orders, item, place):
	doc = a_count(item, place, 5)
	planned = told(doc)
	doc.submit()
	assert planned == told(doc) == [(orders[1].name, 4, False), (orders[0].name, 1, False)]


def test_who_is_named_by_hand_loses_first(orders, item, place):
	doc = a_count(item, place, 7, orders[0])
	assert told(doc) == [(orders[0].name, 3, True)]
	doc.submit()
	assert told(doc) == [(orders[0].name, 3, True)]
	assert repair.look_for_drift().is_clean


def test_what_one_that_is_named_does_not_hold_the_policy_decides(orders, item, place):
	doc = a_count(item, place, 2, orders[0])
	doc.submit()
	assert told(doc) == [(orders[0].name, 6, True), (orders[1].name, 2, False)]


def test_who_holds_nothing_of_it_is_not_named(orders, item, place):
	stranger = make.make_order(make.line(make.stocked(1, place), qty=1), warehouse=place, submit=True)
	with pytest.raises(frappe.ValidationError, match="holds nothing"):
		a_count(item, place, 2, stranger)


def test_naming_takes_the_right_to_release_locks(orders, item, place):
	with make.acting_as(make.make_user("Stock User")), pytest.raises(frappe.PermissionError):
		doc = counted(item, place, 2)
		doc.append("swf_lose_first", {"sales_order": orders[0].name})
		doc.flags.ignore_permissions = True  # whatever lets him count at all
		doc.insert()


def test_where_counts_of_locked_stock_are_erpnexts_nobody_is_named(orders, item, place, switches):
	switches(post_counts_of_locked_stock="0")
	assert told(a_count(item, place, 2)) == []
