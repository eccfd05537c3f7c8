"""A mail server that is away for a day gets each mail later, once; what comes back is seen on the order."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.milestones import api, jobs, send
from tests.milestones.messages_world import (
	address_of,
	mail_account,
	mails,
	make_message_rule,
	messages,
	reachable_customer,
	shipped_order,
)

AWAY = "ConnectionRefusedError: [Errno 111] Connection refused"
UNKNOWN = "smtplib.SMTPRecipientsRefused: {'x@y.example': (550, b'5.1.1 User unknown')}"

REPORT_AS_SENT = """From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: {account}
Subject: Undelivered Mail Returned to Sender
Date: Sat, 28 Nov 2026 10:00:00 +0000
Message-Id: <20261128100000.ABC@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.com.

<{receiver}>: host mx.customer.example said: 550 5.1.1
    <{receiver}>: Recipient address rejected: User unknown (in reply to RCPT TO command)

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {receiver}
Action: failed
Status: 5.1.1

--B1
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: {account}
To: {receiver}
Subject: Your order is confirmed

Dear customer

--B1--
"""


@pytest.fixture(autouse=True)
def messages_are_on(switches, in_this_transaction):
	switches(messages="On", stock_lock=True)
	mail_account()
	# Mails that other tests left are looked past; undone with this one.
	frappe.db.sql("update `tabOrder Message` set mail = null")


@pytest.fixture
def order():
	"""Confirmed, and its customer's mail is queued."""
	make_message_rule("Confirmed")
	made = shipped_order(customer=reachable_customer())
	(message,) = messages(made.name)
	send.send_message(message.name)
	return made


def give_up(order, error, hours_ago=1.0):
	"""What Frappe does after some tries."""
	(mail,) = mails(order.name)
	queued = add_to_date(now_datetime(), hours=-hours_ago)
	values = {"status": "Error", "error": error, "retry": 3, "creation": queued}
	frappe.db.set_value("Email Queue", mail.name, values, update_modified=False)
	return mail.name


def state(order):
	(it,) = messages(order.name)
	return it.state, said.worded(it.why) or ""


def test_the_message_knows_its_mail(order):
	(mail,) = mails(order.name)
	assert messages(order.name)[0].mail == mail.name


def test_a_mail_is_tried_on_while_the_server_is_away_and_stays_one(order):
	mail = give_up(order, AWAY, hours_ago=20)
	assert jobs.follow_mails() == {"again": 1, "came_back": 0, "failed": 0, "not_needed": 0}
	assert frappe.db.get_value("Email Queue", mail, ["status", "retry"]) == ("Not Sent", 0)
	assert jobs.follow_mails()["again"] == 0
	assert (len(mails(order.name)), state(order)[0]) == (1, "Sent")


@pytest.mark.parametrize(("hours_ago", "again"), [(2, 1), (0.1, 0)])
def test_a_mail_whose_sender_was_killed_goes_out_after_an_hour(order, hours_ago, again):
	(mail,) = mails(order.name)
	since = add_to_date(now_datetime(), hours=-hours_ago)
	frappe.db.set_value(
		"Email Queue", mail.name, {"status": "Sending", "modified": since}, update_modified=False
	)
	assert jobs.follow_mails()["again"] == again
	assert frappe.db.get_value("Email Queue", mail.name, "status") == ("Not Sent" if again else "Sending")


def test_a_mail_that_is_too_old_fails_and_says_so(order):
	give_up(order, AWAY, hours_ago=50)
	assert jobs.follow_mails()["failed"] == 1
	assert state(order) == ("Failed", "The mail server took it not once in 48 hours. Send Again sends it.")


def test_what_a_server_refuses_for_good_has_come_back_and_is_seen_on_the_order(order):
	give_up(order, UNKNOWN)
	assert jobs.follow_mails()["came_back"] == 1
	assert state(order)[0] == "Came Back"
	assert "550 5.1.1 User unknown" in state(order)[1]
	comment = frappe.get_last_doc("Comment", {"reference_name": order.name, "comment_type": "Info"})
	assert "came back: 550" in said.worded(comment.content)
	assert jobs.follow_mails()["came_back"] == 0


def test_a_report_that_comes_in_by_mail_marks_the_message_once(order):
	for _ in range(2):
		report(address_of(order.customer))
	assert state(order)[0] == "Came Back"
	assert "550" in state(order)[1]


def test_a_report_as_a_mail_server_writes_it_is_understood(order):
	"""Through Frappe's own reading of a mail, parts and all."""
	from frappe.email.receive import InboundMail

	account = frappe.get_doc("Email Account", {"default_outgoing": 1, "enable_outgoing": 1})
	raw = REPORT_AS_SENT.format(receiver=address_of(order.customer), account=account.email_id)
	InboundMail(raw.encode(), account).process()
	assert state(order)[0] == "Came Back"
	assert "550 5.1.1" in state(order)[1]


def test_what_came_back_can_be_sent_again_to_another_address(order):
	report(address_of(order.customer))
	frappe.db.set_value("Customer", order.customer, "email_id", "right@customer.example")
	(it,) = messages(order.name)
	assert api.send_again(it.name) == "right@customer.example"
	send.send_message(it.name)
	assert (state(order)[0], len(mails(order.name))) == ("Sent", 2)


def test_a_report_of_somebody_elses_mail_marks_nothing(order):
	report("stranger@elsewhere.example")
	report(address_of(order.customer), sender="buyer@customer.example")
	assert state(order)[0] == "Sent"


def test_who_has_unsubscribed_is_not_said_to_have_been_told():
	make_message_rule("Confirmed")
	customer = reachable_customer()
	order = shipped_order(customer=customer)
	frappe.get_doc(
		{"doctype": "Email Unsubscribe", "email": address_of(customer), "global_unsubscribe": 1}
	).insert(ignore_permissions=True)
	(message,) = messages(order.name)
	send.send_message(message.name)
	assert (state(order)[0], mails(order.name)) == ("Failed", [])
	assert "unsubscribed" in state(order)[1]


def test_a_report_that_somebody_types_marks_nothing(order):
	report(address_of(order.customer), is_taken_in=False)
	assert state(order)[0] == "Sent"


def report(about, sender="MAILER-DAEMON@mail.example.com", is_taken_in=True):
	"""As an e-mail account of the site takes it in."""
	mail = frappe.get_doc(
		{
			"doctype": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Received",
			"sender": sender,
			"subject": "Undelivered Mail Returned to Sender",
			"content": f"<p>&lt;{about}&gt;: host mx said: 550 5.1.1 User unknown</p><p>Action: failed</p>",
		}
	)
	mail.flags.in_receive = is_taken_in
	mail.insert(ignore_permissions=True)
