"""What of a mail server's words means that a mail never arrives, and what only that it takes longer."""

import pytest

from sales_wh_flow.milestones.rules.returned_mail import (
	addresses_in,
	reason_in,
	refusal_in,
	tells_of_failure,
)

REFUSED = """Traceback (most recent call last):
  File "smtplib.py", line 898, in sendmail
    raise SMTPRecipientsRefused(senderrs)
smtplib.SMTPRecipientsRefused: {'nobody@customer.example': (550, b'5.1.1 User unknown')}
"""
REPORT = """This is the mail system at host mail.example.com.
<nobody@customer.example>: host mx.customer.example said: 550 5.1.1 <nobody@customer.example>: Recipient
    address rejected: User unknown (in reply to RCPT TO command)
Action: failed"""


def test_a_refused_receiver_is_refused_for_good():
	assert refusal_in(REFUSED) == "550 5.1.1 User unknown"


@pytest.mark.parametrize(
	"error",
	[
		"",
		"ConnectionRefusedError: [Errno 111] Connection refused",
		"smtplib.SMTPServerDisconnected: Connection unexpectedly closed",
		"smtplib.SMTPRecipientsRefused: {'a@b.example': (450, b'4.2.0 Greylisted, try again')}",
		"smtplib.SMTPAuthenticationError: (535, b'5.7.8 Bad credentials')",
		"socket.gaierror: [Errno -2] Name or service not known",
	],
)
def test_a_server_that_is_away_or_asks_for_patience_is_tried_again(error):
	assert refusal_in(error) == ""


def test_a_report_of_failure_names_receiver_and_reason():
	assert tells_of_failure("MAILER-DAEMON@mail.example.com", "Undelivered Mail Returned to Sender", REPORT)
	assert "nobody@customer.example" in addresses_in(REPORT)
	assert reason_in(REPORT).startswith("550 5.1.1")


@pytest.mark.parametrize(
	("sender", "subject", "text"),
	[
		("buyer@customer.example", "Undelivered Mail Returned to Sender", REPORT),
		("mailer-daemon@example.com", "Delivery Status Notification (Delay)", "Action: delayed\nwill try on"),
		("postmaster@example.com", "Your mailbox is nearly full", "Clean it up."),
		("", "", ""),
	],
)
def test_what_anybody_else_writes_or_what_only_takes_longer_is_no_failure(sender, subject, text):
	assert not tells_of_failure(sender, subject, text)
