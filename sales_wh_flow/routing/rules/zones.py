"""In which delivery zone an address lies, and what sending a parcel there costs and takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less
from sales_wh_flow.routing.rules.matching import fits_postcode


@dataclass(frozen=True, slots=True)
class Area:
	"""A part of a zone; whatever is empty means any."""

	zone: str
	priority: int
	country: str = ""
	state: str = ""
	postcode: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
	"""Freight of a parcel into a zone, in the company's currency, and its working days of transit.

	It is for parcels heavier than ``above_kg``, up to and with ``up_to_kg``; 0 = without end.
	"""

	zone: str
	warehouse: str = ""
	courier: str = ""
	service: str = ""
	freight: float = 0.0
	per_kg: float = 0.0
	transit_days: int = 0
	above_kg: float = 0.0
	up_to_kg: float = 0.0


def zone_of(areas: Iterable[Area], country: str, state: str, postcode: str) -> str | None:
	"""The zone of an address: of those that fit the one with the highest priority, then by name."""
	fitting = [
		area
		for area in areas
		if _is_same(area.country, country)
		and _is_same(area.state, state)
		and fits_postcode(area.postcode, postcode)
	]
	return min(fitting, key=lambda area: (-area.priority, area.zone)).zone if fitting else None


def rate_for(
	rates: Iterable[Rate], zone: str | None, warehouse: str, courier: str, service: str
) -> Rate | None:
	"""The narrowest rate: a warehouse counts before any, then a courier, then a service; of weight bands the
	lightest, since nobody knows yet how an order is packed.
	"""
	fitting = [
		rate
		for rate in rates
		if rate.zone == zone
		and rate.warehouse in ("", warehouse)
		and rate.courier in ("", courier)
		and rate.service in ("", service)
	]
	return max(
		fitting,
		key=lambda rate: (bool(rate.warehouse), bool(rate.courier), bool(rate.service), -rate.above_kg),
		default=None,
	)


def bands_overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
	"""Whether two bands (above, up to; 0 = without end) hold a weight in common."""
	return is_less(max(one[0], other[0]), min(band_end(one[1]), band_end(other[1])))


def band_end(up_to: float) -> float:
	"""Up to which weight a rate holds, in kg; for ever where it says 0."""
	return up_to if up_to > 0 else float("inf")


def _is_same(wanted: str, found: str) -> bool:
	return not wanted.strip() or wanted.strip().casefold() == (found or "").strip().casefold()
