"""Whether a message comes from whom it says, by the scheme of Standard Webhooks.

Source: the specification "Standard Webhooks", section Verifying webhook authenticity, version 1.0.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone

WINDOW_S = 300
"""A message may be so much older or newer than now; a recorded one can't be sent again later."""

PREFIX = "whsec_"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOST_SIGNATURES = 10
_LONGEST_ID = 140
_NOBODYS = b"nobody's secret: as much work as a known courier's"


def sign_message(secret: str, message_id: str, stamp: str, body: bytes) -> str:
	"""``v1,`` and the signature of a message, as a sender puts it into ``webhook-signature``."""
	return "v1," + base64.b64encode(_digest(_key(secret), message_id, stamp, body)).decode()


def is_signed(
	secrets: Sequence[str], message_id: str, stamp: str, signatures: str, body: bytes, now: datetime
) -> bool:
	"""Whether one of the signatures was made with one of the secrets, not long ago.

	``secrets``: of the courier, the former one too while it is being changed; none for an unknown courier,
	which takes as long. ``now``: with its time zone.
	"""
	given = [part.removeprefix("v1,") for part in signatures.split() if part.startswith("v1,")]
	keys = [_key(secret) for secret in secrets if secret] or [_NOBODYS]
	fits = False
	for key in keys:
		wanted = base64.b64encode(_digest(key, message_id, stamp, body))
		for one in given[:_MOST_SIGNATURES]:
			fits |= hmac.compare_digest(wanted, one.encode("utf-8", "replace"))
	return bool(any(secrets) and fits and _is_id(message_id) and _is_recent(stamp, now))


def has_shape(secret: str) -> bool:
	"""Whether a secret is long enough, and one that ``PREFIX`` begins is base64."""
	try:
		return len(_key(secret)) >= 16
	except ValueError:
		return False


def known_secrets(current: str, former: str, former_until: datetime | None, now: datetime) -> Iterable[str]:
	"""The secrets that count now: the former one until its time is over."""
	if current:
		yield current
	if former and former_until and now < former_until:
		yield former


def _digest(key: bytes, message_id: str, stamp: str, body: bytes) -> bytes:
	head = f"{message_id}.{stamp}.".encode("utf-8", "replace")
	return hmac.new(key, head + body, hashlib.sha256).digest()


def _key(secret: str) -> bytes:
	"""Raises: ValueError where ``whsec_`` is not followed by base64."""
	if secret.startswith(PREFIX):
		return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
	return secret.encode()


def _is_id(message_id: str) -> bool:
	return 0 < len(message_id) <= _LONGEST_ID and message_id.isprintable() and message_id.isascii()


def _is_recent(stamp: str, now: datetime) -> bool:
	if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
		return False
	return abs((now - _EPOCH) - timedelta(seconds=int(stamp))) <= timedelta(seconds=WINDOW_S)
