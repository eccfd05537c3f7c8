"""A happening is told to its customer once, by the rule that is on, and to nobody whom it does not mean."""

from urllib.parse import parse_qs, urlsplit

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.milestones import api, happened, page_link, send
from sales_wh_flow.order import refresh_status
from sales_wh_flow.patches.v0_4 import keys_of_customers_mails, orders_of_used_numbers
from sales_wh_flow.stock_lock import release
from sales_wh_flow.stock_lock.serving import serve
from tests.billing.billing_world import invoice_of, make_billing_policy
from tests.delivery.delivery_world import set_status
from tests.factories import (
	counted_statements,
	line,
	make_customer,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)
from tests.milestones.messages_world import (
	address_of,
	confirm,
	mails,
	make_message_rule,
	make_notification_rule,
	messages,
	reachable_customer,
	send_all,
	ship,
	shipped_order,
)

pytestmark = pytest.mark.usefixtures("messages_are_on")


def test_a_customer_whose_address_changed_is_told_once_of_what_is_noted_again():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	frappe.db.set_value("Customer", order.customer, "email_id", "new@customer.example")
	send_all(order)
	happened.note_happened("Confirmed", order.name)
	frappe.db.set_value("Customer", order.customer, "email_id", "newer@customer.example")
	happened.note_happened("Confirmed", order.name)
	send_all(order)
	assert len(mails(order.name)) == len(messages(order.name)) == 1


def test_what_failed_and_is_sent_again_is_told_once_of_what_is_noted_again():
	make_message_rule("Confirmed")
	order = shipped_order(customer=make_customer())
	frappe.db.set_value("Customer", order.customer, "email_id", "late@customer.example")
	api.send_again(messages(order.name)[0].name)
	send_all(order)
	happened.note_happened("Confirmed", order.name)
	send_all(order)
	assert len(mails(order.name)) == len(messages(order.name)) == 1


def test_what_failed_for_want_of_an_address_is_told_once_it_happens_again():
	make_message_rule("Confirmed")
	order = shipped_order(customer=make_customer())
	happened.note_happened("Confirmed", order.name)
	assert [it.state for it in messages(order.name)] == ["Failed"]
	frappe.db.set_value("Customer", order.customer, "email_id", "late@customer.example")
	happened.note_happened("Confirmed", order.name, document="of the second time")
	((state, why, facts),) = [(it.state, it.why, it.facts) for it in messages(order.name)]
	assert (state, why, "second time" in facts) == ("Waiting", None, True)
	for _ in range(2):
		send_all(order)
		happened.note_happened("Confirmed", order.name)
	assert len(mails(order.name)) == len(messages(order.name)) == 1


def test_what_was_told_before_the_update_is_not_told_again_after_it():
	"""Keys named the address; the one of a delay names the promise, too, or the new day of a program."""
	for milestone in ("Confirmed", "Delayed"):
		make_message_rule(milestone)
	order = shipped_order(customer=reachable_customer())
	day, later = add_days(nowdate(), 3), add_days(nowdate(), 9)

	def note():
		happened.note_happened("Confirmed", order.name)
		happened.note_happened("Delayed", order.name, occasion=day, old_date=day, new_date=nowdate())
		happened.note_happened("Delayed", order.name, occasion=later, new_date=later)

	note()
	for at, it in enumerate(messages(order.name)):
		frappe.db.set_value("Order Message", it.name, "unique_key", f"as it was {at}")
	keys_of_customers_mails.execute()
	keys_of_customers_mails.execute()
	note()
	assert [it.milestone for it in messages(order.name)] == ["Confirmed", "Delayed", "Delayed"]


def test_a_rule_in_shadow_keeps_back_nothing_that_another_rule_tells_the_same_customer():
	make_message_rule("Confirmed", state="Shadow", title=f"A trial {frappe.generate_hash(length=6)}")
	make_message_rule("Confirmed", title=f"Z as ever {frappe.generate_hash(length=6)}")
	order = shipped_order(customer=reachable_customer())
	assert [it.state for it in messages(order.name)] == ["Waiting"]


def test_in_shadow_nothing_fails_and_what_is_missing_is_said(switches):
	switches(messages="Shadow", stock_lock=True)
	make_message_rule("Confirmed")
	order = shipped_order(customer=make_customer())
	((state, why),) = [(it.state, said.worded(it.why)) for it in messages(order.name)]
	assert state == "Would Have Gone Out" and "No e-mail address" in why


@pytest.mark.parametrize(
	"change",
	[{"audience": "Customer", "channel": "Mail"}, {"milestone": "Short"}, {"channel": "Mail"}],
	ids=["audience", "milestone", "channel"],
)
def test_what_waits_by_a_rule_that_says_something_else_by_now_goes_to_nobody(change):
	rule = make_message_rule("Confirmed", audience="Seller", channel="Desk")
	seller = make_user("Sales User", "Sales Manager")
	order = shipped_order(customer=reachable_customer())
	frappe.db.set_value("Order Message", {"sales_order": order.name}, "receiver", seller)
	rule.update(change).save()
	send_all(order)
	assert mails(order.name) == []
	assert [it.state for it in messages(order.name)] == ["Failed"]
	assert frappe.db.count("Notification Log", {"for_user": seller, "document_name": order.name}) == 0


def test_each_delivery_of_an_order_is_told_to_be_invoiced_once(switches):
	switches(messages="On", billing="On", stock_lock=True)
	make_billing_policy("On Dispatch")
	make_message_rule("May Be Invoiced", audience="Seller", channel="Desk")
	order = shipped_order(4)
	note = ship(order, 1)
	set_status(order, "On Hold")
	set_status(order, "Draft")
	note.reload().update({"swf_tracking_no": "T-1"}).save()
	assert len(messages(order.name)) == 1, "the same goods are told once"
	invoice_of(order, 1)
	ship(order.reload(), 2)
	assert len(messages(order.name)) == 2


def test_each_part_of_an_order_is_told_to_be_ready_once():
	make_message_rule("Ready")
	order = shipped_order(customer=reachable_customer())
	for rounds in (1, 2):
		happened.note_happened("Ready", order.name)
		happened.note_happened("Ready", order.name)
		assert len(messages(order.name)) == rounds
		ship(order.reload(), 1)


def test_an_order_that_is_short_again_after_it_was_served_is_told_again(switches):
	switches(messages="On", stock_lock=True, serving="By Itself")
	make_message_rule("Short", audience="Seller", channel="Desk")
	item, place = make_item(), make_warehouse()
	order = make_order(line(item, qty=4, warehouse=place), submit=True)

	def rest():
		set_status(order, "On Hold")
		set_status(order, "Draft")
		return len(messages(order.name))

	assert rest() == 1, "it was short all the time"
	receive(item, 4, place)
	serve.serve_order(order.name)
	release.by_hand(order.reload(), "Wanted elsewhere")
	refresh_status.refresh_order(order.name)
	assert rest() == 2


def test_what_a_rule_kept_in_shadow_is_told_when_it_happens_again_and_the_rule_is_on():
	rule = make_message_rule("Ready", state="Shadow")
	order = shipped_order(customer=reachable_customer())
	happened.note_happened("Ready", order.name)
	rule.update({"state": "On"}).save()
	assert [it.state for it in messages(order.name)] == ["Would Have Gone Out"]
	happened.note_happened("Ready", order.name)
	happened.note_happened("Ready", order.name)
	assert [it.state for it in messages(order.name)] == ["Waiting"]


def order_of_services(customer):
	return make_order(line(make_item(is_stock_item=0)), customer=customer, submit=True)


def link_of(order):
	return parse_qs(urlsplit(page_link.link_for_customer(order.name)).query)["token"][0]


@pytest.mark.parametrize("is_known_late", [False, True], ids=["as it is deleted", "by the update"])
def test_an_order_that_gets_the_number_of_a_deleted_one_has_nothing_of_its_customer(is_known_late):
	"""Frappe gives the last number of a series out again."""
	make_message_rule("Confirmed")
	gone = order_of_services(reachable_customer())
	token = link_of(gone)
	send_all(gone)
	known = messages(gone.name)
	gone.reload().cancel()
	gone.delete()
	with pytest.raises(RuleViolation):
		page_link.order_behind(token)
	if is_known_late:
		for it in known:
			values = {"sales_order": gone.name, "unique_key": it.unique_key, "deleted_order": None}
			frappe.db.set_value("Order Message", it.name, values)
		frappe.db.set_value(
			"Customer Page Link",
			{"sales_order": ("is", "not set")},
			{"sales_order": gone.name, "revoked_on": None},
		)
	order = order_of_services(reachable_customer())
	assert order.name == gone.name
	if is_known_late:
		orders_of_used_numbers.execute()
		orders_of_used_numbers.execute()
		happened.note_happened("Confirmed", order.name)
	with pytest.raises(RuleViolation):
		page_link.order_behind(token)
	assert page_link.order_behind(link_of(order)) == order.name
	send_all(order)
	assert [(it.receiver, it.state) for it in messages(order.name)] == [(address_of(order.customer), "Sent")]
	assert [it.state for it in messages(None, deleted_order=gone.name)] == ["Sent"]


@pytest.mark.unchecked
def test_a_delivery_of_long_ago_is_not_told_because_its_note_is_edited(switches):
	switches(stock_lock=True)
	order = shipped_order(customer=reachable_customer())
	note = confirm(ship(order))
	switches(messages="On", stock_lock=True)
	make_message_rule("Delivered")
	note.reload().update({"swf_tracking_no": "CORRECTED-1"})
	note.save()
	assert messages(order.name) == []


def test_a_customer_who_ordered_in_the_shop_is_not_told_as_its_seller():
	make_message_rule("Confirmed", audience="Seller", channel="Mail")
	shopper = make_user("Customer")
	frappe.db.set_value("User", shopper, "user_type", "Website User")
	order = make_order()
	frappe.db.set_value("Sales Order", order.name, "owner", shopper)
	order.reload().submit()
	assert messages(order.name) == []


def test_whom_a_message_goes_to_is_read_once_its_order_is_held():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	(it,) = messages(order.name)
	with counted_statements() as seen:
		send.send_message(it.name, order.name)
	assert "for update" in str(seen[0]).lower() and "Sales Order" in str(seen[0])
	assert len(mails(order.name)) == 1


def by_webhook():
	return make_message_rule("Confirmed", channel="Webhook", webhook_url="https://hooks.example.com/a")


def opt_out(customer):
	frappe.get_doc({"doctype": "Message Opt Out", "customer": customer}).insert()


@pytest.mark.parametrize("tell", [by_webhook, make_notification_rule])
def test_who_wants_to_be_told_nothing_is_told_nothing_by_others_either(tell):
	tell()
	customer = reachable_customer()
	opt_out(customer)
	assert messages(shipped_order(customer=customer).name) == []
	order = shipped_order(customer=reachable_customer())
	opt_out(order.customer)
	(it,) = messages(order.name)
	send.claim_message(it.name) if it.channel == "Webhook" else send.send_message(it.name)
	assert [it.state for it in messages(order.name)] == ["Not Needed"]
	assert mails(order.name) == []


def test_a_notification_that_is_switched_off_is_run_by_no_rule():
	rule = make_notification_rule()
	order = shipped_order(customer=reachable_customer())
	frappe.db.set_value("Notification", rule.notification, "enabled", 0)
	send_all(order)
	((state, why),) = [(it.state, said.worded(it.why)) for it in messages(order.name)]
	assert (state, mails(order.name)) == ("Failed", [])
	assert rule.notification in why
