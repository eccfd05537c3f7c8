"""The sample company has the shape that its description promises, and is the same everywhere."""

import re
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from sales_wh_flow.routing.rules import distance_km
from sales_wh_flow_demo import sample
from sales_wh_flow_demo.dataset import BATCH, SERIAL, group_lineage


@pytest.fixture(scope="module")
def data():
	return sample.generate()


def test_has_nine_warehouses_with_coordinates_in_several_countries(data):
	assert len(data.warehouses) == 9
	assert all(35 < row.latitude < 62 and -10 < row.longitude < 25 for row in data.warehouses)
	assert len({row.country for row in data.warehouses}) >= 6
	pairs = [(a, b) for a in data.warehouses for b in data.warehouses if a.name < b.name]
	assert min(distance_km((a.latitude, a.longitude), (b.latitude, b.longitude)) for a, b in pairs) > 200


def test_has_three_hundred_items_with_batches_serials_and_two_units(data):
	assert len(data.items) == len({item.code for item in data.items}) == 300
	tracking = Counter(item.tracking for item in data.items)
	assert (tracking[BATCH], tracking[SERIAL]) == (20, 10)
	assert sum(bool(item.order_uom) for item in data.items) > 80
	assert {"Nos", "Kg", "Meter", "Pair"} == {item.uom for item in data.items}
	assert all(item.is_whole_number == (item.uom in ("Nos", "Pair")) for item in data.items)


def test_stock_is_uneven_and_some_items_lie_nowhere(data):
	places = Counter(item for item, _place in {(row.item, row.warehouse) for row in data.stock})
	assert 3 <= 300 - len(places) <= 45
	assert {1, 9} <= set(places.values())
	assert all(row.expires for row in data.stock if row.batch)
	assert all(row.qty == 1 for row in data.stock if row.serial_no)


def test_has_three_hundred_customers_in_a_tree_of_groups_some_without_a_limit(data):
	assert len(data.customers) == len({row.name for row in data.customers}) == 300
	assert {len(group_lineage(data.customer_groups, row.group)) for row in data.customers} == {2}
	without = sum(not row.credit_limit for row in data.customers)
	assert 15 < without < 120
	assert all(row.latitude and row.longitude for row in data.customers)


def test_every_address_has_a_postcode_as_its_country_writes_it(data):
	shapes = {
		"Germany": r"\d{5}",
		"Netherlands": r"\d{4} [A-Z]{2}",
		"Belgium": r"\d{4}",
		"France": r"\d{5}",
		"Italy": r"\d{5}",
		"Spain": r"\d{5}",
		"Poland": r"\d{2}-\d{3}",
		"United Kingdom": r"[A-Z]{1,2}\d{1,2} \d[A-Z]{2}",
		"Sweden": r"\d{3} \d{2}",
		"Denmark": r"\d{4}",
		"Switzerland": r"\d{4}",
	}
	wrong = [row for row in data.customers if not re.fullmatch(shapes[row.country], row.postcode)]
	assert wrong == []


def test_every_item_weighs_something_and_every_address_lies_in_a_zone_with_rates_from_everywhere(data):
	assert all(item.weight_kg > 0 for item in data.items)
	rates = {(row.zone, row.warehouse, row.courier, row.service) for row in data.freight}
	assert len(rates) == len(data.freight)
	for zone in {row.zone for row in data.customers}:
		assert all((zone, place.name, "", "") in rates for place in data.warehouses), zone


def test_a_parcel_is_dearer_from_afar_and_express_than_from_next_door(data):
	rate = {(row.zone, row.warehouse, row.courier, row.service): row for row in data.freight}
	next_door, afar = rate["France", "Lyon East", "", ""], rate["France", "Gdansk Baltic", "", ""]
	express = rate["France", "Lyon East", "Nordpost Parcel", "Express"]
	assert 3 < next_door.per_parcel < express.per_parcel < afar.per_parcel < 30
	assert next_door.per_kg < afar.per_kg and next_door.transit_days < afar.transit_days


def test_a_german_company_adds_vat_at_home_and_says_why_it_adds_none_abroad(data):
	taxes = {row.country: row for row in data.taxes}
	assert set(taxes) == {row.country for row in data.customers}
	assert [country for country, tax in taxes.items() if tax.rate_pct] == ["Germany"]
	assert "reverse charge" in taxes["France"].name and "Export" in taxes["Switzerland"].name


def test_goods_come_in_at_every_warehouse_and_mostly_at_the_two_central_ones(data):
	rows = Counter(row.warehouse for row in data.purchases)
	assert set(rows) == {row.name for row in data.warehouses}
	assert max(rows.values()) < 0.5 * rows.total()
	assert {name for name, _count in rows.most_common(2)} == {"Leipzig Central", "Rotterdam Quay"}


def test_some_customers_owe_money_and_a_few_more_than_they_may(data):
	owed = Counter()
	for invoice in data.invoices:
		assert invoice.amount > 0 and invoice.date < sample.FIRST_DAY
		owed[invoice.customer] += invoice.amount
	limits = {row.name: row.credit_limit for row in data.customers}
	assert len(owed) > 80
	assert 0 < sum(0 < limits[name] < amount for name, amount in owed.items()) < 15


def test_has_a_month_of_orders_with_skewed_demand(data):
	assert len(data.orders) == 240
	assert {order.date.weekday() for order in data.orders} == {0, 1, 2, 3, 4}
	assert (data.orders[-1].date - data.orders[0].date).days in range(27, 32)
	lines = Counter(line.item for order in data.orders for line in order.lines)
	top = sum(count for _item, count in lines.most_common(30))
	assert top > 0.33 * sum(lines.values())


def test_orders_have_discounts_instructions_and_foreign_currency(data):
	discounts = [1 - line.price / line.list_price for order in data.orders for line in order.lines]
	assert 0.03 < sum(share > 0.15 for share in discounts) / len(discounts) < 0.15
	assert max(discounts) > 0.3
	assert sum(bool(order.instructions) for order in data.orders) > 30
	assert len({order.currency for order in data.orders}) == 4
	assert all((order.exchange_rate == 1) == (order.currency == "EUR") for order in data.orders)


def test_every_line_can_be_ordered_in_its_unit(data):
	items = {item.code: item for item in data.items}
	for order in data.orders:
		for line in order.lines:
			item = items[line.item]
			assert item.factor(line.uom) >= 1 and line.qty > 0
			assert not item.is_whole_number or line.qty == int(line.qty)


def test_every_courier_offers_what_the_orders_ask_for(data):
	offered = {(row.name, service.name) for row in data.couriers for service in row.services}
	assert len(data.couriers) == 3
	assert {(order.courier, order.service) for order in data.orders} <= offered
	assert all("{0}" in row.tracking_url for row in data.couriers)


def test_every_approver_role_is_held_by_somebody_who_is_not_the_only_author(data):
	for rule in data.approval_rules:
		holders = [person.name for person in data.people if rule.approver_role in person.roles]
		authors = {order.author for order in data.orders}
		assert holders and (len(holders) > 1 or holders[0] not in authors)


def test_more_orders_leave_the_first_ones_unchanged():
	few, many = sample.generate(orders=10), sample.generate(orders=300)
	assert many.orders[:10] == few.orders
	assert (many.items, many.stock, many.customers) == (few.items, few.stock, few.customers)


def test_a_company_can_start_on_any_day_and_never_on_a_weekend():
	data = sample.generate(orders=30, first_day=date(2027, 5, 8))
	assert data.orders[0].date == date(2027, 5, 10)
	assert [order.lines for order in data.orders] == [o.lines for o in sample.generate(orders=30).orders]


def test_the_default_company_is_the_same_on_every_machine(data):
	"""A changed digest means that every printed example of the sample company changes too."""
	digest = sha256(repr(data).encode()).hexdigest()[:16]
	assert digest == sha256(repr(sample.generate()).encode()).hexdigest()[:16] == DIGEST


DIGEST = "82a52a28864f3a8c"
