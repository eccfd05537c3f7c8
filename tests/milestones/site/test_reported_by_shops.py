"""More that users of shops and ERPs reported about messages, tracking pages and figures, tried here."""

import re

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.milestones import api, customer_page, send
from sales_wh_flow.packing.rules import states
from sales_wh_flow.sales_wh_flow.report.order_figures import order_figures
from tests.factories import acting_as, line, make_item, make_order, make_user
from tests.milestones.messages_world import (
	mail_account,
	mails,
	make_message_rule,
	messages,
	reachable_customer,
	ship,
	shipped_order,
)
from tests.packing.box_world import content_of, make_box


@pytest.fixture(autouse=True)
def messages_are_on(switches, in_this_transaction):
	switches(messages="On", stock_lock=True, customer_page=1)
	mail_account()


def sent(order):
	for it in messages(order.name, state="Waiting"):
		send.send_message(it.name)
	return mails(order.name)


def page(order):
	return customer_page.order_for_customer(frappe.get_doc("Sales Order", order.name))


def test_an_order_that_is_held_and_goes_on_is_not_new_again():
	"""woocommerce#27791: an order that went back and forth was told as new each time."""
	for milestone in ("Confirmed", "Approved and Locked"):
		make_message_rule(milestone)
	order = shipped_order(customer=reachable_customer())
	assert len(sent(order)) == 2
	for status in ("On Hold", "Draft", "On Hold", "Draft"):
		order.reload().update_status(status)
	assert len(sent(order)) == 2


def test_a_webhook_waits_once_however_often_its_document_is_saved():
	"""mageplaza/magento-2-webhook#67: each step called the receiver twice."""
	make_message_rule("Dispatched", channel="Webhook", webhook_url="https://hooks.example.com/a")
	order = shipped_order()
	note = ship(order)
	for _ in range(2):
		note.reload().save()
	order.reload().save()
	assert len(messages(order.name)) == 1


def test_what_is_sent_again_speaks_the_customers_language_and_not_the_clerks():
	"""woocommerce#36812, nopCommerce#8289: a mail that was sent again spoke the clerk's language."""
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer(language="de"))
	(message,) = messages(order.name)
	frappe.db.set_value("Order Message", message.name, "state", "Failed")
	clerk = make_user("Sales User", "Sales Manager")
	frappe.db.set_value("User", clerk, "language", "fr")
	before = frappe.local.lang
	with acting_as(clerk):
		frappe.local.lang = "fr"
		api.send_again(message.name)
		(mail,) = sent(order)
		frappe.local.lang = before
	assert "Vielen Dank" in mail.message


@pytest.mark.unchecked
def test_each_parcel_keeps_its_own_courier_and_number_on_the_page():
	"""PrestaShop#22836, nearmerch.com#214: of two parcels only the last could be followed."""
	order = make_order(line(qty=4), customer=reachable_customer())
	numbers = {f"T-{at}": f"https://courier{at}.example/T-{at}" for at in (1, 2)}
	for number, link in numbers.items():
		make_box(content_of(order), state=states.IN_TRANSIT, tracking_no=number, tracking_url=link)
	assert {box["tracking_no"]: box["tracking_link"] for box in page(order)["boxes"]} == numbers


@pytest.mark.unchecked
def test_a_box_of_two_orders_tells_each_customer_of_his_own_goods():
	"""shipperhq/module-shipping-tracker#9: a mail named what belonged to another order."""
	make_message_rule("Dispatched")
	one, two = (
		make_order(line(make_item(item_name=name)), customer=reachable_customer(), submit=True)
		for name in ("Lamp", "Desk")
	)
	box = make_box(content_of(one), content_of(two), state=states.HANDED_OVER)
	from sales_wh_flow.milestones import happened

	happened.note_all("Dispatched", [one.name, two.name], box)
	((first,), (second,)) = sent(one), sent(two)
	assert ("Lamp" in first.message, "Desk" in first.message) == (True, False)
	assert ("Lamp" in second.message, "Desk" in second.message) == (False, True)


@pytest.mark.unchecked
def test_the_mail_of_a_shipment_lists_that_shipment_alone_with_its_quantities():
	"""spree#1867: it listed the whole order; human-essentials#3508: quantities stood beside other items."""
	make_message_rule("Dispatched")
	lamp, desk = make_item(item_name="Lamp"), make_item(item_name="Desk")
	lines = line(lamp, qty=3), line(desk, qty=5), line(lamp, qty=7)
	order = make_order(*lines, customer=reachable_customer(), submit=True)
	box = make_box(content_of(order, 2, 2), content_of(order, 0, 1), state=states.HANDED_OVER)
	from sales_wh_flow.milestones import happened

	happened.note_happened("Dispatched", order.name, box)
	(mail,) = sent(order)
	rows = [" ".join(it.split()) for it in re.findall(r"<li[^>]*>(.*?)</li>", mail.message, re.DOTALL)]
	assert rows == ["2 Nos Lamp", "1 Nos Lamp"]


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (-10, False), (-400, False)])
def test_figures_of_a_time_show_the_orders_of_that_time_alone(days, is_there):
	"""erpnext#33997: a report on delays showed orders of other days."""
	order = shipped_order()
	frappe.db.set_value("Sales Order", order.name, "transaction_date", add_days(nowdate(), days))
	given = {"from_date": add_days(nowdate(), -5), "to_date": nowdate(), "show": "Each Order"}
	found = {row["sales_order"] for row in order_figures.execute(given)[1]}
	assert (order.name in found) is is_there
