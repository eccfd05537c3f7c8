"""The queue of waiting demand: who stands where in it, and who may not pass."""

import pytest

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from tests.factories import (
	counted_statements,
	line,
	make_customer,
	make_customer_group,
	make_item,
	make_items,
	make_order,
	receive,
)
from tests.stock_lock.site.test_serving import held, of_group, run


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, serving="By Itself", waiting_batch=200)
	frappe.db.sql("update `tabServing Policy` set enabled = 0")
	frappe.flags.began = now_datetime()


def amended(order, **values):
	order.cancel()
	doc = frappe.copy_doc(order, ignore_no_copy=False)
	day = add_days(nowdate(), 3)
	doc.update(
		{
			**{"amended_from": order.name, "docstatus": 0, "status": "Draft", "delivery_date": day},
			**values,
		}
	)
	for row in doc.items:
		row.update({"docstatus": 0, "delivery_date": day})
	return doc.insert().submit()


def test_an_amended_order_keeps_its_place_in_the_queue(policy, place):
	item = make_item()
	policy((None, "Keep"), order_by="Order Age")
	first, second = (of_group(None, item, 5, place) for _ in range(2))
	frappe.db.set_value("Sales Order", first.name, "swf_queued_since", add_days(now_datetime(), -3))

	again = amended(amended(first.reload()))
	receive(item, 5, place)
	run()

	assert (held(again), held(second)) == (5, 0)


def test_nobody_takes_the_age_of_another_customers_order(policy, place):
	item = make_item()
	policy((None, "Keep"), order_by="Order Age")
	old, waits = (of_group(None, item, 5, place) for _ in range(2))
	frappe.db.set_value("Sales Order", old.name, "swf_queued_since", add_days(now_datetime(), -3))

	other = amended(old.reload(), customer=make_customer())
	receive(item, 5, place)
	run()

	assert (held(other), held(waits)) == (0, 5)


def test_a_new_order_does_not_pass_who_waits_for_what_came_in(place):
	item = make_item()
	waits = of_group(None, item, 5, place)
	receive(item, 7, place)

	new = of_group(None, item, 5, place)

	assert (held(waits), held(new)) == (0, 2)
	run()
	assert (held(waits), held(new)) == (5, 2)


def test_a_new_order_whose_turn_is_first_takes_what_came_in(policy, place):
	must, item = make_customer_group(), make_item()
	policy((must, "Must"))
	waits = of_group(None, item, 5, place)
	receive(item, 5, place)

	key = of_group(must, item, 5, place)

	assert (held(waits), held(key)) == (0, 5)


def test_a_new_order_takes_what_completes_nobody(policy, place):
	group, (item, other) = make_customer_group(), make_items(2)
	policy((group, "Keep", 0, "Full order only"))
	whole = make_order(
		line(item, qty=5, warehouse=place),
		line(other, qty=5, warehouse=place),
		customer=make_customer(group=group),
		submit=True,
	)
	receive(item, 5, place)

	new = of_group(None, item, 5, place)

	assert (held(whole), held(new)) == (0, 5)


def test_where_nobody_waits_a_new_order_reads_no_queue(place):
	item = make_item()
	receive(item, 20, place)
	of_group(None, item, 5, place)
	order = make_order(line(item, qty=5, warehouse=place))

	with counted_statements() as statements:
		order.submit()

	assert not [it for it in statements if "swf_waits_from <=" in it or "wanted.item_code in" in it]
