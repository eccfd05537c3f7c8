"""The webhook over real HTTP: whoever can't prove who he is learns nothing and changes nothing."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet

import frappe

from sales_wh_flow.base import turns as counts
from sales_wh_flow.couriers import turns, webhook
from tests import factories as make
from tests.approval.site.test_approval_by_http import address
from tests.couriers import couriers_world as world
from tests.site import SITE

__all__ = ["address"]


@pytest.fixture(scope="module")
def courier(site):
	frappe.set_user("Administrator")
	name = world.make_courier(words=[{"word": "ZUGESTELLT", "state": "delivered"}])
	frappe.db.commit()
	return name


@pytest.fixture(autouse=True)
def everybody_has_turns():
	yield
	frappe.cache.delete_keys("rl:courier")


@pytest.fixture
def parcel(courier, committed):
	made = world.make_parcel(courier)
	committed()
	return made


@pytest.fixture
def send(address, courier):
	"""``send(body, message)``: (status, answer); headers may be given, or made wrong."""

	def sent(body, message=None, to=None, headers=None, **values):
		message = message or frappe.generate_hash(length=12)
		headers = world.headers_of(message, body, **values) if headers is None else headers
		status, text = world.post(address, courier if to is None else to, body, headers, SITE)
		try:
			answer = json.loads(text)
		except ValueError:
			answer = {}
		return status, (answer.get("message") or {}).get("outcome") if status == 200 else text

	return sent


def seen(box):
	frappe.db.rollback()
	return world.state_of(box)


def kept(courier):
	frappe.db.rollback()
	return frappe.db.count("Courier Event", {"courier": courier})


def test_a_signed_message_moves_the_box(send, parcel):
	box, number = parcel
	assert send(world.body_of(number, "ZUGESTELLT")) == (200, "Moved")
	assert seen(box) == "Delivered"
	event = frappe.get_last_doc("Courier Event", {"box": box})
	assert (event.word, event.signature_ok, event.road) == ("ZUGESTELLT", 1, "Webhook")
	assert json.loads(event.body)["tracking_number"] == number


def test_a_message_sent_again_is_known_and_answered_alike(send, parcel):
	_box, number = parcel
	body = world.body_of(number, "in_transit")
	assert send(body, "msg-again-" + number) == (200, "Moved")
	assert send(body, "msg-again-" + number) == (200, "Known Already")


def test_late_news_are_kept_and_move_nothing_back(send, parcel):
	box, number = parcel
	assert send(world.body_of(number, "delivered", 1)) == (200, "Moved")
	assert send(world.body_of(number, "in_transit", 5)) == (200, "Older")
	assert seen(box) == "Delivered"


def test_news_for_an_unknown_number_are_taken_and_wait(send):
	number = frappe.generate_hash(length=12).upper()
	assert send(world.body_of(number, "in_transit")) == (200, "Unknown Number")


def test_a_signed_message_that_is_no_event_is_kept_for_a_look(send, courier):
	before = kept(courier)
	headers = {"Content-Type": "text/plain", **world.headers_of("odd-" + frappe.generate_hash(), b"<xml/>")}
	assert send(b"<xml/>", headers=headers) == (200, "Unreadable")
	assert kept(courier) == before + 1


UNREAD = {
	"no JSON": b"{",
	"deep JSON": b"[" * 30_000 + b"]" * 30_000,
	"a number": b"1",
	"a text": b'"x"',
	"nothing": b"null",
	"no number": b'{"tracking_number": null}',
	"not a number": b'{"tracking_number": NaN, "status": "in_transit"}',
	"a list": b"[1]",
}


@pytest.mark.parametrize("body", UNREAD.values(), ids=UNREAD)
def test_whatever_a_stranger_sends_as_json_gets_the_strangers_answer(send, courier, body):
	before = kept(courier)
	assert send(body, headers={}) == (401, '{"message":{"outcome":"Refused"}}')
	assert send(b"{" * 70_000, headers={}) == (413, '{"message":{"outcome":"Refused"}}')
	assert kept(courier) == before


@pytest.mark.parametrize("body", UNREAD.values(), ids=UNREAD)
def test_a_signed_body_that_nobody_can_read_is_kept_once_for_a_look(send, courier, body):
	before, message = kept(courier), "unread-" + frappe.generate_hash(length=8)
	assert send(body, message) == (200, "Unreadable")
	assert send(body, message) == (200, "Known Already")
	assert kept(courier) == before + 1


def test_half_a_character_spoils_no_news(send, parcel):
	body = b'{"tracking_number": "%s", "status": "in_transit", "location": "\\ud800"}' % parcel[1].encode()
	assert send(body) == (200, "Moved")


def forged(parcel, courier):
	_box, number = parcel
	body = world.body_of(number, "delivered")
	good = world.headers_of("msg-forged", body)
	yield "another secret", courier, body, world.headers_of("msg-forged", body, secret="x" * 20)
	yield "another body", courier, body.replace(b"delivered", b"cancelled"), good
	yield "another id", courier, body, {**good, "webhook-id": "msg-other"}
	yield "another time", courier, body, {**good, "webhook-timestamp": "1"}
	yield "an old message", courier, body, world.headers_of("msg-forged", body, seconds_ago=301)
	yield "one from tomorrow", courier, body, world.headers_of("msg-forged", body, seconds_ago=-301)
	yield "no signature", courier, body, {}
	yield "an unknown courier", "Nobody", body, good
	yield "no courier", "", body, good
	yield "a courier by pattern", "%", body, good


def test_what_is_not_proved_is_refused_without_saying_why(send, parcel, courier):
	before, answers = kept(courier), {}
	for what, to, body, headers in forged(parcel, courier):
		status, text = send(body, to=to, headers=headers)
		answers[what] = (status, text)
	assert set(answers.values()) == {(401, '{"message":{"outcome":"Refused"}}')}, answers
	assert kept(courier) == before
	assert seen(parcel[0]) == "Handed Over"


def test_to_look_for_couriers_takes_the_same_steps_whoever_is_named(courier, monkeypatch):
	opened = []
	native = webhook.opened
	monkeypatch.setattr(webhook, "opened", lambda sealed: opened.append(sealed) or native(sealed))
	off = world.make_courier(enabled=0)
	steps = set()
	for named in (courier, off, "Nobody", "", "%", "x" * 500):
		opened.clear()
		with make.counted_statements() as statements:
			assert webhook.check_signature(webhook.Message(named, "m", "1", "v1,AAAA", b"{}")) is None
		steps.add((len(statements), len(opened)))
	assert steps == {(1, 2)}
	frappe.db.rollback()


def test_who_guesses_is_not_listened_to_for_a_while_whomever_he_names(send, parcel, courier, monkeypatch):
	"""The web server counts in Redis, as this process does."""
	body = world.body_of(parcel[1], "delivered")
	for _turn in range(turns.MOST_REFUSED):
		turns.count_refused("127.0.0.1")
	known, unknown = send(body, headers={}), send(body, to="Nobody", headers={})
	assert known == unknown == (429, '{"message":{"outcome":"Refused"}}')
	assert seen(parcel[0]) == "Handed Over"


def test_a_courier_that_runs_wild_sends_the_rest_later_and_others_go_on(send, parcel, courier, committed):
	body = world.body_of(parcel[1], "in_transit")
	frappe.cache.incrby(counts._key("courier:taken", courier, 60), turns.MOST_TAKEN)
	assert send(body)[0] == 429
	assert seen(parcel[0]) == "Handed Over"
	other = world.make_courier()
	committed()
	assert send(body, to=other)[0] == 200


@pytest.mark.parametrize(
	"change", [{"enabled": 0}, {"adapter": "Own Rates"}, {"adapter": ""}], ids=lambda change: str(change)
)
def test_a_courier_that_sends_nothing_is_refused_like_a_stranger(send, committed, change):
	name = world.make_courier()
	frappe.get_doc("Courier", name).update(change).save()
	committed()
	assert send(world.body_of("X1234", "delivered"), to=name)[0] == 401


def test_a_courier_without_a_secret_is_believed_nothing(send, committed):
	name = world.make_courier(webhook_secret=None)
	committed()
	for secret in ("", "whsec_"):
		body = world.body_of("X1234", "delivered")
		assert send(body, to=name, secret=secret)[0] == 401


def test_a_replaced_secret_counts_for_a_day_beside_the_new_one(send, committed):
	name = world.make_courier()
	doc = frappe.get_doc("Courier", name)
	doc.webhook_secret = "a new secret of 20 letters"
	doc.save()
	committed()
	body = world.body_of(frappe.generate_hash(length=10), "in_transit")
	assert send(body, to=name)[0] == 200
	assert send(body, to=name, secret="a new secret of 20 letters")[0] == 200
	frappe.db.set_value("Courier", name, "webhook_former_until", "2020-01-01")
	frappe.clear_document_cache("Courier", name)
	committed()
	assert send(body, to=name)[0] == 401


def test_a_site_restored_without_its_key_takes_a_new_secret(monkeypatch):
	doc = frappe.get_doc("Courier", world.make_courier())
	monkeypatch.setitem(frappe.local.conf, "encryption_key", Fernet.generate_key().decode())

	doc.update({"webhook_secret": "a new secret of 20 letters"}).save()

	assert doc.get_password("webhook_secret") == "a new secret of 20 letters"
	assert not doc.webhook_former_secret
	assert not frappe.get_message_log()


def test_a_huge_body_is_refused_before_it_is_looked_at(send, parcel, courier):
	before = kept(courier)
	body = world.body_of(parcel[1], "delivered", filler="x" * 70_000)
	assert send(body)[0] == 413
	assert kept(courier) == before


def test_it_takes_no_other_road(address, courier, parcel):
	from urllib.error import HTTPError
	from urllib.request import Request, urlopen

	asked = Request(f"{address}{world.RECEIVE}?courier=x", method="GET", headers={"X-Frappe-Site-Name": SITE})
	with pytest.raises(HTTPError) as refusal:
		urlopen(asked, timeout=30)
	assert refusal.value.code == 403


def test_what_a_body_names_is_no_argument_of_anything(send, parcel):
	_box, number = parcel
	body = world.body_of(number, "in_transit", courier="Nobody", doctype="User", data={"a": []})
	assert send(body) == (200, "Moved")


def test_the_same_message_at_once_is_taken_once(send, parcel, courier):
	box, number = parcel
	before, message = kept(courier), "msg-at-once-" + number
	body = world.body_of(number, "in_transit")
	headers = world.headers_of(message, body)
	with ThreadPoolExecutor(8) as pool:
		answers = list(pool.map(lambda _turn: send(body, message, headers=headers), range(16)))
	assert sorted(answers) == [(200, "Known Already")] * 15 + [(200, "Moved")]
	assert kept(courier) == before + 1
	assert frappe.db.count("Box Event", {"box": box}) == 1
