"""The sample company, made by a seeded generator: the same seed gives the same company everywhere.

Each part draws from its own stream, named by seed and part: asking for more orders changes nothing else.
"""

import csv
from datetime import date, timedelta
from math import ceil, fsum
from pathlib import Path
from random import Random

from sales_wh_flow.routing.rules import FEWEST
from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import (
	Company,
	Customer,
	DataSet,
	FreightRate,
	Invoice,
	Item,
	Order,
	OrderLine,
	RoutingRule,
	Tax,
	group_lineage,
)
from sales_wh_flow_demo.sample_stock import purchases_of, stock_of

SEED = 266
"""With this one the first two days show everything that can happen to an order."""
ORDERS = 240
"""About a month: 22 working days of about eleven orders."""
ORDERS_A_DAY = 11
CUSTOMERS = 300
FIRST_DAY = date(2026, 3, 2)
"""A Monday. A site is given its own day, so that nothing it loads lies in the past."""

COMPANY = Company("Tarnholm Supply", "TARN", "EUR", "Germany")

_LINES_A_MONTH = 800
_KG_A_LITRE = 0.8
_USUAL_QTY = ((0.2, (100, 900)), (1, (40, 500)), (10, (8, 110)), (50, (4, 40)), (150, (1, 14)))
"""Fewest and most units of a line, for goods below a price."""


def generate(seed: int = SEED, orders: int = ORDERS, first_day: date = FIRST_DAY) -> DataSet:
	"""The whole company with its first ``orders`` orders from ``first_day`` on; a weekend moves to Monday."""
	while first_day.weekday() > 4:
		first_day += timedelta(days=1)
	items = _items(Random(f"{seed}:items"))
	popularity = _popularity(Random(f"{seed}:popularity"), items)
	demand = {
		item.code: _LINES_A_MONTH * share * _usual_qty(item.price)[1] * 0.6
		for item, share in zip(items, popularity, strict=True)
	}
	customers = _customers(Random(f"{seed}:customers"))
	wanted = _wanted(items, popularity)
	largest = {item.code: _usual_qty(item.price)[1] for item in items}
	stock = stock_of(Random(f"{seed}:stock"), items, demand, largest, first_day)
	days = _working_days(first_day, orders)
	return DataSet(
		company=COMPANY,
		warehouses=words.WAREHOUSES,
		items=items,
		stock=stock,
		customers=customers,
		customer_groups=words.CUSTOMER_GROUPS,
		invoices=_invoices(Random(f"{seed}:invoices"), customers, first_day),
		couriers=words.COURIERS,
		people=words.PEOPLE,
		purchases=purchases_of(seed, items, demand, stock, first_day, days[-1] if days else first_day),
		approval_rules=words.APPROVAL_RULES,
		routing_rules=_routing_rules(),
		freight=_freight(),
		taxes=_taxes(),
		orders=tuple(
			_order(Random(f"{seed}:order:{number}"), number, day, customers, items, wanted)
			for number, day in enumerate(days, start=1)
		),
	)


def _rows(name: str) -> list[dict[str, str]]:
	with (Path(__file__).parent / "words" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file))


def _items(rng: Random) -> tuple[Item, ...]:
	items: list[Item] = []
	for row in _rows("goods"):
		sizes, makes = row["sizes"].split("; "), row["makes"].split("; ")
		low, high = float(row["lowest_price"]), float(row["highest_price"])
		light, heavy = float(row["lightest"]), float(row["heaviest"])
		for step, size in enumerate(sizes):
			for make in makes:
				price = low + (high - low) * (step + rng.random()) / len(sizes)
				price = max(round(price, 2), 0.02)
				weight_kg = round(light + (heavy - light) * (step + 0.5) / len(sizes), 4)
				items.append(
					Item(
						code=f"{row['code']}-{len(items) + 1:03d}",
						name=row["name"].format(size, make),
						group=row["item_group"],
						uom=row["uom"],
						is_whole_number=row["uom"] in words.WHOLE_UNITS,
						price=price,
						cost=round(price * (0.55 + 0.15 * rng.random()), 4),
						order_uom="Box" if row["box"] else "",
						order_uom_factor=float(row["box"] or 1),
						tracking=row["tracking"],
						weight_kg=weight_kg,
						**_sides(weight_kg),
					)
				)
	return tuple(items)


def _sides(weight_kg: float) -> dict[str, float]:
	"""The room that goods of this weight take: half as long again as wide, half as wide again as high."""
	height = (weight_kg / _KG_A_LITRE * 1000 / 3.375) ** (1 / 3)
	return {
		"length_cm": round(height * 2.25, 2),
		"width_cm": round(height * 1.5, 2),
		"height_cm": round(height, 2),
	}


def _popularity(rng: Random, items: tuple[Item, ...]) -> list[float]:
	"""The share of all order lines that asks for each item: few are asked for often (a soft Zipf's law)."""
	weights = [1 / (place + 6) ** 0.95 for place in range(len(items))]
	rng.shuffle(weights)
	total = fsum(weights)
	return [weight / total for weight in weights]


def _wanted(items: tuple[Item, ...], popularity: list[float]) -> dict[str, list[float]]:
	"""customer group -> how likely its customers ask for each item."""
	return {
		group: [
			share * (words.MOSTLY if item.group in mostly else 1)
			for item, share in zip(items, popularity, strict=True)
		]
		for group, mostly in words.ASSORTMENTS.items()
	}


def _usual_qty(price: float) -> tuple[int, int]:
	for limit, quantities in _USUAL_QTY:
		if price < limit:
			return quantities
	return (1, 5)


def _customers(rng: Random) -> tuple[Customer, ...]:
	places = _rows("places")
	names = {row["country"]: row for row in _rows("names")}
	groups = list(words.GROUP_SHARES)
	shares = [share for share, _limits in words.GROUP_SHARES.values()]
	customers: dict[str, Customer] = {}
	while len(customers) < CUSTOMERS:
		place = rng.choice(places)
		words_here = names[place["country"]]
		family = rng.choice(words_here["family_names"].split("; "))
		trade = rng.choice(words_here["trades"].split("; "))
		name = f"{family} {trade} {words_here['legal_form']}"
		if name in customers:
			name = f"{family} {trade} {place['city']} {words_here['legal_form']}"
		if name in customers:
			continue
		group = rng.choices(groups, weights=shares)[0]
		customers[name] = Customer(
			name=name,
			group=group,
			credit_limit=float(rng.choice(words.GROUP_SHARES[group][1])),
			currency=words.CURRENCIES.get(place["country"], (COMPANY.currency, 1.0))[0],
			street=f"{rng.choice(words.STREETS)} {rng.randrange(1, 140)}",
			postcode=_postcode(Random(f"{name}:postcode"), place["postcode"]),
			city=place["city"],
			country=place["country"],
			latitude=round(float(place["latitude"]) + (rng.random() - 0.5) * 0.4, 4),
			longitude=round(float(place["longitude"]) + (rng.random() - 0.5) * 0.6, 4),
			zone=words_here["zone"],
		)
	return tuple(customers.values())


def _postcode(rng: Random, pattern: str) -> str:
	"""One of the place's postcodes, a digit for each # of the pattern; no district is 0."""
	return "".join(str(rng.randrange(1, 10)) if letter == "#" else letter for letter in pattern)


def _invoices(rng: Random, customers: tuple[Customer, ...], first_day: date) -> tuple[Invoice, ...]:
	"""Every third customer owes something; a few nearly fill their limit, fewer are above it."""
	invoices: list[Invoice] = []
	for customer in customers:
		if rng.random() > 0.36:
			continue
		share = rng.choices((0.15, 0.4, 0.75, 0.95, 1.1), weights=(35, 30, 18, 12, 5))[0]
		owed = (customer.credit_limit or rng.choice((800, 2500, 6000))) * share * (0.9 + 0.1 * rng.random())
		parts = 2 if owed > 4000 and rng.random() < 0.4 else 1
		for _part in range(parts):
			number = f"INV-{len(invoices) + 1:04d}"
			day = first_day - timedelta(days=rng.randrange(3, 75))
			invoices.append(Invoice(number, customer.name, day, round(owed / parts, 2)))
	return tuple(invoices)


def _routing_rules() -> tuple[RoutingRule, ...]:
	nearest = tuple((warehouse.name, 1) for warehouse in words.WAREHOUSES)
	central = tuple(
		(warehouse.name, 1 if warehouse.name in words.CENTRAL_WAREHOUSES else 2)
		for warehouse in words.WAREHOUSES
	)
	few = {"strategy": FEWEST, "max_warehouses": 2, "min_part_pct": 10.0, "min_parcel": words.MIN_PARCEL}
	return (
		RoutingRule("Few parcels", nearest, max_splits=2, **few),
		RoutingRule("Key accounts from the centre", central, "Key Accounts", 2, 10, **few),
	)


def _freight() -> tuple[FreightRate, ...]:
	"""Three rates a zone and warehouse: parcels, express parcels and pallets, dearer the farther they go."""
	return tuple(
		FreightRate(
			row["zone"],
			row["warehouse"],
			row["courier"],
			row["service"],
			float(row["per_parcel"]),
			float(row["per_kg"]),
			int(row["transit_days"]),
		)
		for row in _rows("freight")
	)


def _taxes() -> tuple[Tax, ...]:
	"""As a German company sells to businesses: with VAT at home, without abroad."""
	return tuple(Tax(row["country"], row["tax"], float(row["tax_rate"])) for row in _rows("names"))


def _working_days(first_day: date, orders: int) -> list[date]:
	"""The day of each order: eleven a day, five days a week."""
	days: list[date] = []
	day = first_day
	while len(days) < orders:
		if day.weekday() < 5:
			days += [day] * ORDERS_A_DAY
		day += timedelta(days=1)
	return days[:orders]


def _order(rng: Random, number: int, day: date, customers, items, wanted) -> Order:
	customer = rng.choice(customers)
	is_key = "Key Accounts" in group_lineage(words.CUSTOMER_GROUPS, customer.group)
	rate = words.CURRENCIES.get(customer.country, (COMPANY.currency, 1.0))[1]
	count = rng.choices((1, 2, 3, 4, 5, 6, 8), weights=(14, 22, 22, 17, 12, 8, 5))[0]
	chosen = dict.fromkeys(rng.choices(range(len(items)), weights=wanted[customer.group], k=count))
	lines = tuple(_line(rng, items[index], rate, is_key) for index in chosen)
	value = fsum(line.qty * line.price for line in lines) * rate
	if value > 2500:
		courier = words.COURIERS[1]
	else:
		courier = words.COURIERS[2] if rng.random() < 0.12 else words.COURIERS[0]
	authors, shares = zip(*words.AUTHORS, strict=True)
	return Order(
		name=f"SO-{number:04d}",
		customer=customer.name,
		date=day,
		due=day + timedelta(days=rng.choice((3, 4, 5, 7, 7, 10, 14))),
		author=rng.choices(authors, weights=shares)[0],
		currency=customer.currency,
		exchange_rate=rate,
		courier=courier.name,
		service=rng.choices([service.name for service in courier.services], weights=(75, 25))[0],
		instructions=rng.choice(words.INSTRUCTIONS) if rng.random() < 0.22 else "",
		lines=lines,
	)


def _line(rng: Random, item: Item, rate: float, is_key: bool) -> OrderLine:
	low, high = _usual_qty(item.price)
	qty = low + (high - low) * rng.random() ** 2.2 * (2.5 if is_key else 1)
	uom, factor = item.uom, 1.0
	if item.order_uom and rng.random() < 0.4:
		uom, factor = item.order_uom, item.order_uom_factor
		qty = float(ceil(qty / factor))
	qty = float(ceil(qty)) if item.is_whole_number else round(qty, 1)
	list_price = max(round(item.price * factor / rate, 2), 0.01)
	discount = 0.0
	if list_price >= 1:  # below that, rounding to a cent would itself be a deep discount
		bands = ((0, 0), (5, 10), (10, 15), (16, 24), (26, 42))
		low, high = rng.choices(bands, weights=(52, 26, 17, 4, 1.5) if not is_key else (20, 30, 30, 15, 5))[0]
		discount = low + (high - low) * rng.random()
	cents = ceil(list_price * (100 - round(discount)) - 1e-6)  # up, so that it is no deeper than agreed
	return OrderLine(item.code, qty, uom, cents / 100, list_price)
