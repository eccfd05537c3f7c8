"""The stops of a driver's day."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TripStop:
	"""A Delivery Note that goes to an address, and the boxes on it."""

	delivery_note: str
	customer: str
	address: str
	grand_total: float = 0.0
	boxes: tuple[str, ...] = ()

	@property
	def details(self) -> str:
		return ", ".join(self.boxes)


def by_address(stops: Iterable[TripStop]) -> tuple[TripStop, ...]:
	"""The stops so that those of one address stand together; those without an address are left out."""
	found = [stop for stop in stops if stop.address]
	return tuple(sorted(found, key=lambda stop: (stop.customer, stop.address, stop.delivery_note)))
