"""What a courier is told of a parcel when a label is asked for, and the label that it gives."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Party:
	"""Who sends or receives, and where. ``country``: two letters of ISO 3166-1."""

	name: str
	company: str = ""
	lines: tuple[str, ...] = ()
	city: str = ""
	state: str = ""
	postcode: str = ""
	country: str = ""
	phone: str = ""
	email: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
	"""Goods in a box as customs and the courier's rules ask for them. ``qty`` in stock UOM; ``value``: of all
	of it, without tax; ``un_number`` and what follows: of dangerous goods alone.
	"""

	item_code: str
	text: str
	qty: float
	value: float = 0.0
	kg: float = 0.0
	hs_code: str = ""
	origin: str = ""
	un_number: str = ""
	shipping_name: str = ""
	hazard_class: str = ""
	packing_group: str = ""
	is_limited: bool = False


@dataclass(frozen=True, slots=True)
class LabelAsk:
	"""What a courier has to know to make a label. ``key``: the same as long as nothing of it changes, so that
	whoever asks twice gets one label. Units: kg, cm; amounts in ``currency``. ``kind``: PDF or ZPL.
	``incoterm``: empty where none was agreed.
	"""

	key: str
	box: str
	service: str
	kind: str
	sender: Party
	ship_to: Party
	kg: float
	sides_cm: tuple[float, float, float]
	goods: tuple[Declared, ...]
	currency: str
	cod_amount: float = 0.0
	orders: tuple[str, ...] = ()
	instructions: str = ""
	incoterm: str = ""


@dataclass(frozen=True, slots=True)
class Label:
	"""What a courier made for one box. ``kind``: PDF or ZPL; ``freight``: None where it does not say."""

	tracking_no: str
	ref: str = ""
	content: bytes = b""
	kind: str = ""
	freight: float | None = None


def ask_as_text(ask: LabelAsk) -> str:
	"""What a courier is told, as it is kept until the courier answers."""
	return json.dumps(asdict(ask), ensure_ascii=False, sort_keys=True)


def ask_from_text(text: str) -> LabelAsk:
	"""What ``ask_as_text`` kept. Raises: ValueError for what is none."""
	try:
		told = json.loads(text)
		for party in ("sender", "ship_to"):
			told[party] = Party(**{**told[party], "lines": tuple(told[party].get("lines") or ())})
		told["goods"] = tuple(Declared(**it) for it in told["goods"])
		told |= {"orders": tuple(told["orders"]), "sides_cm": tuple(told["sides_cm"])}
		return LabelAsk(**told)
	except (TypeError, KeyError, AttributeError) as error:
		raise ValueError("no question for a label") from error
