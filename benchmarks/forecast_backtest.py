"""Back-test of the forecast: the last 30 % of orders are held out, and forecast from those before them.

	PYTHONPATH=. python3 benchmarks/forecast_backtest.py --northwind FOLDER    real orders as CSV, no site
	PYTHONPATH=.:demo python3 benchmarks/forecast_backtest.py --sample    the sample company's month, no site
	SWHF_SITE=... python benchmarks/forecast_backtest.py    the stage log of a site, for each company

Prints, and writes to --output, the coverage of the day of nine of ten, and the mean error in days beside that
of fixed lead times: those of the settings, and the constant that errs least on the orders learned from.
"""

import argparse
import csv
import json
import os
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sales_wh_flow.base.working_time import Calendar, passed
from sales_wh_flow.order.rules.forecast import Group, LeadTimes
from sales_wh_flow.order.rules.stages import BY_STATUS
from sales_wh_flow.stage_clock.rules.backtest import HELD_OUT, replay
from sales_wh_flow.stage_clock.rules.durations import Life, Passage, milestones

LEAST = 10
SETTINGS = LeadTimes(warehouse=1.0)
"""As Sales Flow Settings propose."""


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--northwind", type=Path, metavar="FOLDER", help="orders.csv and what belongs to it")
	parser.add_argument("--sample", action="store_true", help="the month of orders of script/demo")
	parser.add_argument("--stage", default="To Pick", help="where the forecast is made")
	parser.add_argument("--output", type=Path, help="the JSON file to write")
	wanted = parser.parse_args()
	found = {}
	lives = {"northwind": northwind(wanted.northwind)} if wanted.northwind else {}
	lives |= {"sample month": sample_month()} if wanted.sample else {}
	lives = lives or of_site()
	for name, own in lives.items():
		found[name] = results(own, wanted.stage)
		print(f"{name}: {len(own)} orders, the last {HELD_OUT:.0%} held out, forecast in {wanted.stage}")
		for beside, figures in found[name].items():
			print(f"  {beside:<22}" + "  ".join(f"{key} {value:.3g}" for key, value in figures.items()))
	if wanted.output:
		wanted.output.write_text(json.dumps(found, indent="\t") + "\n")
	return 0 if all(found.values()) else 1


def results(lives: list[Life], stage: str) -> dict[str, dict]:
	"""{what it is compared with: figures}."""
	tried = {"settings": SETTINGS, "best constant": LeadTimes(warehouse=best_constant(lives, stage))}
	outcomes = {name: replay(lives, stage, LEAST, leads) for name, leads in tried.items()}
	return {name: asdict(outcome) for name, outcome in outcomes.items() if outcome}


def best_constant(lives: list[Life], stage: str) -> float:
	"""The working days that err least on the orders that are learned from: their median."""
	days = []
	for life in lives[: int(len(lives) * (1 - HELD_OUT))]:
		entered = next((it.entered for it in life.passages if it.stage == stage), None)
		there = milestones(life.passages)[1]
		if entered and there:
			days.append(passed(entered, there, life.calendar) / 24)
	return statistics.median(days) if days else 1.0


def northwind(folder: Path) -> list[Life]:
	"""Real orders with the days on which they were entered and shipped, by who carried them. What is not
	shipped is known to be open.
	"""
	rows = list(csv.DictReader((folder / "orders.csv").open(encoding="utf-8")))
	calendar = weekends(row["order_date"] for row in rows)
	lives = []
	for row in sorted(rows, key=lambda row: (row["order_date"], row["order_id"])):
		entered = datetime.fromisoformat(row["order_date"])
		shipped = datetime.fromisoformat(row["shipped_date"]) if row["shipped_date"] else None
		passages = [Passage("To Pick", entered, shipped)]
		if shipped:
			passages.append(Passage("To Invoice", shipped, None))
		lives.append(Life(tuple(passages), Group("", row["ship_via"]), calendar))
	return lives


def sample_month(seed: int | None = None) -> list[Life]:
	"""The sample company's orders, as its people deal with them day by day, until the last has arrived."""
	from sales_wh_flow_demo import days, sample
	from sales_wh_flow_demo import events as ev

	data = sample.generate(sample.SEED if seed is None else seed)
	turns: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
	moments: Counter[date] = Counter()
	places: dict[str, set[str]] = defaultdict(set)

	def hear(event: ev.Event) -> None:
		if isinstance(event, ev.StatusReached):
			moments[event.day] += 1  # in the order in which it happened, within the hours of the office
			at = datetime.combine(event.day, time(9)) + timedelta(seconds=10 * moments[event.day])
			turns[event.order].append((at, event.status))
		elif isinstance(event, ev.OrderSubmitted):
			places[event.order] = {row.warehouse for row in event.rows}

	days.run(data, hear=hear, last_day=data.orders[-1].date + timedelta(days=_UNTIL_ALL_CAME))
	calendar = weekends(str(order.date) for order in data.orders)
	groups = {item.code: item.group for item in data.items}
	return [
		Life(_passages(turns[order.name]), _group(order, places[order.name], groups), calendar)
		for order in data.orders
	]


_UNTIL_ALL_CAME = 60


def _passages(turns: list[tuple[datetime, str]]) -> tuple[Passage, ...]:
	"""Stages of the statuses that an order reached; what is still the same stage is no other."""
	entered: list[tuple[datetime, str, str]] = []
	for at, status in turns:
		stage = BY_STATUS[status].name
		if not entered or entered[-1][1] != stage:
			entered.append((at, stage, status))
	ends = [*(at for at, _stage, _status in entered[1:]), None]
	return tuple(
		Passage(stage, at, end, status) for (at, stage, status), end in zip(entered, ends, strict=True)
	)


def _group(order, places: set[str], groups: dict[str, str]) -> Group:
	goods = {groups[line.item] for line in order.lines}
	only = lambda names: next(iter(names)) if len(names) == 1 else ""  # noqa: E731
	return Group(only(places), order.courier, only(goods))


def weekends(days: Iterable[str]) -> Calendar:
	known = sorted(days)
	first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1]) + timedelta(days=400)
	every = (first + timedelta(days=ahead) for ahead in range((last - first).days))
	return Calendar(holidays=frozenset(day for day in every if day.weekday() > 4))


def of_site() -> dict[str, list[Life]]:
	import frappe

	frappe.init(site=os.environ["SWHF_SITE"], sites_path=os.environ.get("SWHF_SITES_PATH") or os.getcwd())
	frappe.connect()
	from sales_wh_flow.stage_clock.store import lives

	return {name: list(lives.lives_of_company(name, date(2000, 1, 1))) for name in lives.companies()}


if __name__ == "__main__":
	sys.exit(main())
