"""A signed POST to an address that somebody entered: never into our own network, never for long.

The name is looked up once and that very address is called, so that it can't change in between; redirects are
not followed; the whole call ends after ten seconds, however slowly the other side answers.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 10.0
_OUR_OWN = (".localhost", ".local", ".internal", ".home.arpa")
"""Ends of names that no public server has (RFC 6761, 6762, 8375)."""


class AddressIsRefused(Exception):
	"""Where no webhook goes."""


@dataclass(frozen=True, slots=True)
class CallAnswer:
	"""What the other side said. ``body``: its beginning, as far as it was asked for."""

	status: int
	body: bytes = b""


def check_address(url: str, may_be_private: bool) -> tuple[str, str, int]:
	"""(scheme, host, port). Raises: AddressIsRefused for what is no address of the web."""
	try:
		parts = urlsplit(url)
		port = parts.port or (443 if parts.scheme == "https" else 80)
	except ValueError as error:
		raise AddressIsRefused(str(error)) from error
	if parts.scheme not in ("https", "http") or not parts.hostname:
		raise AddressIsRefused("it has to begin with https://")
	if parts.scheme == "http" and not may_be_private:
		raise AddressIsRefused("it has to begin with https://")
	if any(sign.isspace() for sign in parts.hostname):
		raise AddressIsRefused("a server's name has no space")
	if parts.username or parts.password:
		raise AddressIsRefused("no user or password may stand in it")
	return parts.scheme, parts.hostname, port


def public_address(host: str, port: int, may_be_private: bool) -> str:
	"""The IP address to call. Raises: AddressIsRefused unless each one the name leads to is public."""
	name = host.lower().rstrip(".")
	if not may_be_private and (name == "localhost" or name.endswith(_OUR_OWN)):
		raise AddressIsRefused(f"{host} is a name within a network of one's own")
	try:
		found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
	except (OSError, UnicodeError) as error:
		raise ConnectionError(f"{host}: {error}") from error
	for address in found:
		if not (may_be_private or is_public(address)):
			raise AddressIsRefused(f"{host} leads to {address}, which is not public")
	return found[0]


def is_public(address: str) -> bool:
	"""No loopback, link-local, private, multicast or reserved address; none hidden in IPv6."""
	ip = ipaddress.ip_address(address.partition("%")[0])
	if ip.version == 6:
		inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
		if inner is not None and not inner.is_global:
			return False
		if any(ip in ipaddress.ip_network(hidden) for hidden in ("64:ff9b::/96", "::/96")):
			return False
	return ip.is_global and not ip.is_multicast


def post_webhook(url: str, body: bytes, headers: Mapping[str, str], may_be_private: bool = False) -> int:
	"""The status of the answer; its body is not read.

	Raises: AddressIsRefused; OSError or HTTPException when nobody answers, not in time, or no HTTP.
	"""
	return call(url, body, headers, may_be_private).status


def call(
	url: str,
	body: bytes,
	headers: Mapping[str, str],
	may_be_private: bool = False,
	*,
	most_bytes: int = 0,
	seconds: float | None = None,
) -> CallAnswer:
	"""A POST and what was answered; ``most_bytes`` of it, none unless asked for. ``seconds``: in which the
	whole call has to end, 10 unless said.

	Raises: as ``post_webhook``.
	"""
	patience = SECONDS if seconds is None else seconds
	scheme, host, port = check_address(url, may_be_private)
	address = public_address(host, port, may_be_private)
	connection = http.client.HTTPConnection(host, port, timeout=patience)
	sock = socket.create_connection((address, port), timeout=patience)
	limit = threading.Timer(patience, _hang_up, [sock])
	limit.daemon = True
	limit.start()
	try:
		if scheme == "https":
			secure = ssl.create_default_context()
			sock = secure.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
			limit.args[:] = [sock]  # before the handshake, which may be slow, too
			sock.do_handshake()
		connection.sock = sock
		parts = urlsplit(url)
		path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
		connection.request("POST", path, body=body, headers=dict(headers))
		answer = connection.getresponse()
		return CallAnswer(answer.status, answer.read(most_bytes) if most_bytes else b"")
	finally:
		limit.cancel()
		connection.close()
		sock.close()


def _hang_up(sock: socket.socket) -> None:
	try:
		sock.shutdown(socket.SHUT_RDWR)
	except OSError:
		sock.close()
