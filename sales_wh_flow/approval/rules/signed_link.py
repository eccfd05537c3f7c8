"""A signed note to oneself: who may decide which state of which approval, until when, with one number."""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

from sales_wh_flow.base.problems import RuleViolation


@dataclass(frozen=True, slots=True)
class LinkFacts:
	"""What a link is bound to. ``expires``: seconds since 1970; ``number``: the link's own, used once."""

	approval: str
	user: str
	fingerprint: str
	expires: int
	number: str


def sign(link: LinkFacts, key: bytes) -> str:
	"""The link's facts and their signature, fit for a web address."""
	body = _encoded(json.dumps(asdict(link), sort_keys=True).encode())
	return f"{body}.{_signature(body, key)}"


def read_token(token: str, key: bytes, now: float) -> LinkFacts:
	"""What a token says. Raises: RuleViolation when it was not signed with ``key``, or is too old."""
	body, _dot, signature = token.partition(".")
	if not hmac.compare_digest(signature.encode(), _signature(body, key).encode()):
		raise RuleViolation("link_is_not_ours")
	link = LinkFacts(**json.loads(base64.urlsafe_b64decode(body.encode() + b"=" * (-len(body) % 4))))
	if now > link.expires:
		raise RuleViolation("link_is_too_old", approval=link.approval)
	return link


def _signature(body: str, key: bytes) -> str:
	return _encoded(hmac.new(key, body.encode(), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
	return base64.urlsafe_b64encode(data).decode().rstrip("=")
