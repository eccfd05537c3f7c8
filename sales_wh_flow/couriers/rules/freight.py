"""What sending parcels costs by a company's own rates, and which courier is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sales_wh_flow.base.quantities import is_less, rounded
from sales_wh_flow.routing.rules.zones import Rate, band_end

NO_RATE, TOO_HEAVY, NO_DAY, LATE = "no rate", "too heavy", "no day", "late"
NO_COD, NO_DANGEROUS = "no cod", "no dangerous goods"
"""Why an offer can't be taken, or breaks the promise."""

NOT_CARRIED = (NO_COD, NO_DANGEROUS)
"""The courier does not take such parcels at all."""


@dataclass(frozen=True, slots=True)
class ParcelSize:
	"""A parcel as it is weighed: ``kg``, and its volume for couriers that charge by it."""

	warehouse: str
	kg: float
	volume_cm3: float = 0.0


@dataclass(frozen=True, slots=True)
class CourierOffer:
	"""What one courier's service asks for all the parcels, and when the last is there.

	``freight`` is None where it does not know the price. ``why``: what speaks against it, else empty.
	"""

	courier: str
	service: str
	freight: float | None = None
	ships: date | None = None
	arrives: date | None = None
	why: str = ""
	keeps_promise: bool = False
	is_proposed: bool = False


def chargeable_kg(parcel: ParcelSize, divisor: float) -> float:
	"""The larger of weight and volume is paid for. ``divisor``: cubic centimetres a kg, 0 = weight alone."""
	by_volume = parcel.volume_cm3 / divisor if divisor > 0 else 0.0
	return rounded(max(parcel.kg, by_volume))


def band_for(
	rates: Iterable[Rate], zone: str | None, warehouse: str, courier: str, service: str, kg: float
) -> Rate | None:
	"""The row of the narrowest kind whose band holds the weight; None where the narrowest has none for it.

	A band holds its upper end and not its lower one.
	"""
	fitting = [rate for rate in narrowest(rates, zone, warehouse, courier, service) if _is_within(rate, kg)]
	return min(fitting, key=lambda rate: (band_end(rate.up_to_kg), rate.freight), default=None)


def narrowest(
	rates: Iterable[Rate], zone: str | None, warehouse: str, courier: str, service: str
) -> tuple[Rate, ...]:
	"""The rows that count for this way, of any weight: a warehouse counts before any, then a courier, then a
	service.
	"""
	fitting = [
		rate
		for rate in rates
		if zone
		and rate.zone == zone
		and rate.warehouse in ("", warehouse)
		and rate.courier in ("", courier)
		and rate.service in ("", service)
	]
	best = max(map(_narrowness, fitting), default=None)
	return tuple(rate for rate in fitting if _narrowness(rate) == best)


def freight_of(rate: Rate, kg: float) -> float:
	"""Freight of one parcel of so much chargeable weight, not rounded to money."""
	return rate.freight + rate.per_kg * kg


def judged(offers: Iterable[CourierOffer], promised_on: date | None) -> tuple[CourierOffer, ...]:
	"""The offers, the cheapest that keeps the promise first and proposed; then by day.

	Where none keeps it, the one that is there first is proposed, the cheaper of two. Offers without a price
	or a day are told last.
	"""
	known = [_held_against(offer, promised_on) for offer in offers]
	turn = sorted(known, key=_turn)
	can_be_taken = turn and turn[0].freight is not None and turn[0].arrives is not None
	return (replace(turn[0], is_proposed=True), *turn[1:]) if can_be_taken else tuple(turn)


def shared(amount: float, parts: int, decimals: int) -> tuple[float, ...]:
	"""What each of the parcels bears of one freight: equal parts, which add up to it to the last decimal."""
	ends = [round(amount * part / (parts or 1), decimals) for part in range(parts + 1)]
	return tuple(round(end - start, decimals) for start, end in pairwise(ends))


def why_not_carried(*, has_cod: bool, has_dangerous: bool, takes_cod: bool, takes_dangerous: bool) -> str:
	"""Why a courier does not take parcels at all; empty where it does."""
	if has_dangerous and not takes_dangerous:
		return NO_DANGEROUS
	return NO_COD if has_cod and not takes_cod else ""


def total(prices: Sequence[float | None]) -> float | None:
	"""All of it, or None where a part is not known."""
	known = [price for price in prices if price is not None]
	return sum(known) if known and len(known) == len(prices) else None


def _held_against(offer: CourierOffer, promised_on: date | None) -> CourierOffer:
	if offer.freight is None or offer.arrives is None:
		return replace(
			offer, keeps_promise=False, why=offer.why or (NO_RATE if offer.freight is None else NO_DAY)
		)
	keeps = promised_on is None or offer.arrives <= promised_on
	return replace(offer, keeps_promise=keeps, why="" if keeps else LATE)


def _turn(offer: CourierOffer) -> tuple:
	is_known = offer.freight is not None and offer.arrives is not None
	day = offer.arrives or date.max
	price = offer.freight if offer.freight is not None else float("inf")
	first, then = (price, day.toordinal()) if offer.keeps_promise else (day.toordinal(), price)
	return (not is_known, not offer.keeps_promise, first, then, offer.courier, offer.service)


def _is_within(rate: Rate, kg: float) -> bool:
	from_here = is_less(rate.above_kg, kg) or (rate.above_kg <= 0 and not is_less(kg, 0))
	return from_here and (rate.up_to_kg <= 0 or not is_less(rate.up_to_kg, kg))


def _narrowness(rate: Rate) -> tuple[bool, bool, bool]:
	return (bool(rate.warehouse), bool(rate.courier), bool(rate.service))
