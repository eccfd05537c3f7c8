"""A program between us and the courier of parcels: it makes labels while the day runs, on this machine."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import frappe

from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.site_steps import digits

FREIGHT = 4.9


@contextmanager
def label_program() -> Iterator[None]:
	"""Inside, the courier of parcels has an address for labels; afterwards it has none, as a courier whose
	program does not run.
	"""
	server = HTTPServer(("127.0.0.1", 0), _Labels)
	threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
	may_before = frappe.db.get_single_value("Sales Flow Settings", "private_webhooks")
	try:
		frappe.db.set_single_value("Sales Flow Settings", "private_webhooks", 1)
		_say_where(f"http://127.0.0.1:{server.server_port}/labels")
		yield
	finally:
		_say_where(None)
		frappe.db.set_single_value("Sales Flow Settings", "private_webhooks", may_before or 0)
		frappe.db.commit()
		server.shutdown()
		server.server_close()


def _say_where(address: str | None) -> None:
	frappe.get_doc("Courier", doing.PARCELS).update({"label_url": address, "label_kind": "ZPL"}).save()
	frappe.db.commit()


class _Labels(BaseHTTPRequestHandler):
	def do_POST(self):
		told = json.loads(self.rfile.read(int(self.headers["content-length"])))["data"]
		answer: dict = {"cancelled": True}
		if "box" in told:
			number = f"{doing.PARCELS[:2].upper()}{73000000 + digits(told['box'])}"
			zpl = f"^XA^FO30,30^A0N,40^FD{told['ship_to']['name'][:30]}^FS^FO30,90^BCN,120^FD{number}^FS^XZ"
			label = base64.b64encode(zpl.encode()).decode()
			answer = {"tracking_number": number, "label": label, "ref": number, "freight": FREIGHT}
		self.send_response(200)
		self.end_headers()
		self.wfile.write(json.dumps(answer).encode())

	def log_message(self, *_said):
		return
