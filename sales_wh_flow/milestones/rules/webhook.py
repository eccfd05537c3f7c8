"""A webhook's signature, as the Standard Webhooks scheme has it, and its body."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlsplit

_PREFIX = "whsec_"


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
	"""The headers by which a receiver knows the sender, the message and a repeat of it."""
	signed = f"{message_id}.{timestamp}.".encode() + body
	signature = base64.b64encode(hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()).decode()
	return {
		"webhook-id": message_id,
		"webhook-timestamp": str(timestamp),
		"webhook-signature": f"v1,{signature}",
		"content-type": "application/json",
	}


def secret_bytes(secret: str) -> bytes:
	"""Raises: ValueError for what is no secret of 24 to 64 bytes in base64."""
	found = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
	if not 24 <= len(found) <= 64:
		raise ValueError("a secret has 24 to 64 bytes")
	return found


def new_secret(random: bytes) -> str:
	"""A secret in the form that Standard Webhooks prescribes. ``random``: at least 24 bytes."""
	return _PREFIX + base64.b64encode(random).decode()


def body_of(milestone: str, happened_on: str, data: dict[str, object]) -> bytes:
	"""The body of a webhook: type, time stamp and data, as JSON whose keys are sorted."""
	kind = "order." + milestone.lower().replace(" ", "_")
	return json.dumps(
		{"type": kind, "timestamp": happened_on, "data": data},
		default=str,
		ensure_ascii=False,
		sort_keys=True,
	).encode()


def shown_address(url: str, key: bytes) -> str:
	"""A webhook's address for whoever may see where messages go, and not call there themselves: its server,
	and a mark by which two addresses of one server differ. ``key``: the site's, so that nobody finds the
	address by trying.
	"""
	parts = urlsplit(url)
	port = f":{parts.port}" if parts.port else ""
	mark = hmac.new(key, url.encode(), hashlib.sha256).hexdigest()[:8]
	return f"{parts.scheme}://{parts.hostname}{port}/… ({mark})"
