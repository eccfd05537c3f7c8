"""A message is taken only from who holds the secret, fresh and whole."""

import base64
from datetime import datetime, timedelta, timezone

import pytest

from sales_wh_flow.couriers.rules import signature

NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
STAMP = str(int(NOW.timestamp()))
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
BODY = b'{"tracking_number":"AB1"}'


def signed(secrets=(SECRET,), message="msg_1", stamp=STAMP, by=None, body=BODY, now=NOW):
	by = signature.sign_message(SECRET, "msg_1", STAMP, BODY) if by is None else by
	return signature.is_signed(secrets, message, stamp, by, body, now)


def test_the_example_of_the_specification_is_signed():
	"""Source: the test vector in the reference libraries of Standard Webhooks."""
	secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	made = signature.sign_message(
		secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
	)
	assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_with_its_signature_is_taken():
	assert signed()


@pytest.mark.parametrize(
	"wrong",
	[
		{"body": BODY + b" "},
		{"message": "msg_2"},
		{"message": ""},
		{"stamp": str(int(STAMP) + 1)},
		{"by": ""},
		{"by": "v1,"},
		{"by": "v1,\u00fc"},
		{"by": "v2," + signature.sign_message(SECRET, "msg_1", STAMP, BODY)[3:]},
		{"secrets": ()},
		{"secrets": ("",)},
		{"secrets": ("another secret of enough length",)},
		{"now": NOW + timedelta(seconds=301)},
		{"now": NOW - timedelta(seconds=301)},
	],
	ids=str,
)
def test_a_message_that_was_forged_changed_or_kept_is_refused(wrong):
	assert not signed(**wrong)


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e9", "9" * 40, "\u0661\u0662"])
def test_a_stamp_that_is_no_time_is_refused_though_it_is_signed(stamp):
	assert not signed(stamp=stamp, by=signature.sign_message(SECRET, "msg_1", stamp, BODY))


def test_five_minutes_are_let_pass():
	assert signed(now=NOW + timedelta(seconds=300)) and signed(now=NOW - timedelta(seconds=300))


def test_one_good_signature_among_several_is_enough():
	good = signature.sign_message(SECRET, "msg_1", STAMP, BODY)
	assert signed(by=f"v1,AAAA v1a,BBBB {good}")


def test_not_endlessly_many_signatures_are_tried():
	good = signature.sign_message(SECRET, "msg_1", STAMP, BODY)
	assert not signed(by=" ".join(["v1,AAAA"] * 10 + [good]))


def test_while_a_secret_is_changed_both_count_and_then_the_new_one_alone():
	until = NOW + timedelta(days=1)
	assert tuple(signature.known_secrets("new", "old", until, NOW)) == ("new", "old")
	assert tuple(signature.known_secrets("new", "old", until, until)) == ("new",)
	assert tuple(signature.known_secrets("new", "old", None, NOW)) == ("new",)
	assert signed(secrets=("a new secret of enough length", SECRET))


@pytest.mark.parametrize(
	("secret", "fits"), [(SECRET, True), ("x" * 16, True), ("short", False), ("whsec_?", False)]
)
def test_a_secret_is_long_enough(secret, fits):
	assert signature.has_shape(secret) is fits
