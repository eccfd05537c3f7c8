"""Couriers behind one port: own rates by hand-made figures, and karrio against a server on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest

from sales_wh_flow.couriers.adapters import ADAPTERS, adapter_for, karrio_sdk
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent, CourierPort, RateAsk
from sales_wh_flow.couriers.rules.freight import ParcelSize
from sales_wh_flow.routing.rules.zones import Rate
from tests.couriers.asked_labels import make_ask

SWIFT = CourierAccount("Swift", {"Standard": 2, "Express": 1}, volume_divisor=5000)
RATES = (
	Rate("North", courier="Swift", up_to_kg=5, freight=4.9, transit_days=3),
	Rate("North", courier="Swift", above_kg=5, up_to_kg=30, freight=4.9, per_kg=0.5, transit_days=3),
	Rate("North", courier="Swift", service="Express", up_to_kg=10, freight=12),
)


def asked(*parcels, zone="North"):
	return RateAsk(tuple(ParcelSize("Hall 1", *parcel) for parcel in parcels), zone, RATES)


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_adapter_answers_all_that_the_port_asks(name):
	port = adapter_for(name, SWIFT)
	wanted = [it for it in vars(CourierPort) if not it.startswith("_")]
	assert all(callable(getattr(port, it)) for it in wanted) and isinstance(port.can_track, bool)
	assert port.label(make_ask()) is None and port.can_label is False
	assert port.cancel("ref") is False
	assert port.parse_event("evt", b'{"status": "delivered", "tracking_number": "X1"}').state == "delivered"


def test_an_adapter_nobody_knows_is_done_by_people():
	(standard, express) = adapter_for("", SWIFT).rate(asked((1,)))
	assert (standard.freight, standard.transit_days) == (None, {"Hall 1": 2})
	assert express.transit_days == {"Hall 1": 1}


def test_two_parcels_cost_the_sum_of_their_bands():
	"""3 kg: 4.90. 2 kg of 48,000 cm3 is charged as 9.6 kg: 4.90 + 9.6 x 0.50 = 9.70. Together 14.60;
	Express 12 each.
	"""
	standard, express = adapter_for("Own Rates", SWIFT).rate(asked((3,), (2, 48000)))
	assert standard.freight == pytest.approx(14.6)
	assert express.freight == pytest.approx(24)


def test_the_zone_says_how_long_it_takes_and_else_the_service():
	standard, express = adapter_for("Own Rates", SWIFT).rate(asked((3,)))
	assert standard.transit_days == {"Hall 1": 3}
	assert express.transit_days == {"Hall 1": 1}


def test_what_is_too_heavy_or_goes_nowhere_says_so():
	standard, express = adapter_for("Own Rates", SWIFT).rate(asked((3,), (20,)))
	assert (express.freight, express.why) == (None, "too heavy")
	assert standard.freight is not None
	(nowhere, _express) = adapter_for("Own Rates", SWIFT).rate(asked((3,), zone=None))
	assert (nowhere.freight, nowhere.why) == (None, "no rate")


ANSWER = {
	"shipments": [
		{
			"id": "7777777770",
			"service": "express",
			"status": {"timestamp": "2026-11-27T10:00:00", "statusCode": "delivered", "status": "delivered"},
			"events": [
				{
					"timestamp": "2026-11-27T10:00:00",
					"statusCode": "delivered",
					"status": "delivered",
					"description": "Left with <b>Ada</b>",
					"location": {"address": {"addressLocality": "Bonn"}},
				},
				{"timestamp": "2026-11-26T09:30:00", "statusCode": "transit", "status": "transit"},
				{"timestamp": "2026-11-26T08:00:00", "statusCode": "odd", "status": "odd"},
			],
		}
	]
}


@pytest.fixture
def dhl():
	"""A server that answers as DHL's does: ``dhl.url``, ``dhl.asked``, ``dhl.answer``."""

	class Handler(BaseHTTPRequestHandler):
		def do_GET(self):
			server.asked.append((self.path, self.headers.get("DHL-API-Key")))
			self.send_response(server.status)
			self.end_headers()
			self.wfile.write(server.answer)

		def log_message(self, *_said):
			return

	server = HTTPServer(("127.0.0.1", 0), Handler)
	server.asked, server.answer, server.status = [], json.dumps(ANSWER).encode(), 200
	server.url = f"http://127.0.0.1:{server.server_port}"
	threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
	yield server
	server.shutdown()


def karrio(url, **values):
	if not karrio_sdk.is_there():
		pytest.skip("the optional extra karrio is not installed")
	account = {"carrier": "dhl_universal", "api_url": url, "api_key": "key", **values}
	return adapter_for("Karrio", CourierAccount("DHL", **account))


def test_karrio_tells_what_happened_in_normal_states(dhl):
	told = karrio(dhl.url).track("7777777770")
	assert [(it.state, it.place) for it in told] == [
		("delivered", "Bonn"),
		("in_transit", ""),
		("unknown", ""),
	]
	assert told[0].happened_on.isoformat().startswith("2026-11-27T10:00:00")
	((path, key),) = dhl.asked
	assert "trackingNumber=7777777770" in path and key == "key"


def test_karrio_gives_an_event_the_same_number_each_time(dhl):
	first, again = karrio(dhl.url).track("7777777770"), karrio(dhl.url).track("7777777770")
	assert [it.key for it in first] == [it.key for it in again]
	assert len({it.key for it in first}) == 3


@pytest.mark.parametrize(("status", "answer"), [(500, b"oops"), (200, b"<html>"), (401, b'{"detail": "no"}')])
def test_an_interface_that_answers_nonsense_is_silent(dhl, status, answer):
	dhl.status, dhl.answer = status, answer
	with pytest.raises(CourierIsSilent):
		karrio(dhl.url).track("7777777770")


def test_an_interface_that_is_away_is_silent(dhl):
	dhl.server_close()
	with pytest.raises(CourierIsSilent):
		karrio(dhl.url).track("7777777770")


def test_a_carrier_that_is_no_name_is_not_imported(dhl):
	with pytest.raises(CourierIsSilent):
		karrio(dhl.url, carrier="os.path").track("7777777770")


def test_without_the_package_nobody_is_asked(monkeypatch):
	monkeypatch.setattr(karrio_sdk, "is_there", lambda: False)
	port = adapter_for("Karrio", CourierAccount("DHL", carrier="dhl_universal"))
	assert port.can_track is False


@pytest.mark.parametrize(
	("told", "freight"),
	[({"currency": "USD"}, None), ({"currency": "EUR"}, 7.9), ({}, 7.9), ({"total_charge": 0}, None)],
)
def test_a_price_in_another_currency_is_no_freight_of_ours(told, freight):
	assert karrio_sdk.charged(SimpleNamespace(**{"total_charge": "7.90", **told}), "EUR") == freight
