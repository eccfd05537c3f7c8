"""What `collection.api` answers."""

from datetime import datetime
from typing import TypedDict


class WaitingBox(TypedDict):
	"""A box at the counter. Unit: kg; ``cod_amount`` in the company's currency."""

	name: str
	closed_on: datetime | None
	weight_kg: float
	orders: list[str]
	cod_amount: float


class WaitingFor(TypedDict):
	"""What waits for one address. ``proof``: Name, Signature, Code, or Code or Signature; ``missing``: other
	boxes of these orders that are not here yet, with their state.
	"""

	customer: str
	customer_name: str
	address: str
	warehouse: str
	courier: str
	proof: str
	orders: list[str]
	boxes: list[WaitingBox]
	missing: list[tuple[str, str]]
	to_collect: float
	currency: str


class HandedOut(TypedDict):
	"""``document``: the Delivery Note, or the invoice that moved the stock."""

	boxes: list[str]
	document: str
	receiver: str
