"""Runs the flow on a company's orders in memory: no site, no services, nothing to install.

python3 demo/memory.py [--data FOLDER] [--out demo.html] [--seed N] [--orders N] [--from DAY]
	[--to DAY] [--day DAY]
python3 demo/memory.py --write FOLDER
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from sales_wh_flow_demo import csv_layout, days, page, sample, story
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.dataset import DataSet, Invoice
from sales_wh_flow_demo.journal import Journal
from sales_wh_flow_demo.page_file import NotWritable, page_file
from sales_wh_flow_demo.plain import plain
from sales_wh_flow_demo.sentences import counted
from sales_wh_flow_demo.summary import summary

BAD_DATA = 2
"""Exit status when the folder or an argument cannot be used, or nothing be written where it was asked for."""

MOST_ORDERS = 1_000_000


class NothingAsked(ValueError):
	"""The arguments leave no order to run; the text says which and what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
	"""The exit status: 0 after a run in memory, 2 when the data or the arguments cannot be used."""
	options = _options(arguments)
	try:
		status = _run(options)
		sys.stdout.flush()
		return status
	except (LayoutProblems, NothingAsked, NotWritable) as problems:
		print(problems, file=sys.stderr)
		return BAD_DATA
	except BrokenPipeError:
		# Whoever read has seen enough, as `head` has; the page is written already.
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		return 0


def _run(options: argparse.Namespace) -> int:
	data = _data(options)
	if options.write:
		_write(data, options.write)
	else:
		run(data, options.out, options.full)
	return 0


def _write(data: DataSet, folder: Path) -> None:
	try:
		for path in csv_layout.write(data, folder):
			print(path)
	except OSError as wrong:
		raise NotWritable(folder, wrong.strerror) from None
	print(f"Wrote {plain(data.company.name)} with {counted(len(data.orders), 'order')} to {folder}.")


def run(data: DataSet, out: Path, full: int = story.FULL_STORIES) -> None:
	"""Runs every day of the data, writes the page and prints the story.

	Raises: NotWritable, before the run when that can be known.
	"""
	with page_file(out) as write:
		_run_and_tell(data, out, full, write)


def _run_and_tell(data: DataSet, out: Path, full: int, write: Callable[[str], None]) -> None:
	began = perf_counter()
	checker = Checker()
	journal = Journal(max(page.MOST_ORDERS, full))
	world = days.run(data, checker, progress=_progress(len(data.orders)), hear=journal)
	checker.check_all(world)
	names = {item.code: item.name for item in data.items}
	figures = journal.figures
	stories = story.tell(journal.events, names, figures)
	write(
		page.render(data, figures, stories, "Run in memory by the rules of the app, without an ERPNext site.")
	)
	size = (
		(data.orders, "order"),
		(data.items, "item"),
		(data.customers, "customer"),
		(data.warehouses, "warehouse"),
	)
	print(f"{plain(data.company.name)}: {', '.join(counted(len(rows), noun) for rows, noun in size)}\n")
	for line in story.printed(stories, full, len(figures.written) - len(stories)):
		print(plain(line))
	print()
	for line in summary(figures, names):
		print(plain(line))
	print(f"\nChecked         {checker.checks:,} times that nothing was promised twice and nothing got lost")
	print(f"Page            {out.resolve()}")
	print(f"Ran in memory, without an ERPNext site, in {perf_counter() - began:.1f} seconds.")


def _progress(total: int) -> Callable[[date, int], None]:
	"""Says at most once a second how far the run is, and nothing of a short one."""
	began = said = perf_counter()

	def tell(day: date, done: int) -> None:
		nonlocal said
		now = perf_counter()
		if now - said >= 1:
			said = now
			text = f"{day}: {done:,} of {counted(total, 'order')}, {done / (now - began):,.0f} a second"
			print(text, file=sys.stderr, flush=True)

	return tell


def _data(options: argparse.Namespace) -> DataSet:
	if not options.data:
		if options.first_day or options.last_day:
			return _part(sample.generate(options.seed, first_day=options.day), options)
		return sample.generate(options.seed, options.orders or sample.ORDERS, options.day)
	data, notes = csv_layout.read(options.data)
	for note in notes:
		print(f"Note: {note}")
	return _part(data, options)


def _part(data: DataSet, options: argparse.Namespace) -> DataSet:
	"""The orders asked for; those before count as owed, as they do in a whole run.

	Raises: NothingAsked when no order is left.
	"""
	first, last = options.first_day or date.min, options.last_day or date.max
	orders = tuple(order for order in data.orders if first <= order.date <= last)[: options.orders]
	if data.orders and not orders:
		flags = {"--from": options.first_day, "--to": options.last_day}
		asked = " ".join(f"{flag} {day}" for flag, day in flags.items() if day)
		days = f"they go from {data.orders[0].date} to {data.orders[-1].date}"
		raise NothingAsked(f"{asked}: no order was written then; {days}, so choose days among these")
	countries = {customer.name: customer.country for customer in data.customers}
	taxes = {tax.country: tax.rate_pct for tax in data.taxes}
	owed = tuple(
		Invoice(
			order.name,
			order.customer,
			order.date,
			round(order.total_base * (1 + taxes.get(countries[order.customer], 0.0) / 100), 2),
		)
		for order in data.orders
		if order.date < first
	)
	return replace(data, orders=orders, invoices=data.invoices + owed)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
	parser = argparse.ArgumentParser(
		prog="python3 demo/memory.py",
		description="Runs a company's orders through approval, lock, routing, pick and dispatch, in memory.",
	)
	parser.add_argument(
		"--data", type=_path, metavar="FOLDER", help="your own CSV files (docs/data-layout.md)"
	)
	parser.add_argument(
		"--out", type=_path, default=Path("demo.html"), metavar="FILE", help="the page to write"
	)
	parser.add_argument(
		"--seed", type=int, default=sample.SEED, help="which sample company (default %(default)s)"
	)
	parser.add_argument(
		"--orders",
		type=_orders,
		metavar="N",
		help=f"the first N orders; of the sample company N orders, else {sample.ORDERS}",
	)
	parser.add_argument(
		"--day",
		type=_day,
		default=sample.FIRST_DAY,
		metavar="YYYY-MM-DD",
		help="the sample company's first day (default %(default)s)",
	)
	parser.add_argument(
		"--from", dest="first_day", type=_day, metavar="DAY", help="only orders from this day, as 2026-03-31"
	)
	parser.add_argument("--to", dest="last_day", type=_day, metavar="DAY", help="only orders up to this day")
	parser.add_argument(
		"--full",
		type=_count,
		default=story.FULL_STORIES,
		metavar="N",
		help="orders told in full (default %(default)s)",
	)
	parser.add_argument("--write", type=_path, metavar="FOLDER", help="only write the data as CSV files")
	options = parser.parse_args(arguments)
	if options.first_day and options.last_day and options.first_day > options.last_day:
		parser.error(f"--from {options.first_day} lies after --to {options.last_day}")
	return options


def _day(text: str) -> date:
	try:
		day = date.fromisoformat(text)
	except ValueError:
		raise argparse.ArgumentTypeError(
			f"{text!r} is no day; write year-month-day, like 2026-03-31"
		) from None
	if not 1900 <= day.year < 2200:
		raise argparse.ArgumentTypeError(
			f"{text!r} must lie between the years 1900 and 2199; correct the year"
		)
	return day


def _path(text: str) -> Path:
	if not text.strip():
		raise argparse.ArgumentTypeError("is empty; name a path, or leave the argument out")
	return Path(text)


def _count(text: str) -> int:
	if not text.isdecimal():
		raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
	if len(text) > 10 or int(text) > MOST_ORDERS:
		raise argparse.ArgumentTypeError(f"{text!r} is too many; name at most {MOST_ORDERS:,}")
	return int(text)


def _orders(text: str) -> int:
	if _count(text) < 1:
		raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
	return int(text)


if __name__ == "__main__":
	sys.exit(main())
