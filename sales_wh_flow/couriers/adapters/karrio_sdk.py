"""A courier through the package karrio, where the bench has it: what happened to its parcels.

Freight stays the company's own list; labels and cancelling are done where they were before.
"""

import hashlib
import re
import socket
from importlib import import_module  # noqa: TID251 - a package that may not be there

from sales_wh_flow.couriers.adapters.own_rates import OwnRates
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent
from sales_wh_flow.couriers.rules import courier_message, states
from sales_wh_flow.couriers.rules.courier_message import ToldEvent

_PATIENCE_S = 10
"""The package itself waits for ever."""

_CARRIER = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("api_key", "consumer_key", "client_id", "username", "access_key", "token")
_SECRETS = ("api_secret", "consumer_secret", "client_secret", "password")
_ACCOUNT = ("account_number", "account_id", "customer_number")
"""What carriers call the same three things; each gets those it has."""


def is_there() -> bool:
	"""Whether the optional extra ``karrio`` is installed."""
	try:
		import_module("karrio.sdk")
	except ImportError:
		return False
	return True


class KarrioSdk(OwnRates):
	"""Tracks; what the package does not know of is unknown and moves no box."""

	def __init__(self, account: CourierAccount):
		super().__init__(account)
		self.can_track = bool(account.carrier) and is_there()

	def track(self, tracking_no: str) -> tuple[ToldEvent, ...]:
		waited = socket.getdefaulttimeout()
		socket.setdefaulttimeout(_PATIENCE_S)
		try:
			return self._told(tracking_no)
		except Exception as error:  # an interface may answer anything, and the package raises as it stumbles
			raise CourierIsSilent(f"{self.account.courier}: {type(error).__name__}") from error
		finally:
			socket.setdefaulttimeout(waited)

	def _told(self, tracking_no: str) -> tuple[ToldEvent, ...]:
		sdk, models = import_module("karrio.sdk"), import_module("karrio.core.models")
		request = models.TrackingRequest(tracking_numbers=[tracking_no])
		details, messages = sdk.Tracking.fetch(request).from_(self._gateway(sdk)).parse()
		if not details and messages:
			raise CourierIsSilent("; ".join(str(message.message) for message in messages))
		return tuple(self._event(tracking_no, event) for detail in details for event in detail.events or ())

	def _gateway(self, sdk):
		carrier = self.account.carrier
		if not _CARRIER.fullmatch(carrier):
			raise CourierIsSilent(f"{carrier} is no carrier")
		settings = import_module(f"karrio.mappers.{carrier}.settings").Settings
		takes = {field.name for field in settings.__attrs_attrs__}
		account, given = self.account, {"test_mode": self.account.is_test}
		for names, value in (
			(_KEYS, account.api_key),
			(_SECRETS, account.api_secret),
			(_ACCOUNT, account.account_no),
		):
			given |= {name: value for name in names if name in takes}
		gateway = sdk.gateway[carrier].create(given)
		if account.api_url:
			at = property(lambda _settings: account.api_url.rstrip("/"))
			gateway.settings.__class__ = type(
				"SettingsElsewhere", (type(gateway.settings),), {"server_url": at}
			)
		return gateway

	def _event(self, tracking_no: str, event) -> ToldEvent:
		code, note = event.code or "", (event.description or "").strip()
		when = event.timestamp or " ".join(filter(None, (event.date, event.time)))
		meaning = courier_message.meaning_of(code, getattr(event, "reason", None) or "", self.account.words)
		if meaning.state == states.UNKNOWN and event.status in states.NORMAL_STATES:
			meaning = courier_message.Meaning(event.status, meaning.reason)
		seed = "|".join((tracking_no, str(when), code, note))
		return ToldEvent(
			key="karrio_" + hashlib.sha256(seed.encode()).hexdigest()[:40],
			tracking_no=courier_message.tidy_number(tracking_no),
			word=code or str(event.status or ""),
			state=meaning.state,
			reason=meaning.reason,
			happened_on=courier_message.read_moment(when),
			place=str(event.location or "")[:140],
			note=note[:140],
		)
