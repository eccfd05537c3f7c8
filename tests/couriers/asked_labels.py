"""A label as a courier is asked for it, and a program between that makes some; no site is needed."""

import base64
import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

from sales_wh_flow.couriers.rules.labels import Declared, LabelAsk, Party

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
ZPL = b"^XA^FO30,30^FDND1^FS^XZ"
PDF = b"%PDF-1.4\n%%EOF"

PAINT = Declared(
	*("PAINT", "Red paint", 2.0, 40.0, 3.0, "320810", "DE", "UN1263", "PAINT", "3", "II"),
	is_limited=True,
)


def make_ask(**values) -> LabelAsk:
	"""A box of paint from Hamburg to Bern."""
	ask = LabelAsk(
		key="BOX-000001-0123456789abcdef",
		box="BOX-000001",
		service="Express",
		kind="ZPL",
		sender=Party("Gate 1", "Nails GmbH", ("Quay 3",), "Hamburg", "", "20457", "DE", "040 1", "a@b.de"),
		ship_to=Party("Ada", "", ("Street 4", "Yard"), "Bern", "BE", "3011", "CH", "031 2", "c@d.ch"),
		kg=3.2,
		sides_cm=(30.0, 20.0, 10.0),
		goods=(PAINT,),
		currency="EUR",
		cod_amount=47.6,
		orders=("SO-1",),
		instructions="Ring twice",
		incoterm="DAP",
	)
	return replace(ask, **values)


def label_answer(number: str, content: bytes = ZPL, **values) -> bytes:
	"""What a program between answers for a label."""
	label = base64.b64encode(content).decode()
	return json.dumps({"tracking_number": number, "label": label, "ref": f"R-{number}", **values}).encode()


class Bridge(HTTPServer):
	"""``asked``: (headers, body read from JSON) of each call; ``answers``: {what is asked for: (status,
	answer)}; ``before``: is called with each body.
	"""

	def __init__(self):
		super().__init__(("127.0.0.1", 0), _Handler)
		self.asked: list = []
		self.answers: dict = {}
		self.before = lambda _body: None
		self.url = f"http://127.0.0.1:{self.server_port}/labels"


class _Handler(BaseHTTPRequestHandler):
	def do_POST(self):
		raw = self.rfile.read(int(self.headers["content-length"]))
		body = json.loads(raw)
		self.server.asked.append((dict(self.headers), body, raw))
		self.server.before(body)
		status, answer = self.server.answers.get(body["type"], (200, label_answer("ND11")))
		self.send_response(status)
		self.end_headers()
		self.wfile.write(answer)

	def log_message(self, *_said):
		return


@contextmanager
def bridge():
	server = Bridge()
	threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
	try:
		yield server
	finally:
		server.shutdown()
		server.server_close()
