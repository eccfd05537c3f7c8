"""What a body says is found by the courier's paths and words, whatever else it holds."""

import json
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.couriers.rules.courier_message import Meaning, Paths

NOON = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)


def read(body, paths=None, words=()):
	return courier_message.read_event("evt_1", json.dumps(body).encode(), paths or Paths(), dict(words))


def test_a_body_in_our_own_words_is_read_as_it_is():
	body = {
		"tracking_number": " ab 123-x ",
		"status": "Out for Delivery",
		"happened_on": "2026-11-28T13:00:00+01:00",
		"location": "Hub\n7",
		"description": "on the van",
	}
	event = read(body)
	assert (event.tracking_no, event.state, event.happened_on) == ("AB123-X", "out_for_delivery", NOON)
	assert (event.place, event.note, event.word) == ("Hub 7", "on the van", "Out for Delivery")


def test_a_couriers_own_paths_and_words_are_followed():
	paths = Paths(number="data.parcels.0.no", status="data.events.-1.code", happened_on="data.at")
	body = {"data": {"parcels": [{"no": "X1"}], "events": [{"code": "1"}, {"code": "NH"}], "at": 1795867200}}
	event = read(body, paths, {"nh": Meaning("delivery_failed", "consignee_not_home")})
	assert (event.tracking_no, event.state, event.reason) == ("X1", "delivery_failed", "consignee_not_home")
	assert event.happened_on == NOON


def test_a_word_with_its_reason_goes_before_the_word_alone():
	words = {"exception": Meaning("on_hold"), "exception / 42": Meaning("on_hold", "customs_delay")}
	assert courier_message.meaning_of("Exception", "42", words) == Meaning("on_hold", "customs_delay")
	assert courier_message.meaning_of("Exception", "43", words) == Meaning("on_hold")


def test_a_reason_of_the_vocabulary_is_taken_as_it_is():
	assert courier_message.meaning_of("on_hold", "weather_delay", {}) == Meaning("on_hold", "weather_delay")
	assert courier_message.meaning_of("on_hold", "made up", {}) == Meaning("on_hold")


def test_a_word_nobody_explained_is_unknown():
	assert read({"status": "ZX-9"}).state == "unknown"


@pytest.mark.parametrize("text", ["soon", "", None, True, [], {}, 10**40, float("nan"), "2026-99-01"])
def test_a_time_that_is_none_is_none(text):
	assert read({"status": "delivered", "happened_on": text}).happened_on is None


@pytest.mark.parametrize("at", ["2026-11-28T12:00:00Z", "2026-11-28 12:00:00", 1795867200, 1795867200000])
def test_a_time_is_read_in_every_common_way(at):
	assert read({"status": "delivered", "happened_on": at}).happened_on == NOON


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff\xfe", b"null"])
def test_a_body_that_is_no_object_is_said_to_be_none(body):
	with pytest.raises(ValueError):
		courier_message.read_event("evt_1", body, Paths(), {})


json_values = st.recursive(
	st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
	lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
	max_leaves=8,
)


@given(
	st.dictionaries(
		st.sampled_from(("tracking_number", "status", "reason", "happened_on", "location")), json_values
	)
)
def test_no_body_that_is_an_object_breaks_the_reading(body):
	event = read(body)
	assert len(event.tracking_no) <= 140 and len(event.word) <= 140


@pytest.mark.parametrize(
	("typed", "number"),
	[
		("1Z 999 AA1", "1Z999AA1"),
		(" ab-12 ", "AB-12"),
		("\u200b12\u202e34\n", "1234"),
		("<b>1</b>", "B1/B"),
		(None, ""),
	],
)
def test_a_number_is_compared_without_blanks_and_in_capitals(typed, number):
	assert courier_message.tidy_number(typed) == number


@pytest.mark.parametrize(
	("typed", "fits"), [("1Z 999 AA1", True), ("12", False), ("<img src=x>", False), ("A" * 65, False)]
)
def test_what_is_no_number_is_told_apart(typed, fits):
	assert courier_message.is_number(typed) is fits
