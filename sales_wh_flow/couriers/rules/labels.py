"""What a courier is told of a parcel when a label is asked for, and the label that it gives."""

from dataclasses import dataclass


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
