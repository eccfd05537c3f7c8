"""Labels through the package karrio, against a server on this machine that answers as EasyPost's does."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sales_wh_flow.couriers.adapters import adapter_for, karrio_sdk
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent, CourierSaysNo
from tests.couriers.asked_labels import PAINT, PDF, make_ask

pytest.importorskip("karrio.sdk", reason="the optional extra karrio is not installed")
pytest.importorskip("karrio.mappers.easypost", reason="karrio-easypost is not installed")


@pytest.fixture
def post():
	"""``post.asked``: (path, body); ``post.said``: {end of a path: (status, answer)}."""

	class Handler(BaseHTTPRequestHandler):
		def do_POST(self):
			size = int(self.headers.get("content-length") or 0)
			server.asked.append((self.path, json.loads(self.rfile.read(size) or b"null")))
			status, said = server.said[self.path.rpartition("/")[2]]
			self.send_response(status)
			self.end_headers()
			self.wfile.write(json.dumps(said).encode())

		def do_GET(self):
			self.send_response(200)
			self.end_headers()
			self.wfile.write(PDF)

		def log_message(self, *_said):
			return

	server = HTTPServer(("127.0.0.1", 0), Handler)
	server.url = f"http://127.0.0.1:{server.server_port}"
	rate = {"id": "rate_1", "carrier": "USPS", "service": "Priority", "rate": "7.90", "currency": "USD"}
	bought = {
		"id": "shp_1",
		"tracking_code": "9400110898825022579493",
		"selected_rate": rate,
		"postage_label": {"label_url": f"{server.url}/label", "label_file_type": "application/pdf"},
	}
	server.asked = []
	server.said = {
		"shipments": (201, {"id": "shp_1", "rates": [rate]}),
		"buy": (200, bought),
		"refund": (200, {"id": "shp_1", "refund_status": "submitted", "status": "cancelled"}),
	}
	threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
	yield server
	server.shutdown()
	server.server_close()


def port_to(server, **values):
	account = {
		"carrier": "easypost",
		"api_url": server.url,
		"api_more": "api_key=key; nonsense; other=1",
		"makes_labels": True,
	}
	return adapter_for("Karrio", CourierAccount("EasyPost", **{**account, **values}))


def at_home(**values):
	ask = make_ask(**values)
	return make_ask(service="Priority", ship_to=ask.sender, **values)


def test_karrio_makes_number_and_label(post):
	made = port_to(post).label(at_home())
	assert (made.tracking_no, made.ref) == ("9400110898825022579493", "shp_1")
	assert (made.content, made.kind) == (PDF, "PDF")
	(first, asked), (second, _bought) = post.asked
	assert (first, second) == ("/shipments", "/shipments/shp_1/buy")
	shipment = asked["shipment"]
	assert shipment["from_address"]["zip"] == "20457" and shipment["reference"] == "BOX-000001"


@pytest.mark.parametrize(("qty", "pieces"), [(2.0, 2), (2.5, 1), (0.5, 1)])
def test_customs_learn_of_pieces_and_what_one_is_worth(post, qty, pieces):
	"""Two tins for 40.00 are worth 20.00 each: the package multiplies."""
	paint = replace(PAINT, qty=qty)
	port_to(post).label(make_ask(service="Priority", goods=(paint,)))
	(goods,) = post.asked[0][1]["shipment"]["customs_info"]["customs_items"]
	assert (goods["quantity"], float(goods["value"])) == (pieces, 40 / pieces)
	assert goods["hs_tariff_number"] == "320810" and goods["origin_country"] == "DE"


def test_karrio_tells_why_there_is_none(post):
	post.said["shipments"] = (422, {"error": {"code": "SHIPMENT.INVALID", "message": "Postcode is wrong"}})
	with pytest.raises(CourierSaysNo, match="Postcode is wrong"):
		port_to(post).label(at_home())


def test_karrio_gives_a_label_back(post):
	assert port_to(post).cancel("shp_1") is True
	assert post.asked[-1][0] == "/shipments/shp_1/refund"
	post.said["refund"] = (422, {"error": {"code": "SHIPMENT.REFUND", "message": "too late"}})
	assert port_to(post).cancel("shp_1") is False


def test_a_service_that_the_carrier_has_not_makes_no_label(post):
	with pytest.raises((CourierIsSilent, CourierSaysNo)):
		port_to(post).label(make_ask(service="Rocket", ship_to=make_ask().sender))


def test_an_interface_that_is_away_makes_no_label(post):
	post.server_close()
	with pytest.raises((CourierIsSilent, CourierSaysNo)):
		port_to(post).label(at_home())


def test_a_carrier_that_only_tracks_makes_none(post):
	port = port_to(post, makes_labels=False)
	assert port.can_track and not port.can_label and port.label(at_home()) is None
	assert post.asked == []


def test_without_the_package_nobody_is_asked(post, monkeypatch):
	monkeypatch.setattr(karrio_sdk, "is_there", lambda: False)
	assert port_to(post).can_label is False
