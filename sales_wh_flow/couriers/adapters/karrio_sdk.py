"""A courier through the package karrio, where the bench has it: what happened to its parcels, and labels.

Freight stays the company's own list.
"""

import hashlib
import re
import socket
from collections.abc import Callable
from importlib import import_module  # noqa: TID251 - a package that may not be there
from typing import TypeVar

from sales_wh_flow.couriers.adapters.own_rates import OwnRates
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules import courier_message, label_message, states
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.rules.labels import Declared, Label, LabelAsk, Party

Made = TypeVar("Made")

_PATIENCE_S, _PATIENCE_WITH_LABELS_S = 10, 30
"""The package itself waits for ever."""

_CARRIER = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("api_key", "consumer_key", "client_id", "username", "access_key", "token")
_SECRETS = ("api_secret", "consumer_secret", "client_secret", "password")
_ACCOUNT = ("account_number", "account_id", "customer_number")
"""What carriers call the same three things; each gets those it has."""


def charged(rate: object, currency: str) -> float | None:
	"""The price of a label in our currency; None where the carrier told none, or one in another currency."""
	charge = getattr(rate, "total_charge", None)
	is_ours = (getattr(rate, "currency", None) or currency) == currency
	return float(charge) if charge and is_ours else None


def is_there() -> bool:
	"""Whether the optional extra ``karrio`` is installed."""
	try:
		import_module("karrio.sdk")
	except ImportError:
		return False
	return True


class KarrioSdk(OwnRates):
	"""Tracks and makes labels; what the package does not know of is unknown and moves no box."""

	def __init__(self, account: CourierAccount):
		super().__init__(account)
		self.can_track = bool(account.carrier) and is_there()
		self.can_label = self.can_track and account.makes_labels

	def track(self, tracking_no: str) -> tuple[ToldEvent, ...]:
		return self._within(_PATIENCE_S, lambda: self._told(tracking_no))

	def label(self, ask: LabelAsk) -> Label | None:
		if not self.can_label:
			return None
		return self._within(_PATIENCE_WITH_LABELS_S, lambda: self._made(ask))

	def cancel(self, label_ref: str, tracking_no: str = "") -> bool:
		if not self.can_label:
			return False
		return self._within(_PATIENCE_WITH_LABELS_S, lambda: self._taken_back(label_ref))

	def _within(self, seconds: float, work: Callable[[], Made]) -> Made:
		waited = socket.getdefaulttimeout()
		socket.setdefaulttimeout(seconds)
		try:
			return work()
		except CourierSaysNo:
			raise
		except Exception as error:  # an interface may answer anything, and the package raises as it stumbles
			raise CourierIsSilent(f"{self.account.courier}: {type(error).__name__}") from error
		finally:
			socket.setdefaulttimeout(waited)

	def _made(self, ask: LabelAsk) -> Label:
		sdk, models = import_module("karrio.sdk"), import_module("karrio.core.models")
		request = _shipment(models, ask)
		details, messages = sdk.Shipment.create(request).from_(self._gateway(sdk)).parse()
		if not details:
			raise CourierSaysNo("; ".join(str(message.message) for message in messages)[:280] or "-")
		content = label_message.decoded(details.docs.label)
		return Label(
			courier_message.tidy_number(details.tracking_number),
			str(details.shipment_identifier or details.tracking_number)[:140],
			content,
			label_message.kind_of_label(content),
			charged(details.selected_rate, ask.currency),
		)

	def _taken_back(self, label_ref: str) -> bool:
		sdk, models = import_module("karrio.sdk"), import_module("karrio.core.models")
		request = models.ShipmentCancelRequest(shipment_identifier=label_ref)
		confirmed, messages = sdk.Shipment.cancel(request).from_(self._gateway(sdk)).parse()
		# Some carriers' adapters call it a success and tell of the error beside it.
		return bool(confirmed and confirmed.success and not messages)

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
		given |= {name: value for name, value in _further(account.api_more) if name in takes}
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


def _further(text: str):
	"""(name, value) of each further key."""
	for part in text.split(";"):
		name, mark, value = part.partition("=")
		if mark and name.strip():
			yield name.strip(), value.strip()


def _shipment(models, ask: LabelAsk):
	commodities = [_commodity(models, it, ask.currency) for it in ask.goods]
	length, width, height = (side or None for side in ask.sides_cm)
	parcel = models.Parcel(
		weight=ask.kg,
		weight_unit="KG",
		length=length,
		width=width,
		height=height,
		dimension_unit="CM",
		items=commodities,
		reference_number=ask.box,
	)
	options: dict = {"currency": ask.currency}
	if ask.cod_amount:
		options["cash_on_delivery"] = ask.cod_amount
	if any(it.un_number for it in ask.goods):
		options["dangerous_good"] = True
	crosses = ask.sender.country != ask.ship_to.country
	customs = models.Customs(
		commodities=commodities,
		content_type="merchandise",
		incoterm=ask.incoterm or None,
		duty=models.Duty(currency=ask.currency, declared_value=sum(it.value for it in ask.goods)),
	)
	return models.ShipmentRequest(
		service=ask.service,
		shipper=_address(models, ask.sender),
		recipient=_address(models, ask.ship_to),
		parcels=[parcel],
		customs=customs if crosses else None,
		reference=ask.box,
		order_id=", ".join(ask.orders)[:140],
		label_type=ask.kind,
		options=options,
	)


def _commodity(models, it: Declared, currency: str):
	"""The package takes pieces, and what one of them weighs and is worth; what is cut is one piece."""
	pieces = int(it.qty) if it.qty >= 1 and it.qty == int(it.qty) else 1
	return models.Commodity(
		sku=it.item_code,
		title=it.text,
		description=it.text,
		quantity=pieces,
		weight=it.kg / pieces or None,
		weight_unit="KG",
		value_amount=round(it.value / pieces, 4),
		value_currency=currency,
		hs_code=it.hs_code or None,
		origin_country=it.origin or None,
	)


def _address(models, party: Party):
	first, second = (*party.lines, "", "")[:2]
	return models.Address(
		person_name=party.name,
		company_name=party.company or None,
		address_line1=first,
		address_line2=second or None,
		city=party.city,
		state_code=party.state or None,
		postal_code=party.postcode,
		country_code=party.country,
		phone_number=party.phone or None,
		email=party.email or None,
	)
