"""Freight by weight bands and zones, against figures made by hand."""

from datetime import date

import pytest

from sales_wh_flow.couriers.rules import freight
from sales_wh_flow.couriers.rules.freight import CourierOffer, ParcelSize
from sales_wh_flow.routing.rules.zones import Rate, bands_overlap

NORTH = "North"
RATES = (
	Rate(NORTH, courier="Swift", up_to_kg=5, freight=4.9),
	Rate(NORTH, courier="Swift", above_kg=5, up_to_kg=20, freight=4.9, per_kg=0.5),
	Rate(NORTH, courier="Swift", service="Express", up_to_kg=20, freight=12),
	Rate(NORTH, warehouse="Hall 2", courier="Swift", freight=3),
	Rate(NORTH, freight=9, per_kg=1),
	Rate("South", freight=1),
)


@pytest.mark.parametrize(
	("kg", "price"),
	[(0, 4.9), (0.1, 4.9), (5, 4.9), (5.001, 4.9 + 2.5005), (12, 10.9), (20, 14.9)],
)
def test_a_parcel_costs_what_its_band_says(kg, price):
	rate = freight.band_for(RATES, NORTH, "Hall 1", "Swift", "", kg)
	assert freight.freight_of(rate, kg) == pytest.approx(price)


def test_what_is_too_heavy_for_a_couriers_own_bands_is_not_priced_by_the_rows_of_any_courier():
	assert freight.band_for(RATES, NORTH, "Hall 1", "Swift", "", 20.5) is None
	assert freight.band_for(RATES, NORTH, "Hall 1", "Slow", "", 20.5).freight == 9


def test_the_narrowest_row_counts():
	assert freight.band_for(RATES, NORTH, "Hall 2", "Swift", "", 30).freight == 3
	assert freight.band_for(RATES, NORTH, "Hall 1", "Swift", "Express", 1).freight == 12


@pytest.mark.parametrize(
	("amount", "parcels", "decimals", "each"),
	[
		(10, 3, 2, (3.33, 3.34, 3.33)),
		(0.05, 2, 2, (0.03, 0.02)),
		(10, 3, 3, (3.333, 3.334, 3.333)),
		(12, 2, 2, (6, 6)),
		(0, 2, 2, (0, 0)),
		(5, 0, 2, ()),
	],
)
def test_parcels_bear_their_freight_to_the_last_cent(amount, parcels, decimals, each):
	found = freight.shared(amount, parcels, decimals)
	assert sorted(found) == sorted(each)
	assert not parcels or sum(found) == pytest.approx(amount, abs=1e-12)


def test_an_address_in_no_zone_has_no_rate():
	assert freight.band_for(RATES, None, "Hall 1", "Swift", "", 1) is None


@pytest.mark.parametrize(("divisor", "kg"), [(0, 2), (5000, 4.8), (20000, 2)])
def test_a_bulky_parcel_pays_for_its_volume(divisor, kg):
	"""40 x 30 x 20 cm = 24,000 cm3; by 5,000 that is 4.8 kg, by 20,000 1.2 kg."""
	assert freight.chargeable_kg(ParcelSize("Hall 1", 2, 24000), divisor) == kg


@pytest.mark.parametrize(
	("one", "other", "do"),
	[((0, 5), (5, 20), False), ((0, 5), (4, 20), True), ((0, 0), (5, 20), True), ((20, 0), (5, 20), False)],
)
def test_bands_that_share_a_weight_are_found(one, other, do):
	assert bands_overlap(one, other) is do is bands_overlap(other, one)


MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)


def order_of(*offers, promised=TUESDAY):
	told = freight.judged(offers, promised)
	return [(offer.courier, offer.is_proposed, offer.why) for offer in told]


def test_the_cheapest_that_keeps_the_promise_is_proposed():
	offers = (
		CourierOffer("Cheap", "", 3, MONDAY, WEDNESDAY),
		CourierOffer("Fast", "", 20, MONDAY, MONDAY),
		CourierOffer("Fair", "", 8, MONDAY, TUESDAY),
	)
	assert order_of(*offers) == [("Fair", True, ""), ("Fast", False, ""), ("Cheap", False, "late")]


def test_where_nobody_keeps_it_the_first_to_arrive_is_proposed():
	offers = (CourierOffer("Cheap", "", 3, MONDAY, WEDNESDAY), CourierOffer("Fast", "", 20, MONDAY, TUESDAY))
	assert order_of(*offers, promised=MONDAY) == [("Fast", True, "late"), ("Cheap", False, "late")]


def test_without_a_promise_the_cheapest_is_proposed():
	offers = (CourierOffer("Cheap", "", 3, MONDAY, WEDNESDAY), CourierOffer("Fast", "", 20, MONDAY, TUESDAY))
	assert order_of(*offers, promised=None) == [("Cheap", True, ""), ("Fast", False, "")]


def test_an_offer_without_a_price_is_never_proposed():
	assert order_of(CourierOffer("Silent", "")) == [("Silent", False, "no rate")]
	offers = (
		CourierOffer("Silent", "", None, MONDAY, MONDAY),
		CourierOffer("Dear", "", 99, MONDAY, WEDNESDAY),
	)
	assert order_of(*offers)[0] == ("Dear", True, "late")


def test_a_sum_with_an_unknown_part_is_unknown():
	assert freight.total([1, 2]) == 3
	assert freight.total([1, None]) is None
	assert freight.total([]) is None
