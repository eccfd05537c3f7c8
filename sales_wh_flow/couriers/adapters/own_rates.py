"""A courier whose price list the company keeps itself: weight bands by delivery zone."""

from sales_wh_flow.couriers.adapters.manual import Manual
from sales_wh_flow.couriers.port import Quote, RateAsk
from sales_wh_flow.couriers.rules import freight
from sales_wh_flow.routing.rules.zones import Rate


class OwnRates(Manual):
	"""Freight from Delivery Zone Rates; everything else as people write it."""

	def rate(self, ask: RateAsk) -> tuple[Quote, ...]:
		named = {
			rate.service
			for rate in ask.rates
			if rate.courier == self.account.courier and rate.zone == ask.zone
		}
		services = [*self.account.services] or sorted(named) or [""]
		return tuple(self._quote(ask, service) for service in services)

	def _quote(self, ask: RateAsk, service: str) -> Quote:
		found = [self._row(ask, service, parcel) for parcel in ask.parcels]
		prices = [rate and freight.freight_of(rate, kg) for rate, kg in found]
		days = {
			parcel.warehouse: (rate.transit_days if rate else 0) or self.account.services.get(service, 0)
			for parcel, (rate, _kg) in zip(ask.parcels, found, strict=True)
		}
		why = "" if all(rate for rate, _kg in found) else self._why_not(ask, service)
		return Quote(service, freight.total(prices), days, why)

	def _row(self, ask: RateAsk, service: str, parcel) -> tuple[Rate | None, float]:
		kg = freight.chargeable_kg(parcel, self.account.volume_divisor)
		way = (ask.rates, ask.zone, parcel.warehouse, self.account.courier, service)
		return freight.band_for(*way, kg), kg

	def _why_not(self, ask: RateAsk, service: str) -> str:
		ways = [
			freight.narrowest(ask.rates, ask.zone, parcel.warehouse, self.account.courier, service)
			for parcel in ask.parcels
		]
		return freight.TOO_HEAVY if all(ways) else freight.NO_RATE
