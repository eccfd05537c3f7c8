"""Orders a second of the run in memory, for companies that differ in size alone: no site is needed.

PYTHONPATH=.:demo python3 benchmarks/memory_orders.py [--sizes 1000,4000,16000,64000] [--supply 0.4]
	[--write FOLDER]

Each size runs in a process of its own, on its CSV folder, from reading to the written page. With ``--write``
the largest company's folder is written and nothing is run.
"""

import argparse
import contextlib
import io
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from sales_wh_flow_demo import csv_layout, memory
from sales_wh_flow_demo import dataset as ds

if TYPE_CHECKING:
	from measure import Result

SIZES = (1000, 4000, 16000, 64000)
LINES = 3.5
"""Lines of an order on average, from one to six."""
A_DAY = 55
FEW, SHORT = 12, 0.4
"""Items of the company that is short of them for years, and the share of its sales that comes in."""
FIRST_DAY = date(2013, 1, 1)
FLAT = 0.2


def run(say: Callable[[str], None]) -> list["Result"]:
	"""``memory_orders_per_s`` of the largest company, ``_SIZE`` of each; ``memory_peak_mb`` and
	``memory_orders_spread``, by how much the rates of the sizes differ, also of companies that are short.
	"""
	from measure import Result  # which needs Frappe; the command line does not

	found = []
	for size in SIZES:
		say(f"{size} orders in memory")
		found.append(measure(size))
	rates = [row["memory_orders_per_s"] for row in found]
	name = "memory_orders_per_s"
	return [
		Result(name, rates[-1], 0.0, "orders/CPU s", 1),
		*(
			Result(f"{name}_{size}", rate, 0.0, "orders/CPU s", 1)
			for size, rate in zip(SIZES, rates, strict=True)
		),
		Result("memory_peak_mb", found[-1]["peak_mb"], 0.0, "MB", 1),
		Result("memory_orders_spread", spread(rates), 0.0, f"of {FLAT:g} allowed", 1),
		Result("memory_orders_spread_short", _spread_of_shortage(say), 0.0, f"of {FLAT:g} allowed", 1),
	]


def _spread_of_shortage(say: Callable[[str], None]) -> float:
	rates = []
	for size in SIZES:
		say(f"{size} orders in memory, most of them short")
		rates.append(measure(size, supply=SHORT)["memory_orders_per_s"])
	return spread(rates)


def spread(rates: list[float]) -> float:
	"""By what share the fastest is above the slowest."""
	return max(rates) / min(rates) - 1


def company(orders: int, seed: int = 7, lines: float = LINES, supply: float = 1.0) -> ds.DataSet:
	"""A wholesaler of 230 items and 4 warehouses whose 600 customers pay; goods come in as they are sold.

	``supply`` below 1: of its few items only this share comes in, a little each day, and the shortage lasts.
	"""
	is_short = supply < 1
	rng = Random(seed)
	places = [
		ds.Warehouse(f"W{n}", f"City {n}", "", 40.0 + 4 * n, 5.0 + 3 * n, per_order=5, per_km=0.02)
		for n in range(1, 5)
	]
	items = [
		ds.Item(f"I{n:03d}", f"Item {n}", price=5.0 + n % 40, weight_kg=0.5)
		for n in range(FEW if is_short else 230)
	]
	buyers = [
		ds.Customer(
			f"C{n:03d}",
			credit_limit=rng.choice((0, 20000, 40000)),
			currency="EUR",
			latitude=rng.uniform(40, 56),
			longitude=rng.uniform(5, 17),
		)
		for n in range(600)
	]
	written, payments, sold = [], [], {}
	for number in range(orders):
		day = FIRST_DAY + timedelta(days=number // A_DAY)
		buyer = rng.choice(buyers).name
		rows = tuple(
			_line(rng, item)
			for item in rng.sample(items, min(rng.randint(1, round(2 * lines - 1)), len(items)))
		)
		name = f"SO-{number:06d}"
		written.append(ds.Order(name, buyer, day, day + timedelta(days=3), "Desk", "EUR", lines=rows))
		amount = round(sum(row.qty * row.price for row in rows), 2)
		payments.append(ds.Payment(f"P-{number:06d}", buyer, day + timedelta(days=30), amount))
		week = day - timedelta(days=day.weekday())
		for row in rows:
			sold[week, row.item] = sold.get((week, row.item), 0) + row.qty
	return ds.DataSet(
		company=ds.Company("Benchmark Wholesale", "BW"),
		warehouses=tuple(places),
		items=tuple(items),
		stock=tuple(ds.StockRow(item.code, place.name, 60.0) for item in items for place in places),
		customers=tuple(buyers),
		orders=tuple(written),
		payments=tuple(payments),
		purchases=tuple(
			ds.Purchase(
				f"PO-{week}-{nth}", item, place.name, _arriving(qty, supply), week + timedelta(days=nth)
			)
			for (week, item), qty in sold.items()
			for place in places
			for nth in (range(1, 6) if is_short else (5,))
		),
	)


def _arriving(sold: float, supply: float) -> float:
	"""What a warehouse gets: a quarter of a week's sales, or a day's part of a share of it."""
	return float(-(-sold // 4)) if supply == 1 else float(max(sold * supply // 20, 1))


def _line(rng: Random, item: ds.Item) -> ds.OrderLine:
	price = item.price * rng.choice((1, 1, 1, 0.95, 0.9, 0.8))
	return ds.OrderLine(item.code, float(rng.randint(1, 12)), "Nos", round(price, 2), item.price)


def one(folder: str) -> dict:
	"""What reading and running a folder costs. Shape: {"cpu_s", "peak_mb"}."""
	began = process_time()
	with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
		status = memory.main(["--data", folder, "--out", f"{out}/page.html"])
	if status:
		raise SystemExit(status)
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	return {"cpu_s": round(process_time() - began, 2), "peak_mb": round(peak)}


def measure(size: int, lines: float = LINES, supply: float = 1.0) -> dict:
	data = company(size, lines=lines, supply=supply)
	with tempfile.TemporaryDirectory() as folder:
		csv_layout.write(data, folder)
		Path(folder, "people.csv").unlink()
		command = [sys.executable, __file__, "--one", folder]
		done = subprocess.run(command, capture_output=True, text=True, check=True)
	found = json.loads(done.stdout.splitlines()[-1])
	count = sum(len(order.lines) for order in data.orders)
	return {"orders": size, "lines": count, **found, "memory_orders_per_s": round(size / found["cpu_s"])}


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=SIZES)
	parser.add_argument("--lines", type=float, default=LINES, help="lines of an order, on average")
	parser.add_argument("--supply", type=float, default=1.0, help="the share of the sales that comes in")
	parser.add_argument("--write", type=Path, metavar="FOLDER", help="only write the largest company")
	parser.add_argument("--one", help=argparse.SUPPRESS)
	wanted = parser.parse_args()
	if wanted.one:
		print(json.dumps(one(wanted.one)))
		return 0
	if wanted.write:
		csv_layout.write(company(max(wanted.sizes), lines=wanted.lines, supply=wanted.supply), wanted.write)
		return 0
	rates = []
	for size in wanted.sizes:
		found = measure(size, wanted.lines, wanted.supply)
		rates.append(found["memory_orders_per_s"])
		print(json.dumps(found), flush=True)
	print(f"memory_orders_per_s differs by {spread(rates):.0%}; {FLAT:.0%} are allowed")
	return int(spread(rates) > FLAT)


if __name__ == "__main__":
	sys.exit(main())
