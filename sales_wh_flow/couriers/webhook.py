"""A message of a courier: who sent it is checked by its signature, and what it says is taken in at once."""

from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cache

import frappe
from frappe.utils import get_datetime, now_datetime
from frappe.utils.password import encrypt

from sales_wh_flow.base.site_secret import opened
from sales_wh_flow.couriers import accounts
from sales_wh_flow.couriers.rules import signature
from sales_wh_flow.couriers.store import sealed
from sales_wh_flow.couriers.take_event import Road, take_event, take_unreadable

MOST_BYTES = 64 * 1024
ROAD = "Webhook"
_ADAPTER = "Generic Webhook"


@dataclass(frozen=True, slots=True)
class Message:
	"""What came in, as it came in."""

	courier: str
	message_id: str
	stamp: str
	signatures: str
	body: bytes


def check_signature(message: Message) -> str | None:
	"""The courier's name as it is stored; None for an unknown courier as for a wrong signature, and it takes
	as long.
	"""
	name, secrets = _secrets_of(message.courier)
	now = datetime.now(timezone.utc)
	given = (secrets, message.message_id, message.stamp, message.signatures, message.body, now)
	return name if signature.is_signed(*given) else None


def take_message(courier: str, message: Message) -> str:
	"""The outcome of a signed message. One transaction; nothing heavy."""
	body = message.body.decode("utf-8", "replace")
	road = Road(ROAD, body, is_signed=True)
	try:
		told = accounts.port_of(courier).parse_event(message.message_id, message.body)
	except ValueError:
		told = None
	if told is None or not told.tracking_no:
		return take_unreadable(courier, message.message_id, road)
	return take_event(courier, told, road)


def _secrets_of(courier: str) -> tuple[str, tuple[str, ...]]:
	"""Whatever is asked for, one statement is run and two secrets are decrypted."""
	known = sealed.courier_secrets(courier)
	is_ours = bool(known.name and known.enabled and known.adapter == _ADAPTER)
	current, former = (_opened(secret) for secret in (known.current, known.former))
	until = known.former_until and get_datetime(known.former_until)
	found = tuple(signature.known_secrets(current, former, until, now_datetime()))
	return (known.name, found) if is_ours else ("", ())


def _opened(secret: str) -> str:
	"""A secret as it was entered; what nobody entered takes as long."""
	found = opened(secret or _nobodys(frappe.local.site))
	return found if secret else ""


@cache
def _nobodys(site: str) -> str:
	return encrypt("nobody's secret of this site")
