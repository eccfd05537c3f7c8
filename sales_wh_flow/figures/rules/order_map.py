"""Where orders go, as a map: warehouses by the lines they were given, and the places they send to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Spot = tuple[float, float]
"""(latitude, longitude) in decimal degrees."""

_DECIMALS = 2
"""Addresses within a kilometre are one place."""


@dataclass(frozen=True, slots=True)
class Sent:
	"""Lines of one warehouse that go to one address, which may be empty. ``units``: in stock units."""

	warehouse: str
	address: str
	lines: int
	units: float = 0.0


@dataclass(frozen=True, slots=True)
class MapPlace:
	"""A ship-to. ``by``: the warehouses that send there."""

	spot: Spot
	name: str
	lines: int
	by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
	"""``warehouses``: {name: (lines, units)} of those with a place, the largest first."""

	warehouses: dict[str, tuple[int, float]]
	places: tuple[MapPlace, ...]
	without_place: int


def arrange_map(
	sent: Iterable[Sent], warehouses: Mapping[str, Spot], addresses: Mapping[str, tuple[Spot, str]], most: int
) -> Drawn:
	"""``addresses``: {address: (its spot, town)}. At most so many places, those with most lines."""
	given: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
	lines: dict[Spot, int] = defaultdict(int)
	towns: dict[Spot, str] = {}
	by: dict[Spot, dict[str, None]] = defaultdict(dict)
	lost = 0
	for it in sent:
		if it.warehouse not in warehouses:
			lost += it.lines
			continue
		given[it.warehouse][0] += it.lines
		given[it.warehouse][1] += it.units
		if it.address not in addresses:
			lost += it.lines
			continue
		(latitude, longitude), town = addresses[it.address]
		spot = (round(latitude, _DECIMALS), round(longitude, _DECIMALS))
		lines[spot] += it.lines
		towns.setdefault(spot, town)
		by[spot][it.warehouse] = None
	largest = sorted(given.items(), key=lambda row: (-row[1][0], row[0]))
	shown = sorted(lines, key=lambda spot: (-lines[spot], spot))[:most]
	return Drawn(
		{name: (int(count), units) for name, (count, units) in largest},
		tuple(MapPlace(spot, towns[spot], lines[spot], tuple(by[spot])) for spot in shown),
		lost,
	)
