"""How many signed messages of couriers a web server takes in a second, beside empty requests.

A web server of two processes is started on this machine; the messages are made before the clock starts. Every
twentieth is told twice, every tenth comes before the one it follows.
"""

import http.client
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from measure import Result

import frappe

from tests.couriers import couriers_world as world

PROCESSES, THREADS, CLIENTS = 2, 4, 8
PARCELS, STEPS = 400, ("in_transit", "out_for_delivery", "delivered")
PING = "/api/method/frappe.ping"


def run(site: str, sites_path: str, runs: int, say) -> list[Result]:
	"""``courier_events_per_s``: taken and answered with 200, beside requests that do nothing."""
	server, port = _start(sites_path)
	ours, native = [], []
	try:
		for at in range(runs):
			say(f"messages of couriers, run {at + 1} of {runs}")
			sent = _messages(*_parcels())
			native.append(_per_second(port, site, [("GET", PING, b"", {})] * len(sent)))
			ours.append(_per_second(port, site, sent))
	finally:
		server.terminate()
		server.wait(30)
	middle = len(ours) // 2
	return [
		Result("courier_events_per_s", sorted(ours)[middle], sorted(native)[middle], "events/s", len(ours))
	]


def _parcels() -> tuple[str, list[str]]:
	courier = world.make_courier()
	numbers = [world.make_parcel(courier)[1] for _turn in range(PARCELS)]
	frappe.db.commit()
	return courier, numbers


def _messages(courier: str, numbers: list[str]) -> list[tuple]:
	path = f"{world.RECEIVE}?courier={quote(courier)}"
	found = []
	for at, state in enumerate(STEPS):
		for turn, number in enumerate(numbers):
			body = world.body_of(number, state, len(STEPS) - at)
			found += [("POST", path, body, world.headers_of(f"{number}-{state}", body))] * (
				2 if turn % 20 == 0 else 1
			)
	for at in range(0, len(found) - PARCELS, 10):
		found[at], found[at + PARCELS] = found[at + PARCELS], found[at]
	return found


def _per_second(port: int, site: str, asked: list[tuple]) -> float:
	def ask(part: list[tuple]) -> None:
		line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
		for verb, path, body, headers in part:
			line.request(
				verb, path, body, {"X-Frappe-Site-Name": site, "Content-Type": "application/json", **headers}
			)
			answer = line.getresponse()
			text = answer.read()
			if answer.status != 200:
				raise AssertionError(f"{answer.status}: {text[:300]!r}")

	ask(asked[:1] * PROCESSES * THREADS)  # what a working process has in memory
	began = time.monotonic()
	with ThreadPoolExecutor(CLIENTS) as pool:
		list(pool.map(ask, (asked[at::CLIENTS] for at in range(CLIENTS))))
	return len(asked) / (time.monotonic() - began)


def _start(sites_path: str) -> tuple[subprocess.Popen, int]:
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	server = subprocess.Popen(
		[
			*(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES)),
			*("--threads", str(THREADS), "--preload", "--log-level", "error", "frappe.app:application"),
		],
		cwd=sites_path,
	)
	for _turn in range(120):
		try:
			socket.create_connection(("127.0.0.1", port), 1).close()
			return server, port
		except OSError:
			time.sleep(0.5)
	server.kill()
	raise TimeoutError("the web server did not come up")
