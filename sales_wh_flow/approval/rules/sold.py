"""What a row of an order was sold at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sold:
	"""A row of a Sales Order. ``price``, ``price_base``: of one in the stock unit."""

	order: str
	idx: int
	item_code: str
	price: float
	price_base: float
	currency: str
