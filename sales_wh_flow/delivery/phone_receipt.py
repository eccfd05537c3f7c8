"""What a phone tells of a box: cleaned field by field, not believed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sales_wh_flow.base import border
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.delivery import pictures
from sales_wh_flow.delivery.rules.money import DECIMALS, MoneyTaken
from sales_wh_flow.delivery.rules.receipt import RowAnswer


@dataclass(frozen=True, slots=True)
class PhonePlace:
	"""Where the phone was, how exactly it knew, and how old that was; only given with consent."""

	latitude: float
	longitude: float
	accuracy_m: float = 0.0
	age_s: int = 0


@dataclass(frozen=True, slots=True)
class PhoneReceipt:
	"""What the receiver did, and who says so. ``money``: None where nothing was said of it."""

	answer: str
	rows: tuple[RowAnswer, ...] = ()
	reason: str = ""
	note: str = ""
	receiver: str = ""
	signature: str = ""
	photo: str = ""
	happened_on: str = ""
	device: str = ""
	place: PhonePlace | None = None
	money: MoneyTaken | None = None


def read_receipt(told: Mapping[str, object]) -> PhoneReceipt:
	"""Raises: BadArgument naming a field that does not fit; ValidationError for what is no picture."""
	return PhoneReceipt(
		answer=border.take("answer", told.get("answer"), border.name),
		rows=tuple(_row(row) for row in _of(told, "rows", border.records()) or ()),
		reason=_of(told, "reason", border.short_text) or "",
		note=_of(told, "note", border.text) or "",
		receiver=_of(told, "receiver", border.short_text) or "",
		signature=pictures.checked_picture("Signature", told.get("signature")),
		photo=pictures.checked_picture("Photo", told.get("photo")),
		happened_on=_of(told, "happened_on", border.moment) or "",
		device=_of(told, "device", border.short_text) or "",
		place=_place(_of(told, "place", border.mapping)),
		money=read_money(_of(told, "money", border.mapping)),
	)


def read_money(money: Mapping | None) -> MoneyTaken | None:
	"""None where nothing is said of money. Raises: BadArgument naming a field that does not fit."""
	if not money:
		return None
	return MoneyTaken(
		round(border.take("amount", money.get("amount"), border.number), DECIMALS),
		_of(money, "mode_of_payment", border.name) or "",
		_of(money, "reference", border.short_text) or "",
		_of(money, "reason", border.short_text) or "",
		_of(money, "due", border.number),
	)


def _of(told: Mapping, field: str, kind: Callable) -> Any:
	return border.take(field, told.get(field), border.perhaps(kind))


def _row(row: Mapping) -> RowAnswer:
	return RowAnswer(
		border.take("row", row.get("row"), border.name),
		border.take("refused_qty", row.get("refused_qty"), border.number),
		_of(row, "reason", border.short_text) or "",
		tuple(_of(row, "serials", border.names) or ()),
	)


def _place(place: Mapping | None) -> PhonePlace | None:
	"""None without consent, where the company keeps no positions, and for what is no place on earth."""
	if not place or place.get("consent") is not True or not flow_settings().get("keep_positions"):
		return None
	latitude, longitude = (
		border.take(field, place.get(field), border.number) for field in ("latitude", "longitude")
	)
	if abs(latitude) > 90 or abs(longitude) > 180:
		return None
	accuracy, age = (_of(place, field, border.number) or 0 for field in ("accuracy_m", "age_s"))
	return PhonePlace(latitude, longitude, max(accuracy, 0), int(min(max(age, 0), 10**6)))
