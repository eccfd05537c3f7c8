"""What the sample company has in its warehouses, and what is on its way there."""

from datetime import date, timedelta
from math import ceil, fsum
from random import Random

from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import BATCH, SERIAL, Item, Purchase, StockRow

SCARCITY = (10, 17, 33, 40)
"""How many items in a hundred lie nowhere, for a week, for a quarter, for longer."""
SPREAD = (0, 2, 4, 6, 7, 7, 7)
"""In how many regional warehouses an item lies that is not scarce."""
DEPTH = 1
"""Large lines that a central warehouse has at least in stock of what is not scarce."""
SHORT_COMES = 0.42
"""How likely a delivery of the week brings an item that will not last the month."""


def stock_of(rng: Random, items, demand, largest, first_day: date) -> tuple[StockRow, ...]:
	"""Two central warehouses have the whole range, the others what is sold most; what is scarce lies where it
	comes in, and some items lie nowhere.
	"""
	central = [row for row in words.WAREHOUSES if row.name in words.CENTRAL_WAREHOUSES]
	regional = [row for row in words.WAREHOUSES if row.name not in words.CENTRAL_WAREHOUSES]
	rows: list[StockRow] = []
	for item in items:
		months = rng.choices((0, 0.2, 3.2, 8), weights=SCARCITY)[0]
		total = months * demand[item.code] * (0.7 + 0.6 * rng.random())
		places = [row for row in central if row.name == _home(item)]
		if months > 1:
			places = central + rng.sample(regional, rng.choice(SPREAD))
		shares = [(0.8 + 0.4 * rng.random()) * (3 if place in central else 1) for place in places]
		for place, share in zip(places, shares, strict=True):
			qty = total * share / fsum(shares)
			if months > 1:  # nobody keeps less of it than an order or two
				qty = max(qty, largest[item.code] * (DEPTH if place in central else 1))
			qty = float(ceil(qty)) if item.is_whole_number else round(qty, 1)
			if qty > 0:
				rows.extend(_lots(rng, item, place.name, qty, first_day))
	return tuple(rows)


def _home(item: Item) -> str:
	"""The central warehouse at which the item comes in."""
	return words.CENTRAL_WAREHOUSES[item.group in words.BY_SEA]


def _lots(rng: Random, item: Item, warehouse: str, qty: float, first_day: date) -> list[StockRow]:
	place = "".join(word[0] for word in warehouse.split()) + warehouse[-1].upper()
	if item.tracking == SERIAL:
		pieces = min(int(qty), 14)
		return [
			StockRow(item.code, warehouse, 1.0, serial_no=f"{item.code}-{place}-{piece:03d}")
			for piece in range(1, pieces + 1)
		]
	if item.tracking != BATCH:
		return [StockRow(item.code, warehouse, qty)]
	count = min(rng.choice((1, 2, 3)), int(qty))
	sizes = [qty // count] * count
	sizes[0] += qty - fsum(sizes)
	return [
		StockRow(
			item.code,
			warehouse,
			size,
			batch=f"{item.code}-{place}{number}",
			expires=first_day + timedelta(days=rng.randrange(60, 540)),
		)
		for number, size in enumerate(sizes, start=1)
	]


def purchases_of(seed: int, items, demand, stock, first_day: date, last_day: date) -> tuple[Purchase, ...]:
	"""Weekly deliveries: of what runs short to where it comes in, of the rest to where it lies."""
	on_hand: dict[str, float] = dict.fromkeys(demand, 0.0)
	kept: dict[str, set[str]] = {}
	for row in stock:
		on_hand[row.item] += row.qty
		kept.setdefault(row.warehouse, set()).add(row.item)
	purchases: list[Purchase] = []
	for week in range((last_day - first_day).days // 7 + 2):
		for number, place in enumerate(words.WAREHOUSES, start=1):
			rng = Random(f"{seed}:purchases:{week}:{place.name}")
			expected = first_day + timedelta(days=7 * week + rng.randrange(5))
			for item in items:
				is_short = on_hand[item.code] < 1.2 * demand[item.code]
				is_wanted = place.name == _home(item) if is_short else item.code in kept[place.name]
				if is_wanted and rng.random() < (SHORT_COMES if is_short else 0.04):
					qty = demand[item.code] * (0.06 + 0.16 * rng.random()) * (4 if is_short else 1)
					qty = min(qty, 4) if item.tracking == SERIAL else qty
					name = f"PO-{week + 1:02d}{number:02d}"
					purchases.append(
						Purchase(name, item.code, place.name, float(max(ceil(qty), 1)), expected)
					)
	return tuple(sorted(purchases, key=lambda row: (row.expected, row.name, row.item)))
