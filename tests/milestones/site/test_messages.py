"""What happens to orders is told, each thing once, to whom the rules say, on a site."""

import pytest

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from sales_wh_flow.base import said
from sales_wh_flow.milestones import api, happened, jobs, send
from sales_wh_flow.milestones.store import queue
from tests.factories import (
	acting_as,
	counted_statements,
	make_customer,
	make_customer_group,
	make_order,
	make_user,
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


def test_a_confirmed_order_is_told_to_its_customer_once():
	make_message_rule("Confirmed")
	customer = reachable_customer()
	order = shipped_order(customer=customer)
	(it,) = messages(order.name)
	assert (it.milestone, it.receiver, it.state) == ("Confirmed", address_of(customer), "Waiting")
	happened.note_happened("confirmed", order.name)
	send_all(order)
	send_all(order)
	assert [row.state for row in messages(order.name)] == ["Sent"]
	assert len(mails(order.name)) == 1


def test_the_rule_of_the_customers_group_counts_whatever_group_the_order_names():
	group = make_customer_group()
	rule = make_message_rule("Confirmed", customer_group=group)
	order = shipped_order(customer=reachable_customer(group=group), customer_group=make_customer_group())
	assert [it.rule for it in messages(order.name)] == [rule.name]


def test_each_step_of_an_order_has_its_message():
	for milestone in ("Confirmed", "Approved and Locked", "Dispatched", "Delivered", "Return Received"):
		make_message_rule(milestone)
	order = shipped_order(customer=reachable_customer())
	note = ship(order)
	confirm(note)
	from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return

	make_sales_return(note.name).insert().submit()
	assert {it.milestone for it in messages(order.name)} == {
		*("Confirmed", "Approved and Locked", "Dispatched", "Delivered", "Return Received"),
	}


def test_a_short_order_is_told_to_its_seller():
	make_message_rule("Short", audience="Seller", channel="Desk")
	seller = make_user("Sales User", "Sales Manager")
	with acting_as(seller):
		order = make_order(submit=True)
	(it,) = messages(order.name)
	assert (it.receiver, it.channel) == (seller, "Desk")
	send_all(order)
	assert frappe.db.count("Notification Log", {"for_user": seller, "document_name": order.name}) == 1


def test_a_credit_note_is_told_as_a_refund_and_billing_tells_what_may_be_invoiced(switches):
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

	from tests.billing.billing_world import invoice_of, make_billing_policy

	switches(messages="On", billing="On", stock_lock=True)
	make_billing_policy("On Order")
	make_message_rule("Refunded")
	make_message_rule("May Be Invoiced", audience="Accounts", channel="Desk")
	accountant = make_user("Accounts User")
	order = shipped_order(customer=reachable_customer())
	make_sales_return(invoice_of(order).name).insert().submit()
	found = {(it.milestone, it.receiver) for it in messages(order.name)}
	assert ("May Be Invoiced", accountant) in found
	assert "Refunded" in {milestone for milestone, _receiver in found}


def test_a_delay_is_told_again_when_the_date_moves_again():
	make_message_rule("Delayed")
	order = shipped_order(customer=reachable_customer())
	for day in (add_days(nowdate(), 3), add_days(nowdate(), 3), add_days(nowdate(), 9)):
		why = "Supplier ACME is broke"
		happened.note_happened("Delayed", order.name, occasion=day, new_date=day, reason=why)
	assert len(messages(order.name)) == 2
	send_all(order)
	assert not any("ACME is broke" in it.message for it in mails(order.name))


def test_a_customer_without_an_address_is_said_on_the_order_and_told_once_there_is_one():
	make_message_rule("Confirmed")
	customer = make_customer()
	order = shipped_order(customer=customer)
	(it,) = api.messages_of_order(order.name)
	assert it["state"] == "Failed" and "No e-mail address" in it["why"]
	with pytest.raises(frappe.ValidationError, match="no e-mail address"):
		api.send_again(it["name"])
	frappe.clear_messages()
	frappe.db.set_value("Customer", customer, "email_id", "late@customer.example")
	assert api.send_again(it["name"]) == "late@customer.example"
	send_all(order)
	assert len(mails(order.name)) == 1


def test_a_customer_who_does_not_want_it_is_not_told():
	make_message_rule("Confirmed")
	make_message_rule("Approved and Locked")
	customer = reachable_customer()
	frappe.get_doc({"doctype": "Message Opt Out", "customer": customer, "milestone": "Confirmed"}).insert()
	order = shipped_order(customer=customer)
	assert [it.milestone for it in messages(order.name)] == ["Approved and Locked"]


def test_the_customers_language_chooses_the_template():
	for language, subject in (("de", "Bestellt: {{ order.name }}"), ("", "Ordered: {{ order.name }}")):
		frappe.get_doc(
			{
				"doctype": "Email Template",
				"name": f"T {language} {frappe.generate_hash(length=6)}",
				"subject": subject,
				"response": "<p>{{ order.customer_name }} {{ page_link }}</p>",
			}
		).insert()
	names = frappe.get_all("Email Template", {"name": ("like", "T %")}, ["name", "subject"])
	rows = [
		{"language": "de" if it.subject.startswith("Bestellt") else "", "email_template": it.name}
		for it in names
	]
	make_message_rule("Confirmed", templates=rows)
	german, other = (shipped_order(customer=reachable_customer(language)) for language in ("de", "fr"))
	for order in (german, other):
		send_all(order)
	assert "Bestellt: " in mails(german.name)[0].message
	assert "Ordered: " in mails(other.name)[0].message


def test_in_shadow_rows_say_what_would_have_gone_out_and_nothing_goes(switches):
	switches(messages="Shadow", stock_lock=True)
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	assert [it.state for it in messages(order.name)] == ["Would Have Gone Out"]
	switches(messages="On", stock_lock=True)
	jobs.send_messages()
	assert mails(order.name) == []


def test_a_rule_in_shadow_sends_nothing_beside_one_that_is_on():
	make_message_rule("Confirmed", state="Shadow", audience="Seller")
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	assert {it.audience: it.state for it in messages(order.name)} == {
		"Seller": "Would Have Gone Out",
		"Customer": "Waiting",
	}


def test_switched_off_nothing_is_written_and_no_statement_is_run(switches):
	make_message_rule("Confirmed")
	switches(stock_lock=True)
	order = shipped_order(customer=reachable_customer())
	assert messages(order.name) == []
	with counted_statements() as statements:
		happened.note_happened("Dispatched", order.name, box="X")
	assert statements == []


def test_a_milestone_of_no_rule_costs_no_statement():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	happened.note_happened("Ready", order.name)
	with counted_statements() as statements:
		happened.note_happened("Ready", order.name)
	assert statements == []


def test_many_orders_cost_as_few_statements_as_one():
	make_message_rule("Ready")
	orders = [shipped_order(customer=reachable_customer()).name for _ in range(3)]
	with counted_statements() as statements:
		happened.note_all("Ready", orders)
	assert len(statements) == 3, statements


def test_a_digest_tells_many_orders_at_once():
	make_message_rule("Approved and Locked", audience="Seller", digest=1)
	seller = make_user("Sales User", "Sales Manager", "Stock User")
	with acting_as(seller):
		orders = [shipped_order_of_seller(seller) for _ in range(3)]
	names = [messages(order.name)[0] for order in orders]
	assert all(it.next_try > add_to_date(now_datetime(), minutes=5) for it in names)
	send.send_digest([it.name for it in names])
	sent = [mail for order in orders for mail in mails(order.name)]
	assert len(sent) == 1
	assert all(order.name in sent[0].message for order in orders)
	assert {messages(order.name)[0].state for order in orders} == {"Sent"}


def shipped_order_of_seller(seller):
	with acting_as("Administrator"):
		order = shipped_order()
		frappe.db.set_value("Order Message", {"sales_order": order.name}, "receiver", seller)
	return order


def test_who_is_permitted_other_warehouses_is_not_told():
	make_message_rule("Approved and Locked", audience="Warehouse", channel="Desk")
	order_before = shipped_order()
	place = order_before.items[0].warehouse
	own, other, everywhere = (make_user("Stock User") for _ in range(3))
	for user, warehouse in ((own, place), (other, make_order().items[0].warehouse)):
		frappe.permissions.add_user_permission("Warehouse", warehouse, user, ignore_permissions=True)
	from sales_wh_flow.milestones.store.people import users_of_warehouses

	told = users_of_warehouses("Stock User", order_before.name)
	assert own in told and everywhere in told and other not in told


def test_who_may_not_read_the_order_any_more_is_not_told():
	make_message_rule("Approved and Locked", audience="Warehouse", channel="Desk")
	user = make_user("Stock User")
	order = shipped_order()
	(it,) = messages(order.name, receiver=user)
	frappe.get_doc("User", user).remove_roles("Stock User")
	assert send.send_message(it.name) == "Failed"
	assert "may not read" in said.worded(frappe.db.get_value("Order Message", it.name, "why"))


def test_a_rule_that_was_switched_off_meanwhile_sends_nothing():
	rule = make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	rule.update({"state": "Off"}).save()
	send_all(order)
	assert [it.state for it in messages(order.name)] == ["Failed"]
	assert mails(order.name) == []


@pytest.mark.parametrize(
	"values",
	[
		{"channel": "Desk"},
		{"channel": "Webhook", "webhook_url": "http://hooks.example.com"},
		{"channel": "Webhook", "webhook_url": ""},
		{"channel": "Webhook", "webhook_url": "https://h.example.com", "webhook_secret": "short"},
		{"channel": "Notification"},
	],
)
def test_a_rule_that_could_tell_nobody_is_refused(values):
	with pytest.raises(frappe.ValidationError):
		make_message_rule("Confirmed", **values)


def test_what_waited_too_long_is_not_sent_when_messages_are_switched_on_and_says_why(switches):
	make_message_rule("Confirmed")
	old, fresh = (shipped_order(customer=reachable_customer()) for _ in range(2))
	switches(messages="Off", stock_lock=True)
	(it,) = messages(old.name)
	frappe.db.set_value("Order Message", it.name, "next_try", add_to_date(now_datetime(), hours=-49))
	assert jobs.send_messages() == 0
	switches(messages="On", stock_lock=True)
	jobs.send_messages()
	(after,) = messages(old.name)
	assert (after.state, mails(old.name)) == ("Failed", [])
	assert "48 hours" in said.worded(after.why)
	assert [row.state for row in messages(fresh.name)] == ["Sent"]
	api.send_again(it.name)
	jobs.send_messages()
	assert [row.state for row in messages(old.name)] == ["Sent"]


@pytest.mark.parametrize(
	("problem", "why"),
	[
		(frappe.OutgoingEmailError("Please setup default outgoing Email Account"), "Default Outgoing"),
		(
			frappe.ValidationError("<b>Row 3</b>: <i>total</i> is unknown<br>Look at it"),
			"Row 3: total is unknown",
		),
	],
)
def test_mail_that_cant_be_queued_is_tried_later_and_keeps_nobody_elses(monkeypatch, problem, why):
	make_message_rule("Confirmed")
	first, second = (shipped_order(customer=reachable_customer()) for _ in range(2))
	monkeypatch.setattr("sales_wh_flow.base.retry_each.log_failure", lambda _failed: None)
	native = frappe.sendmail

	def broken(recipients, **values):
		if recipients == [address_of(first.customer)]:
			raise problem
		return native(recipients=recipients, **values)

	monkeypatch.setattr(frappe, "sendmail", broken)
	jobs.send_messages()
	(it,) = messages(first.name)
	assert (it.state, it.attempts) == ("Waiting", 1)
	assert why in said.worded(it.why)
	assert [row.state for row in messages(second.name)] == ["Sent"]
	monkeypatch.setattr(frappe, "sendmail", native)
	assert api.send_again(it.name) == address_of(first.customer)
	send_all(first)
	assert [(row.state, row.why) for row in messages(first.name)] == [("Sent", None)]
	with pytest.raises(frappe.ValidationError, match="only what has failed"):
		api.send_again(it.name)


def test_nobody_writes_a_message_by_hand():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	doc = frappe.get_doc("Order Message", messages(order.name)[0].name)
	with pytest.raises(frappe.PermissionError):
		doc.update({"state": "Sent"}).save()


def test_who_may_not_read_the_order_sees_no_messages():
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer())
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.messages_of_order(order.name)


def test_switching_the_flow_on_tells_nothing_of_orders_that_were_there(switches):
	from sales_wh_flow.milestones.follow_status import status_changed

	make_message_rule("Approved and Locked")
	order = shipped_order(customer=reachable_customer())
	before = len(messages(order.name))
	frappe.db.delete("Order Message", {"sales_order": order.name})
	status_changed({order.name: (None, "Locked")})
	assert (before, messages(order.name)) == (1, [])
	assert queue.due_messages is not None


def test_what_is_refused_on_delivery_is_told_by_its_box():
	from types import SimpleNamespace

	from sales_wh_flow.milestones.papers import tell_of_refused_goods

	make_message_rule("Refused", audience="Seller")
	order = shipped_order()
	box = SimpleNamespace(name="BOX-TEST", tracking_no="T1")
	tell_of_refused_goods(box, [frappe._dict(sales_order=order.name)])
	tell_of_refused_goods(box, [])
	assert [(it.milestone, it.box) for it in messages(order.name)] == [("Refused", "BOX-TEST")]


def test_the_orders_links_count_messages_where_they_are_in_use(switches):
	def shown():
		data = frappe.get_meta("Sales Order").get_dashboard_data()
		return [item for group in data["transactions"] for item in group["items"]]

	assert "Order Message" in shown()
	switches(stock_lock=True)
	frappe.clear_cache(doctype="Sales Order")
	assert "Order Message" not in shown()


def test_a_notification_of_frappes_is_run_and_what_it_queues_stays():
	make_notification_rule()
	order = shipped_order()
	(it,) = messages(order.name)
	jobs.send_messages()
	assert frappe.db.get_value("Order Message", it.name, "state") == "Sent"
	assert mails(order.name)


def test_a_delay_that_is_found_is_told_once_for_each_promise():
	from frappe.utils import getdate

	from sales_wh_flow.milestones.follow_status import orders_delayed

	make_message_rule("Delayed")
	order = shipped_order(customer=reachable_customer())
	promised, expected = getdate(nowdate()), getdate(add_days(nowdate(), 4))
	orders_delayed({order.name: (promised, expected)})
	orders_delayed({order.name: (promised, getdate(add_days(nowdate(), 5)))})
	assert len(messages(order.name)) == 1
	orders_delayed({order.name: (expected, None)})
	assert len(messages(order.name)) == 2
