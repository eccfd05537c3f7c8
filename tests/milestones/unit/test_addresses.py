"""Webhooks go to the public internet alone; see base/call_out.py."""

import socket
import threading
import time

import pytest

from sales_wh_flow.base import call_out
from sales_wh_flow.base.call_out import (
	AddressIsRefused,
	check_address,
	is_public,
	post_webhook,
	public_address,
)

INSIDE = (
	*("127.0.0.1", "10.0.0.1", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
	*("::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "224.0.0.1"),
	"::127.0.0.1",
)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_our_own_network_is_public(address):
	assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_internet_are(address):
	assert is_public(address)


@pytest.mark.parametrize(
	"url",
	[
		"",
		"ftp://example.com",
		"file:///etc/passwd",
		"http://example.com",
		"https://u:p@example.com",
		"https:///x",
		"https://exa mple.com/x",
	],
)
def test_what_is_no_public_web_address_is_refused(url):
	with pytest.raises(AddressIsRefused):
		check_address(url, may_be_private=False)


def test_a_name_that_leads_inside_is_refused_even_if_another_address_of_it_is_public(monkeypatch):
	rows = [(0, 0, 0, "", (address, 443)) for address in ("93.184.216.34", "10.1.2.3")]
	monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_values: rows)
	with pytest.raises(AddressIsRefused):
		public_address("rebinding.example", 443, may_be_private=False)
	assert public_address("rebinding.example", 443, may_be_private=True) == "93.184.216.34"


@pytest.mark.parametrize(
	"name", ["localhost", "LOCALHOST.", "desk.localhost", "printer.local", "db.internal"]
)
def test_a_name_of_ones_own_network_is_refused_without_looking_it_up(monkeypatch, name):
	monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_values: pytest.fail("was looked up"))
	with pytest.raises(AddressIsRefused):
		public_address(name, 443, may_be_private=False)


@pytest.fixture
def server():
	"""Starts a server on a free port that does with a connection what the test says; gives its address."""
	opened = []

	def start(serve):
		listening = socket.create_server(("127.0.0.1", 0))
		opened.append(listening)

		def run():
			connection, _address = listening.accept()
			with connection:
				serve(connection)

		threading.Thread(target=run, daemon=True).start()
		return f"http://127.0.0.1:{listening.getsockname()[1]}/hook?x=1"

	yield start
	for listening in opened:
		listening.close()


def test_an_answer_is_its_status_and_a_redirect_is_not_followed(server):
	got = []

	def answer(connection):
		got.append(connection.recv(65536))
		connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")

	assert post_webhook(server(answer), b"{}", {"webhook-id": "m1"}, may_be_private=True) == 302
	assert got[0].startswith(b"POST /hook?x=1 HTTP/1.1")
	assert b"webhook-id: m1" in got[0]


def test_a_receiver_that_answers_drop_by_drop_is_hung_up_on(server, monkeypatch):
	monkeypatch.setattr(call_out, "SECONDS", 0.1)

	def drip(connection):
		connection.recv(65536)
		for byte in b"HTTP/1.1 200 OK\r\n" * 20:
			try:
				connection.send(bytes([byte]))
			except OSError:
				return
			time.sleep(0.02)

	began = time.monotonic()
	with pytest.raises((OSError, call_out.http.client.HTTPException)):
		post_webhook(server(drip), b"{}", {}, may_be_private=True)
	assert time.monotonic() - began < 3
