"""The token in the address of a customer's page: which link, until when, signed."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from sales_wh_flow.base.problems import RuleViolation


@dataclass(frozen=True, slots=True)
class PageToken:
	"""``link``: the name of the Customer Page Link; ``expires``: seconds since 1970."""

	link: str
	expires: int


def page_token(token: PageToken, key: bytes) -> str:
	"""Fit for a web address."""
	body = _packed(json.dumps([token.link, token.expires]).encode())
	return f"{body}.{_seal(body, key)}"


def read_page_token(text: str, key: bytes, now: float) -> PageToken:
	"""Raises: RuleViolation when it was not signed with ``key``, or is too old."""
	body, _dot, seal = text.partition(".")
	if not hmac.compare_digest(seal.encode(), _seal(body, key).encode()):
		raise RuleViolation("page_link_is_not_ours")
	link, expires = json.loads(base64.urlsafe_b64decode(body.encode() + b"=" * (-len(body) % 4)))
	if now > expires:
		raise RuleViolation("page_link_is_over")
	return PageToken(link, expires)


def _seal(body: str, key: bytes) -> str:
	return _packed(hmac.new(key, body.encode(), hashlib.sha256).digest())


def _packed(data: bytes) -> str:
	return base64.urlsafe_b64encode(data).decode().rstrip("=")
