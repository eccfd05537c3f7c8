"""What ``figures.api`` answers besides numbers of cards."""

from typing import TypedDict


class WarehouseOnMap(TypedDict):
	"""``lines``: order lines that it was given; ``units``: of them, in stock units."""

	warehouse: str
	latitude: float
	longitude: float
	lines: int
	units: float


class ShipToOnMap(TypedDict):
	"""A place that goods go to. ``by``: where in ``warehouses`` those stand that send there."""

	latitude: float
	longitude: float
	place: str
	lines: int
	by: list[int]


class OrderMap(TypedDict):
	"""``without_place``: lines whose warehouse, or ship-to, nobody can find on a map; ``is_cut``: more places
	than are drawn; ``since``: the first day of the orders.
	"""

	company: str | None
	since: str
	warehouses: list[WarehouseOnMap]
	ship_tos: list[ShipToOnMap]
	without_place: int
	is_cut: bool
