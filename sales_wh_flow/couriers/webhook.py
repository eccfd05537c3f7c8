"""A message of a courier: who sent it is checked by its signature, and what it says is taken in at once."""

from dataclasses import dataclass
from datetime import datetime, timezone

import frappe
from frappe.utils import get_datetime, now_datetime

from sales_wh_flow.couriers import accounts
from sales_wh_flow.couriers.rules import signature
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
		return take_unreadable(courier, message.message_id, road)
	return take_event(courier, told, road)


def _secrets_of(courier: str) -> tuple[str, tuple[str, ...]]:
	if not courier or len(courier) > 140 or not frappe.db.exists("Courier", courier):
		return "", ()
	doc = frappe.get_cached_doc("Courier", courier)
	if not doc.enabled or doc.get("adapter") != _ADAPTER:
		return "", ()
	current = doc.get_password("webhook_secret", raise_exception=False) or ""
	until = doc.get("webhook_former_until")
	former = doc.get_password("webhook_former_secret", raise_exception=False) if until else ""
	known = signature.known_secrets(current, former or "", until and get_datetime(until), now_datetime())
	return doc.name, tuple(known)
