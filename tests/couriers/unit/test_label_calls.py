"""Labels from a program between us and the courier: what it is told, what of its answer is believed."""

import json
from datetime import datetime, timezone

import pytest

from sales_wh_flow.base.call_out import AddressIsRefused
from sales_wh_flow.couriers.adapters import adapter_for
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules import label_message, signature
from tests.couriers.asked_labels import PDF, SECRET, ZPL, bridge, label_answer, make_ask


@pytest.fixture
def maker():
	with bridge() as server:
		yield server


def port_to(maker, **values):
	account = {"label_url": maker.url, "label_secret": SECRET, "may_be_private": True, **values}
	return adapter_for("Generic Webhook", CourierAccount("Nordpost", **account))


def test_the_program_between_is_told_all_that_a_label_needs_and_signed_for(maker):
	made = port_to(maker).label(make_ask())
	((headers, body, raw),) = maker.asked
	heads = {name.lower(): value for name, value in headers.items()}
	mark = (heads["webhook-id"], heads["webhook-timestamp"], heads["webhook-signature"], raw)
	assert signature.is_signed([SECRET], *mark, datetime.now(timezone.utc))
	data = body["data"]
	assert (body["type"], data["box"], data["service"], data["weight_kg"]) == (
		*("label.create", "BOX-000001", "Express"),
		3.2,
	)
	assert (data["ship_to"]["country"], data["collect_on_delivery"], data["incoterm"]) == ("CH", 47.6, "DAP")
	(goods,) = data["goods"]
	assert (goods["hs_code"], goods["origin"], goods["dangerous"]["un_number"]) == ("320810", "DE", "UN1263")
	assert (made.tracking_no, made.ref, made.content, made.kind) == ("ND11", "R-ND11", ZPL, "ZPL")


def test_asking_twice_carries_the_same_id(maker):
	port = port_to(maker)
	port.label(make_ask())
	port.label(make_ask())
	first, again = ({k.lower(): v for k, v in headers.items()} for headers, _body, _raw in maker.asked)
	assert first["webhook-id"] == again["webhook-id"] == make_ask().key


@pytest.mark.parametrize("status", [400, 402, 404, 422])
def test_a_refusal_is_told_in_the_couriers_words(maker, status):
	maker.answers["label.create"] = (status, json.dumps({"error": "Postcode 3011\n is not\tserved"}).encode())
	with pytest.raises(CourierSaysNo, match=r"^Postcode 3011 is not served$"):
		port_to(maker).label(make_ask())


@pytest.mark.parametrize(
	("told", "why"),
	[
		({"error": {"code": 412, "message": "User has no address data"}}, "User has no address data"),
		({"message": "Weight is missing"}, "Weight is missing"),
		({"error": ["odd"]}, "HTTP 412"),
		({}, "HTTP 412"),
	],
)
def test_why_is_found_where_carriers_write_it(maker, told, why):
	maker.answers["label.create"] = (412, json.dumps(told).encode())
	with pytest.raises(CourierSaysNo, match=f"^{why}$"):
		port_to(maker).label(make_ask())


@pytest.mark.parametrize(
	"answer",
	[
		(500, b"oops"),
		(503, b""),
		(429, b'{"error": "later"}'),
		(302, b""),
		(200, b"<html>"),
		(200, b"[]"),
		(200, b"{}"),
		(200, b'{"tracking_number": "ND12"}'),
		(200, b'{"tracking_number": "ND12", "label": "bm8gbGFiZWw="}'),
		(200, b'{"tracking_number": "ND12", "label": 7}'),
		(200, b'{"tracking_number": "", "label": "JVBERi0xLjQ="}'),
	],
)
def test_what_is_no_label_is_silence_and_never_a_label(maker, answer):
	maker.answers["label.create"] = answer
	with pytest.raises(CourierIsSilent):
		port_to(maker).label(make_ask())


def test_a_program_that_is_away_is_silent(maker):
	maker.server_close()
	with pytest.raises(CourierIsSilent):
		port_to(maker).label(make_ask())


def test_nobody_is_called_within_our_own_network_unless_that_is_allowed(maker):
	with pytest.raises(CourierIsSilent, match=AddressIsRefused.__name__):
		port_to(maker, may_be_private=False).label(make_ask())
	assert maker.asked == []


def test_a_label_is_given_back(maker):
	maker.answers["label.cancel"] = (200, b'{"cancelled": true}')
	assert port_to(maker).cancel("R-ND11", "ND11") is True
	assert maker.asked[0][1]["data"] == {"ref": "R-ND11", "tracking_number": "ND11"}
	maker.answers["label.cancel"] = (200, b'{"cancelled": "yes"}')
	assert port_to(maker).cancel("R-ND11", "ND11") is False
	maker.answers["label.cancel"] = (404, b"")
	assert port_to(maker).cancel("R-ND11", "ND11") is False


@pytest.mark.parametrize(
	("content", "kind"), [(PDF, "PDF"), (ZPL, "ZPL"), (b"\n" + PDF, "PDF"), (b"GIF89a", ""), (b"", "")]
)
def test_what_a_label_is_says_its_inside(content, kind):
	assert label_message.kind_of_label(content) == kind


def test_zpl_may_come_as_it_is_and_a_price_only_as_a_figure():
	plain = json.dumps({"tracking_number": "nd 12", "label": ZPL.decode(), "freight": "cheap"}).encode()
	made = label_message.label_told(plain)
	assert (made.tracking_no, made.content, made.ref, made.freight) == ("ND12", ZPL, "ND12", None)
	assert label_message.label_told(label_answer("ND12", PDF, freight=4.9)).freight == 4.9
