"""Customers say on the page of an order that they are not to be told of it; and what is old is forgotten."""

from urllib.parse import unquote

import pytest

import frappe
from frappe.utils import add_days, now_datetime

from sales_wh_flow.milestones import api, happened, jobs, page_link, page_looks, wishes
from tests.factories import acting_as, make_customer, make_order, make_user
from tests.milestones.messages_world import make_message_rule, messages, reachable_customer


@pytest.fixture(autouse=True)
def customers_are_told(switches, in_this_transaction):
	switches(messages="On", customer_page="1")
	make_message_rule("Dispatched")
	frappe.cache.delete_keys("rl:")


@pytest.fixture
def order():
	return make_order(customer=reachable_customer())


def token_of(order):
	return unquote(page_link.link_for_customer(order.name).partition("token=")[2])


def chosen(order, is_wanted, **values):
	with acting_as("Guest"):
		return api.tell_me_or_not(is_wanted, token=token_of(order), **values)


def told(order):
	happened.note_happened("Dispatched", order.name, box=frappe.generate_hash(length=6))
	return len(messages(order.name))


def test_whoever_has_the_link_stops_the_messages_of_that_order_alone(order):
	other = make_order(customer=order.customer)
	assert wishes.wish_on_page(order.name) == {"is_told": True, "may_change": True}
	assert chosen(order, 0) is False
	assert chosen(order, 0) is False
	assert (told(order), told(other)) == (0, 1)
	assert frappe.db.count("Message Opt Out", {"customer": order.customer}) == 1
	assert wishes.wish_on_page(order.name) == {"is_told": False, "may_change": True}
	assert chosen(order, 1) is True
	assert told(order) == 1


def test_what_we_were_asked_for_all_orders_is_not_lifted_by_the_link_of_one(order):
	frappe.get_doc({"doctype": "Message Opt Out", "customer": order.customer, "note": "By phone"}).insert()
	assert wishes.wish_on_page(order.name) == {"is_told": False, "may_change": False}
	assert chosen(order, 1) is False
	assert told(order) == 0


def test_where_customers_have_to_agree_only_those_are_told_who_did(order, switches):
	switches(messages="On", customer_page="1", messages_need_consent=1)
	other = make_order(customer=reachable_customer())
	frappe.get_doc({"doctype": "Message Opt Out", "customer": other.customer, "agrees": 1}).insert()
	assert (told(order), told(other)) == (0, 1)
	assert wishes.wish_on_page(order.name) == {"is_told": False, "may_change": True}
	assert chosen(order, 1) is True
	assert told(order) == 1
	assert (chosen(order, 0), chosen(order, 1), chosen(other, 0)) == (False, True, False)
	assert frappe.db.count("Message Opt Out", {"sales_order": order.name}) == 1


def test_a_customer_who_agreed_is_told_where_nobody_has_to(order):
	frappe.get_doc({"doctype": "Message Opt Out", "customer": order.customer, "agrees": 1}).insert()
	assert told(order) == 1


def test_nobody_chooses_for_an_order_that_is_not_his(order):
	with acting_as("Guest"), pytest.raises(frappe.PermissionError):
		api.tell_me_or_not(0, order=order.name)
	with acting_as("Guest"), pytest.raises(frappe.PermissionError):
		api.tell_me_or_not(0, token=token_of(order)[:-2])
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		api.tell_me_or_not(0, order=order.name)
	assert told(order) == 1


def test_wishes_are_read_by_who_reads_the_order_and_go_with_it(order):
	chosen(order, 0)
	(name,) = frappe.get_all("Message Opt Out", {"sales_order": order.name}, pluck="name")
	stranger = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": stranger, "allow": "Customer", "for_value": make_customer()}
	).insert(ignore_permissions=True)
	for reader, may in ((stranger, False), (make_user("Sales User"), True)):
		with acting_as(reader):
			assert bool(frappe.get_list("Message Opt Out", {"name": name})) is may
			assert bool(frappe.has_permission("Message Opt Out", "write", doc=name)) is may
	order.delete()
	assert not frappe.db.exists("Message Opt Out", name)


def test_a_link_writes_so_often_and_no_more(order, monkeypatch):
	monkeypatch.setattr(page_looks, "MOST_WRITTEN", 2)
	with pytest.raises(frappe.RateLimitExceededError):
		for turn in range(5):
			chosen(order, turn % 2)


def test_where_nothing_is_told_nothing_is_offered(order, switches):
	switches(customer_page="1")
	assert wishes.wish_on_page(order.name) is None


def aged(order, days, **values):
	told(order)
	stamp = add_days(now_datetime(), -days)
	frappe.db.set_value("Order Message", {"sales_order": order.name}, {"creation": stamp, **values})
	return order


def test_old_messages_of_orders_that_are_over_are_forgotten_with_their_links(order, switches):
	over, recent, waiting, going_on = order, *(make_order(customer=order.customer) for _ in range(3))
	for one in (over, recent, waiting):
		frappe.db.set_value("Sales Order", one.name, "swf_stage", "Ended")
	aged(over, 40, state="Sent")
	aged(recent, 20, state="Sent")
	aged(waiting, 40)
	aged(going_on, 40, state="Sent")
	page_link.link_for_customer(over.name)
	page_link.link_for_customer(recent.name)
	ended = {"expires_on": add_days(now_datetime(), -40)}
	frappe.db.set_value("Customer Page Link", {"sales_order": over.name}, ended)
	assert jobs.forget_old_messages() == 0
	switches(messages="On", customer_page="1", message_keep_days=30)
	assert jobs.forget_old_messages() == 2
	assert [len(messages(it.name)) for it in (over, recent, waiting, going_on)] == [0, 1, 1, 1]
	links = {"sales_order": ("in", [over.name, recent.name])}
	assert frappe.get_all("Customer Page Link", links, pluck="sales_order") == [recent.name]
	reasons = frappe.get_all("Record Removal", {"record_type": "Order Message"}, pluck="reason")
	assert any("30 days" in it for it in reasons)
	assert jobs.forget_old_messages() == 0
