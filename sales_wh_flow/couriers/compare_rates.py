"""What each courier asks for the same parcels, and when they would be there; the cheapest that keeps the
promise is proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import frappe
from frappe.utils import get_timedelta, now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import accounts, sayings
from sales_wh_flow.couriers.answers import OfferedRate, OfferedRates
from sales_wh_flow.couriers.port import Quote, RateAsk
from sales_wh_flow.couriers.rules import freight
from sales_wh_flow.couriers.rules.freight import CourierOffer, ParcelSize
from sales_wh_flow.couriers.store import addressed
from sales_wh_flow.couriers.store.addressed import SentBox, ToSend
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing.held import check_unlabelled
from sales_wh_flow.packing.rules import states as box_states
from sales_wh_flow.packing.store import boxes as box_store
from sales_wh_flow.packing.store.notes import has_left_by_note
from sales_wh_flow.routing.rules import promise, zones
from sales_wh_flow.routing.rules.promise import ShippingCalendar
from sales_wh_flow.routing.store import rules as routing_store
from sales_wh_flow.routing.store import surroundings
from sales_wh_flow.routing.store.surroundings import Around


@dataclass(frozen=True, slots=True)
class Consignment:
	"""Parcels of one company for one address, and the day they are promised for."""

	company: str
	sent: tuple[ToSend, ...]
	place: tuple[str, str, str]
	promised_on: date | None
	has_cod: bool = False
	has_dangerous: bool = False


def of_order_rates(order) -> Consignment:
	"""A parcel a warehouse, as the order is routed; where it goes as routing finds it."""
	place = routing_store.place_of(order)
	sent = tuple(addressed.parcels_of_order(order.name))
	promised_on = addressed.promised_of_order(order.name)
	where = (place.country, place.state, place.postcode)
	has_dangerous = addressed.order_is_dangerous(order.name)
	return Consignment(order.company, sent, where, promised_on, bool(order.get("swf_cod")), has_dangerous)


def of_box_rates(names: Sequence[str]) -> Consignment:
	"""Boxes of one address. Raises: ValidationError naming two that go elsewhere."""
	boxes = addressed.boxes_to_send(names)
	if not boxes:
		refuse(RuleViolation("no_boxes"))
	first = boxes[0]
	for box in boxes:
		if (box.company, box.ship_to) != (first.company, first.ship_to):
			refuse(RuleViolation("boxes_of_several", first=first.name, other=box.name))
	days = [box.promised for box in boxes if box.promised]
	place = addressed.place_of_address(first.ship_to)
	return Consignment(
		first.company,
		tuple(map(_as_sent, boxes)),
		place,
		min(days, default=None),
		any(box.cod_amount for box in boxes),
		any(box.is_dangerous for box in boxes),
	)


def compare(ask: Consignment) -> tuple[CourierOffer, ...]:
	"""Every service of every enabled courier, the proposed one first."""
	names = frappe.get_all("Courier", {"enabled": 1}, pluck="name", order_by="name")
	if not ask.sent:
		return ()
	around, now = _around(ask), now_datetime()
	offers = [offer for courier in names for offer in _offers(courier, ask, around, now)]
	return freight.judged(offers, ask.promised_on)


def shown_rates(ask: Consignment, offers: Sequence[CourierOffer]) -> OfferedRates:
	"""As the dialog takes it."""
	return {
		"currency": frappe.get_cached_value("Company", ask.company, "default_currency"),
		"promised_on": ask.promised_on,
		"parcels": [{"key": it.key, "warehouse": it.warehouse, "kg": it.kg} for it in ask.sent],
		"offers": [_shown(offer) for offer in offers],
	}


def _shown(offer: CourierOffer) -> OfferedRate:
	return {
		"courier": offer.courier,
		"service": offer.service,
		"freight": offer.freight,
		"ships": offer.ships,
		"arrives": offer.arrives,
		"why": offer.why,
		"keeps_promise": offer.keeps_promise,
		"is_proposed": offer.is_proposed,
	}


def take_for_order(order, courier: str, service: str) -> None:
	"""Write a courier that was offered on the order."""
	_offered(of_order_rates(order), courier, service)
	order.update({"swf_courier": courier, "swf_courier_service": service or None})
	order.save()


def take_for_boxes(names: Sequence[str], courier: str, service: str) -> None:
	"""Write courier, freight and day of arrival on boxes; a number of another courier goes."""
	held = box_store.hold_boxes(names)
	ask = of_box_rates(list(held))
	offer = _offered(ask, courier, service)
	around, note = _around(ask), said.keep(sayings.courier_chosen, courier=courier, service=service)
	for parcel in ask.sent:
		row = held[parcel.key]
		if row.state not in box_states.IN_THE_HOUSE:
			refuse(RuleViolation("box_is_gone", box=row.name, state=row.state))
		if row.courier not in (None, courier) and has_left_by_note(row.name):
			left = {"state": row.state, "courier": row.courier}
			refuse(RuleViolation("box_left_with", box=row.name, **left))
		if row.handover and row.courier != courier:
			at = {"handover": row.handover, "courier": row.courier}
			refuse(RuleViolation("courier_in_hand_over", box=row.name, **at))
		check_unlabelled(row)
		alone = [it for it in _quotes(courier, ask, [parcel], around) if it.service == service]
		fields: dict[str, object] = (
			{} if row.courier == courier else {"tracking_no": None, "tracking_url": None}
		)
		fields |= {"courier": courier, "courier_service": service or None, "expected_on": offer.arrives}
		change.change_state([row], row.state, note=note, freight=alone[0].freight or 0, **fields)


def _offered(ask: Consignment, courier: str, service: str) -> CourierOffer:
	"""Raises: ValidationError for a courier that is off, or a service it does not offer here."""
	if not frappe.db.get_value("Courier", courier, "enabled"):
		refuse(RuleViolation("courier_is_off", courier=courier))
	for offer in _offers(courier, ask, _around(ask), now_datetime()):
		if offer.service == service:
			if offer.why in freight.NOT_CARRIED:
				refuse(not_carried(offer.why, courier))
			return offer
	return refuse(RuleViolation("service_not_offered", courier=courier, service=service or "-"))


def not_carried(why: str, courier: str) -> RuleViolation:
	"""Why a courier does not take parcels at all."""
	if why == freight.NO_DANGEROUS:
		return RuleViolation("no_dangerous_goods", courier=courier)
	return RuleViolation("no_cod", courier=courier)


def _offers(courier: str, ask: Consignment, around: Around, now: datetime) -> list[CourierOffer]:
	doc, found = frappe.get_cached_doc("Courier", courier), []
	cut_off = doc.get("cut_off")
	against = freight.why_not_carried(
		has_cod=ask.has_cod,
		has_dangerous=ask.has_dangerous,
		takes_cod=bool(doc.takes_cod),
		takes_dangerous=bool(doc.takes_dangerous),
	)
	for quote in _quotes(courier, ask, ask.sent, around):
		days = [_days(parcel, quote, around, cut_off, now) for parcel in ask.sent]
		ships = [ship for ship, _arrive in days]
		arrive = [day for _ship, day in days]
		found.append(
			CourierOffer(
				courier,
				quote.service,
				None if against else quote.freight,
				None if None in ships else max(ships),
				None if None in arrive else max(arrive),
				against or quote.why,
			)
		)
	return found


def _quotes(courier: str, ask: Consignment, sent: Sequence[ToSend], around: Around) -> tuple[Quote, ...]:
	sizes = tuple(ParcelSize(it.warehouse, it.kg, it.volume_cm3) for it in sent)
	zone = zones.zone_of(around.areas, *ask.place)
	return accounts.port_of(courier).rate(RateAsk(sizes, zone, around.rates))


def _days(
	parcel: ToSend, quote: Quote, around: Around, cut_off, now: datetime
) -> tuple[date | None, date | None]:
	"""When a parcel leaves and arrives; None where nobody knows."""
	calendar = _calendar(parcel.warehouse, quote, around, cut_off)
	ships = promise.ships_on(calendar, max(parcel.ready or now.date(), now.date()), now)
	if ships is None or parcel.warehouse not in quote.transit_days:
		return ships, None
	return ships, promise.working_days_after(ships, calendar.transit_days, calendar.days_off)


def _calendar(warehouse: str, quote: Quote, around: Around, cut_off) -> ShippingCalendar:
	row = around.warehouses.get(warehouse)
	own = get_timedelta(f"{cut_off}:00") if cut_off else None
	ends = [it for it in (own, row and row.cut_off) if it is not None]
	return ShippingCalendar(
		cut_off=_clock(min(ends)) if ends else None,
		days_off=frozenset(around.days_off.get(row.holiday_list, ())) if row else frozenset(),
		transit_days=quote.transit_days.get(warehouse, 0),
	)


def _clock(since_midnight) -> time:
	return (datetime.min + since_midnight).time()


def _around(ask: Consignment) -> Around:
	places = sorted({parcel.warehouse for parcel in ask.sent})
	lists = addressed.holiday_lists(places)
	return surroundings.around((), places, lists, (), ("", ""), now_datetime().date())


def _as_sent(box: SentBox) -> ToSend:
	return ToSend(box.name, box.warehouse, box.kg, box.volume_cm3)
