"""All that routing decides on for an order, gathered with four statements whatever the lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from frappe.utils import flt, now_datetime

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.store.warehouses import WarehouseRow
from sales_wh_flow.routing import rules as routing
from sales_wh_flow.routing.rules import (
	LineScope,
	OrderScope,
	Place,
	RoutingPolicy,
	WarehouseFacts,
	promise,
	zones,
)
from sales_wh_flow.routing.rules.promise import ShippingCalendar
from sales_wh_flow.routing.store import rules as routing_store
from sales_wh_flow.routing.store import surroundings
from sales_wh_flow.routing.store.rules import CandidateRow, PlaceRow, Rules
from sales_wh_flow.routing.store.sales_items import SalesItem
from sales_wh_flow.routing.store.surroundings import Around, BinAround


@dataclass(frozen=True, slots=True)
class RoutingFacts:
	"""``policies``: by ``row_key``. ``free``: on hand less locks and what earlier orders wait for;
	``incoming``: (day, quantity, document) less what they take of it.
	"""

	now: datetime
	policies: Mapping[str, RoutingPolicy]
	warehouses: Mapping[str, WarehouseRow]
	destination: Place | None = None
	bins: Mapping[BinKey, BinAround] = field(default_factory=dict)
	calendars: Mapping[str, ShippingCalendar] = field(default_factory=dict)
	ship_complete: str = ""

	def free(self) -> dict[BinKey, float]:
		return {key: rounded(row.on_hand - row.owed) for key, row in self.bins.items()}

	def incoming(self) -> dict[BinKey, tuple[tuple[date, float, str], ...]]:
		return {
			key: promise.less_earlier(row.incoming, row.owed - row.on_hand)
			for key, row in self.bins.items()
			if row.incoming
		}


def read_routing_facts(
	doc, rows: Iterable, items: Mapping[str, SalesItem], rules: Rules | None = None
) -> RoutingFacts | None:
	"""What routing needs to know for these rows of an order; None when no rule is for any of them.
	``rules``: instead of those that are saved.

	Shape: policies by ``row_key``. The warehouses of the rows themselves are told as well, candidates or not.
	"""
	goods = list(rows)
	rules = rules or routing_store.rules(doc.company)
	if not (rules.policies and goods):
		return None
	place = routing_store.place_of(doc)
	found = routing.first_per_line(
		rules.policies,
		_order_scope(doc, place, items),
		{row_key(row): _line_scope(row, items) for row in goods},
	)
	if not found:
		return None
	named = {row.warehouse for row in goods if row.warehouse}
	around = _around(doc, rules, place, named)
	known = {**rules.warehouses, **around.warehouses}
	world = _World(doc, rules, place, around, known, now_datetime())
	policies = {policy.rule: world.filled(policy) for policy in found.values()}
	bins = surroundings.stock((row.item_code for row in goods), known)
	return RoutingFacts(
		now=world.now,
		policies={row: policies[policy.rule] for row, policy in found.items()},
		warehouses=known,
		destination=world.destination,
		bins=bins,
		calendars={name: world.calendar(name) for name in known},
		ship_complete=place.ship_complete or next(iter(policies.values())).ship_complete,
	)


def row_key(row) -> str:
	"""What a row is called while it is planned: its position, which new rows have, too."""
	return str(row.idx)


@dataclass(frozen=True, slots=True)
class _World:
	"""Rules and all around them, to make candidates of warehouses."""

	doc: object
	rules: Rules
	place: PlaceRow
	around: Around
	known: Mapping[str, WarehouseRow]
	now: datetime

	@property
	def destination(self) -> Place | None:
		return self.place.coordinates or self.around.place(self.place.country, self.place.postcode)

	def filled(self, policy: RoutingPolicy) -> RoutingPolicy:
		candidates = tuple(self._candidate(row) for row in self.rules.candidates[policy.rule])
		complete = self.place.ship_complete or policy.ship_complete
		return replace(policy, candidates=candidates, ship_complete=complete)

	def calendar(self, name: str) -> ShippingCalendar:
		row, rate = self.known[name], self._rate(name)
		transfers = [it for rows in self.rules.candidates.values() for it in rows if it.warehouse != name]
		return ShippingCalendar(
			cut_off=(datetime.min + row.cut_off).time() if row.cut_off else None,
			days_off=frozenset(self.around.days_off.get(row.holiday_list, ())),
			lines_per_day=row.lines_per_day,
			taken=self.around.leaving.get(name, {}),
			transit_days=rate.transit_days if rate else self.around.transit_days,
			transfer_days=max((it.transfer_days for it in transfers), default=0),
		)

	def _rate(self, name: str) -> zones.Rate | None:
		zone = zones.zone_of(self.around.areas, self.place.country, self.place.state, self.place.postcode)
		courier, service = self.doc.get("swf_courier") or "", self.doc.get("swf_courier_service") or ""
		return zones.rate_for(self.around.rates, zone, name, courier, service) if zone else None

	def _candidate(self, row: CandidateRow) -> WarehouseFacts:
		warehouse, rate = self.known[row.warehouse], self._rate(row.warehouse)
		at = routing_store.place_at(warehouse.latitude, warehouse.longitude)
		latitude, longitude = at or self.around.place(self.rules.country, warehouse.postcode) or (None, None)
		leaving = self.around.leaving.get(row.warehouse, {})
		limit = warehouse.lines_per_day
		return WarehouseFacts(
			name=row.warehouse,
			rank=row.rank,
			latitude=latitude,
			longitude=longitude,
			per_order=row.per_order,
			per_line=row.per_line,
			per_km=row.per_km,
			freight=rate.freight if rate else 0.0,
			per_kg=rate.per_kg if rate else 0.0,
			transfer=row.transfer,
			lines_per_day=limit,
			load=sum(leaving.values()) / (limit or 1),
			is_full=bool(limit and leaving.get(self.now.date(), 0) >= limit),
			is_preferred=row.warehouse == self.place.preferred_warehouse,
			has_freight=bool(rate or row.per_km),
		)


def _around(doc, rules: Rules, place: PlaceRow, named: Iterable[str]) -> Around:
	without = [it for it in rules.warehouses.values() if not (it.latitude or it.longitude) and it.postcode]
	postcodes = [(rules.country, it.postcode) for it in without]
	if place.coordinates is None:
		postcodes.append((place.country, place.postcode))
	lists = {it.holiday_list for it in rules.warehouses.values()}
	courier = (doc.get("swf_courier") or "", doc.get("swf_courier_service") or "")
	return surroundings.around(rules.warehouses, named, lists, postcodes, courier, now_datetime().date())


def _order_scope(doc, place: PlaceRow, items: Mapping[str, SalesItem]) -> OrderScope:
	rate = flt(doc.conversion_rate) or 1.0
	return OrderScope(
		customer=doc.customer or "",
		customer_group=place.customer_group,
		territory=place.territory,
		country=place.country,
		state=place.state,
		postcode=place.postcode,
		order_type=doc.get("order_type") or "",
		value=sum(flt(row.qty) * flt(row.rate) for row in doc.items) * rate,
		weight_kg=sum(
			weight_of(row, items[row.item_code]) * flt(row.qty) for row in doc.items if row.item_code in items
		),
	)


def weight_of(row, item: SalesItem) -> float:
	"""Of one unit that is ordered."""
	factor = (
		flt(row.conversion_factor) or item.units.get(row.uom or item.sales_uom or item.stock_uom, (1.0,))[0]
	)
	return item.weight * factor


def _line_scope(row, items: Mapping[str, SalesItem]) -> LineScope:
	item = items[row.item_code]
	return LineScope(row.item_code, item.item_group, item.brand)
