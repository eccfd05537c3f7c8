"""A message that waits is sent as things are when its turn comes, or not at all."""

import json

import pytest

import frappe
from frappe.utils import add_days, format_date, getdate, nowdate

from sales_wh_flow.base import in_words, said
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.milestones import api, customer_page, happened, jobs, send
from sales_wh_flow.milestones.follow_status import orders_delayed
from tests.delivery.delivery_world import boxes_of, handed_over, make_courier, picked_order, state_of
from tests.factories import counted_statements, make_address, make_user
from tests.milestones.messages_world import (
	address_of,
	confirm,
	mails,
	make_message_rule,
	messages,
	reachable_customer,
	ship,
	shipped_order,
)

pytestmark = pytest.mark.usefixtures("messages_are_on")


@pytest.fixture
def order():
	return shipped_order(customer=reachable_customer())


def sent(order, **filters):
	"""Send what waits of an order. Returns [(state, why in words)] of its messages."""
	for it in messages(order.name, state="Waiting", **filters):
		send.send_message(it.name)
	return [(it.state, said.worded(it.why) or "") for it in messages(order.name, **filters)]


def test_of_an_order_that_was_cancelled_meanwhile_nothing_is_sent():
	make_message_rule("Confirmed")
	make_message_rule("Confirmed", audience="Seller", channel="Desk")
	order = shipped_order(customer=reachable_customer())
	order.reload().cancel()
	why = "The order was cancelled before it went out."
	assert sent(order) == [("Not Needed", why)] * 2
	assert mails(order.name) == []
	assert api.messages_of_order(order.name)[0]["why"] == why


def test_what_was_not_needed_is_told_when_it_happens_again():
	make_message_rule("Dispatched")
	order = shipped_order(customer=reachable_customer())
	note = ship(order)
	note.reload().cancel()
	((state, why),) = sent(order)
	assert (state, why) == ("Not Needed", "Dispatched was not true any more when its turn came.")
	happened.note_happened("Dispatched", order.name, box=note.name)
	happened.note_happened("Dispatched", order.name, box=note.name)
	assert len(messages(order.name, state="Waiting")) == 1


def test_a_box_that_leaves_with_its_note_alone_is_told_when_it_leaves_and_when_it_is_there(switches):
	"""No page Hand Over, no driver: the note is submitted and confirmed on its form."""
	switches(messages="On", stock_lock=True, fulfilment=True)
	for milestone in ("Dispatched", "Delivered"):
		make_message_rule(milestone)
	order, pick = picked_order(4, customer=reachable_customer())
	(box,) = boxes_of(pick)
	note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick.name)).submit()
	assert (state_of(box), sent(order)) == ("Closed", [("Sent", "")])
	confirm(note)
	assert sent(order) == [("Sent", "")] * 2
	assert {it.box for it in messages(order.name)} == {box}


def test_each_box_is_told_with_its_own_number_and_link(switches):
	switches(messages="On", stock_lock=True, fulfilment=True)
	make_message_rule("Dispatched")
	order, pick = picked_order(4, customer=reachable_customer())
	links = {f"T{at}": f"https://t.example/{at}" for at in (1, 2)}
	made = boxes_of(pick, {0: 3}, {0: 1})
	for box, (number, link) in zip(made, links.items(), strict=True):
		frappe.db.set_value("Order Box", box, {"tracking_no": number, "tracking_url": link})
	handed_over(*made, courier=make_courier(tracking_url="https://other.example/{0}"))
	told = [json.loads(it.facts) for it in messages(order.name)]
	assert {it["tracking_no"]: it["tracking_link"] for it in told} == links


def test_a_closed_order_is_not_said_to_be_ready_but_what_left_is():
	for milestone in ("Approved and Locked", "Dispatched"):
		make_message_rule(milestone)
	order = shipped_order(customer=reachable_customer())
	ship(order, 1)
	order.reload().update_status("Closed")
	assert dict(zip(("Approved and Locked", "Dispatched"), [it[0] for it in sent(order)], strict=True)) == {
		"Approved and Locked": "Not Needed",
		"Dispatched": "Sent",
	}


@pytest.mark.unchecked
def test_a_confirmation_of_delivery_that_was_taken_back_is_not_told():
	make_message_rule("Delivered")
	order = shipped_order(customer=reachable_customer())
	note = confirm(ship(order))
	frappe.db.set_value("Delivery Note", note.name, "swf_delivered_on", None)
	assert [it[0] for it in sent(order)] == ["Not Needed"]


def test_a_locked_order_whose_goods_are_gone_again_is_not_told_to_the_warehouse():
	from sales_wh_flow.order import refresh_status
	from sales_wh_flow.stock_lock import release

	make_message_rule("Approved and Locked")
	order = shipped_order(customer=reachable_customer())
	release.by_hand(order, "Wanted elsewhere")
	refresh_status.refresh_order(order.name)
	assert [it[0] for it in sent(order)] == ["Not Needed"]


def test_a_digest_leaves_out_what_is_not_so_any_more():
	make_message_rule("Approved and Locked", audience="Seller", digest=1)
	seller = make_user("Sales User", "Sales Manager", "Stock User")
	orders = [shipped_order() for _ in range(3)]
	for it in orders:
		frappe.db.set_value("Order Message", {"sales_order": it.name}, "receiver", seller)
	orders[0].reload().cancel()
	send.send_digest([messages(it.name)[0].name for it in orders])
	(mail,) = [mail for it in orders for mail in mails(it.name)]
	assert [it.name in mail.message for it in orders] == [False, True, True]
	assert [messages(it.name)[0].state for it in orders] == ["Not Needed", "Sent", "Sent"]


def test_a_customer_who_opted_out_meanwhile_is_not_told():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	frappe.get_doc({"doctype": "Message Opt Out", "customer": order.customer}).insert()
	assert sent(order) == [("Not Needed", "The customer does not want to be told of it any more.")]


def test_the_mail_goes_to_the_address_and_in_the_language_that_are_known_when_it_leaves():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	old = address_of(order.customer)
	frappe.db.set_value("Customer", order.customer, {"email_id": "new@customer.example", "language": "de"})
	sent(order)
	(it,) = messages(order.name)
	assert (it.receiver, it.state) == ("new@customer.example", "Sent")
	to = frappe.get_all("Email Queue Recipient", {"parent": mails(order.name)[0].name}, pluck="recipient")
	assert to == ["new@customer.example"] != [old]


def test_an_address_that_is_gone_fails_and_says_so():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	frappe.db.set_value("Customer", order.customer, "email_id", None)
	((state, why),) = sent(order)
	assert state == "Failed" and "No e-mail address" in why


def test_a_colleague_who_has_left_is_not_told():
	make_message_rule("Confirmed", audience="Seller", channel="Desk")
	order = shipped_order()
	gone = make_user("Sales User")
	frappe.db.set_value("Order Message", {"sales_order": order.name}, "receiver", gone)
	frappe.db.set_value("User", gone, "enabled", 0)
	((state, why),) = sent(order)
	assert (state, why) == ("Not Needed", f"{gone} has left.")


def test_the_address_of_a_customer_without_contact_is_the_one_of_its_own_address():
	"""What a company enters on the Address alone is enough."""
	from tests.factories import make_customer

	make_message_rule("Confirmed")
	customer = make_customer()
	address = make_address(customer, email_id="door@customer.example")
	frappe.db.set_value("Customer", customer, "customer_primary_address", address)
	order = shipped_order(customer=customer)
	assert [it.receiver for it in messages(order.name)] == ["door@customer.example"]


def test_what_may_be_invoiced_no_more_is_not_told_to_accounts(switches):
	from tests.billing.billing_world import invoice_of, make_billing_policy

	switches(messages="On", billing="On", stock_lock=True)
	make_billing_policy("On Order")
	make_message_rule("May Be Invoiced", audience="Seller", channel="Desk")
	order = shipped_order()
	invoice_of(order)
	assert [it[0] for it in sent(order)] == ["Not Needed"]


@pytest.fixture
def late(switches, order):
	"""An order that will be late, of which the delay waits to be told."""
	switches(messages="On", stock_lock=True, forecast=True)
	make_message_rule("Delayed")
	promised, expected = getdate(nowdate()), getdate(add_days(nowdate(), 4))
	values = {"swf_last_promised_on": promised, "swf_forecast_on": expected, "swf_lateness": "At Risk"}
	frappe.db.set_value("Sales Order", order.name, values)
	orders_delayed({order.name: (promised, expected)})
	return order


def test_delays_to_one_day_cost_the_statements_of_one_order(late):
	orders = [late, *(shipped_order(customer=reachable_customer()) for _ in range(2))]
	days = (getdate(add_days(nowdate(), 1)), None)
	with counted_statements() as seen:
		orders_delayed(dict.fromkeys((it.name for it in orders), days))
	assert len(seen) == 2, seen
	assert [len(messages(it.name, milestone="Delayed")) for it in orders] == [2, 1, 1]


def test_a_delay_that_is_over_is_not_told(late):
	frappe.db.set_value("Sales Order", late.name, "swf_lateness", "On Time")
	assert [it[0] for it in sent(late)] == ["Not Needed"]
	assert mails(late.name) == []


def test_a_delay_names_the_day_that_is_expected_when_it_leaves(late):
	day = add_days(nowdate(), 9)
	frappe.db.set_value("Sales Order", late.name, "swf_forecast_on", day)
	assert [it[0] for it in sent(late)] == ["Sent"]
	assert format_date(day) in mails(late.name)[0].message


def test_the_mail_about_a_delay_and_the_page_it_leads_to_say_one_day_of_the_same_goods(late):
	ship(late, 1)
	(row,) = frappe.get_all("Sales Order Item", {"parent": late.name}, ["name", "qty", "item_name", "uom"])
	day = add_days(nowdate(), 9)
	late_on = {"swf_forecast_on": day, "swf_lateness": "At Risk"}
	frappe.db.set_value("Sales Order", late.name, late_on)
	frappe.db.set_value("Sales Order Item", row.name, "swf_line_expected_on", None)
	assert "Sent" in [it[0] for it in sent(late, milestone="Delayed")]
	(mail,) = mails(late.name)
	assert f"{in_words.figure(row.qty - 1)} {row.uom} {row.item_name}" in mail.message
	(shown,) = customer_page.order_for_customer(late)["lines"]
	assert (shown["day"], shown["expected_on"]) == ("", format_date(day))
	assert format_date(day) in mail.message


def test_a_mail_that_could_not_leave_for_hours_is_given_up_once_its_order_is_cancelled():
	make_message_rule("Confirmed")
	frappe.db.sql("update `tabOrder Message` set mail = null")
	order = shipped_order(customer=reachable_customer())
	sent(order)
	(mail,) = mails(order.name)
	values = {"status": "Error", "error": "ConnectionRefusedError: [Errno 111]", "retry": 3}
	frappe.db.set_value("Email Queue", mail.name, values)
	order.reload().cancel()
	assert jobs.follow_mails() == {"again": 0, "came_back": 0, "failed": 0, "not_needed": 1}
	assert frappe.db.get_value("Email Queue", mail.name, "status") == "Error"
	assert [it.state for it in messages(order.name)] == ["Not Needed"]
	assert jobs.follow_mails()["not_needed"] == 0


def test_a_webhook_that_waits_for_its_next_try_is_not_called_once_its_order_is_cancelled():
	make_message_rule(
		"Confirmed", audience="Seller", channel="Webhook", webhook_url="https://hooks.example.com/x"
	)
	order = shipped_order()
	order.reload().cancel()
	(it,) = messages(order.name)
	assert send.claim_message(it.name) is None
	assert messages(order.name)[0].state == "Not Needed"


@pytest.mark.parametrize("switch", ["Shadow", "Off"])
def test_what_waits_stays_here_once_messages_are_switched_to_shadow_or_off(switches, switch):
	"""Also in a job that began while they were on, and knows no better."""
	for kind in ({}, {"audience": "Seller", "channel": "Desk"}):
		make_message_rule("Confirmed", **kind)
	address = "https://hooks.example.com/x"
	make_message_rule("Confirmed", audience="Seller", channel="Webhook", webhook_url=address)
	order = shipped_order(customer=reachable_customer())
	frappe.db.set_single_value("Sales Flow Settings", "messages", switch)
	frappe.get_cached_doc("Sales Flow Settings").messages = "On"
	names = [it.name for it in messages(order.name)]
	assert [send.send_message(name) for name in names] == [""] * 3
	assert send.send_digest(names) == ""
	assert {send.claim_message(name) for name in names} == {None}
	assert (mails(order.name), {it.state for it in messages(order.name)}) == ([], {"Waiting"})
	switches(messages="On", stock_lock=True)
	assert "Sent" in dict(sent(order, channel="Mail"))
