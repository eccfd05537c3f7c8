"""What the sample company has in its warehouses, and what is on its way there."""

from datetime import date, timedelta
from math import ceil, fsum
from random import Random

from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import BATCH, SERIAL, Item, Purchase, StockRow


def stock_of(rng: Random, items, demand, first_day: date) -> tuple[StockRow, ...]:
	"""Two central warehouses have the whole range, the others a part of it; what is scarce lies in the first
	of them alone, and some items lie nowhere.
	"""
	central = [row for row in words.WAREHOUSES if row.name in words.CENTRAL_WAREHOUSES]
	regional = [row for row in words.WAREHOUSES if row.name not in words.CENTRAL_WAREHOUSES]
	rows: list[StockRow] = []
	for item in items:
		months = rng.choices((0, 0.2, 3.2, 8), weights=(8, 30, 22, 40))[0]
		total = months * demand[item.code] * (0.7 + 0.6 * rng.random())
		places = central[:1]
		if months > 1:
			places = central + rng.sample(regional, rng.choice((0, 1, 3, 4, 5, 6, 7)))
		shares = [(0.8 + 0.4 * rng.random()) * (3 if place in central else 1) for place in places]
		for place, share in zip(places, shares, strict=True):
			qty = total * share / fsum(shares)
			qty = float(ceil(qty)) if item.is_whole_number else round(qty, 1)
			if qty > 0:
				rows.extend(_lots(rng, item, place.name, qty, first_day))
	return tuple(rows)


def _lots(rng: Random, item: Item, warehouse: str, qty: float, first_day: date) -> list[StockRow]:
	place = "".join(word[0] for word in warehouse.split()) + warehouse[-1].upper()
	if item.tracking == SERIAL:
		pieces = min(int(qty), 6)
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
	"""Weekly deliveries, nearly always of goods that will not last the month, to where they lie already."""
	on_hand: dict[str, float] = dict.fromkeys(demand, 0.0)
	home: dict[str, str] = {}
	for row in stock:
		on_hand[row.item] += row.qty
		home.setdefault(row.item, row.warehouse)
	purchases: list[Purchase] = []
	for week in range((last_day - first_day).days // 7 + 2):
		rng = Random(f"{seed}:purchases:{week}")
		for number in range(1, len(words.WAREHOUSES) + 1):
			expected = first_day + timedelta(days=7 * week + rng.randrange(5))
			for item in items:
				is_short = on_hand[item.code] < 1.2 * demand[item.code]
				if rng.random() < (0.22 if is_short else 0.01):
					qty = demand[item.code] * (0.06 + 0.16 * rng.random())
					qty = min(qty, 4) if item.tracking == SERIAL else qty
					purchases.append(
						Purchase(
							f"PO-{week + 1:02d}{number:02d}",
							item.code,
							home.get(item.code, words.CENTRAL_WAREHOUSES[0]),
							float(max(ceil(qty), 1)),
							expected,
						)
					)
	return tuple(sorted(purchases, key=lambda row: (row.expected, row.name, row.item)))
