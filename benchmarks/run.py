"""Benchmarks on a site: prints one table and writes benchmarks/latest.json.

Run it with the bench's Python from the sites folder, SWHF_SITE naming a site to spoil (and SWHF_SITES_PATH
the folder, if it is not the current one): items, stock and orders are made and stay. `script/benchmark` does
all that on a fresh site. Every figure is a median of several runs; ours and native are measured in turn on
the same site.
"""

import argparse
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "demo")]

SIZES = (1, 10, 50, 100, 200)
PARTS = (
	*("single", "long", "many", "serve", "outgoing", "approval", "board"),
	*("route", "memory", "serial", "couriers", "warehouse"),
)


def main() -> int:
	wanted = _arguments()
	site, sites_path = os.environ.get("SWHF_SITE"), os.environ.get("SWHF_SITES_PATH") or os.getcwd()
	if not site:
		print("SWHF_SITE is not set: it names the site to measure on.", file=sys.stderr)
		return 2
	results = _measure(wanted, site, sites_path)
	_print_table(results)
	wanted.output.write_text(json.dumps([result.as_json() for result in results], indent="\t") + "\n")
	print(f"written: {wanted.output}")
	return 0


def _arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="benchmark", description="Measure the app beside plain ERPNext.")
	parser.add_argument("--runs", type=int, default=5, help="runs of each kind, more for small orders (5)")
	parser.add_argument(
		"--lines",
		type=lambda text: [int(part) for part in text.split(",")],
		default=list(SIZES),
		help="order sizes, as 1,10,50",
	)
	parser.add_argument("--output", type=Path, default=HERE / "latest.json", help="the file to write")
	parser.add_argument(
		"--only",
		choices=PARTS,
		help="single: one order at a time; long: a thousand lines; many: eight processes; "
		"serve: waiting demand and who has it; outgoing: the check on deliveries; "
		"approval: rules, the save of a draft, the inbox; board: the Order Board; route: plans of orders; "
		"memory: the run without a site; serial: notes of serial numbers; "
		"couriers: messages of couriers; warehouse: scans beside 100,000 boxes, and a wave",
	)
	return parser.parse_args()


def _measure(wanted: argparse.Namespace, site: str, sites_path: str) -> list:
	import approval_inbox
	import approval_orders
	import board
	import long_orders
	import many_orders
	import memory_orders
	import outgoing
	import routing_plans
	import serial_notes
	import serving
	import single_orders
	import who_has_it
	from world import World, set_switches

	import frappe

	from sales_wh_flow.setup.install import before_tests

	frappe.init(site=site, sites_path=sites_path)
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		before_tests()
		set_switches(stock_lock=False)
		_say("making items and stock")
		world = World(max(*wanted.lines, many_orders.ITEMS, long_orders.SHORT))
		results = []
		if wanted.only in (None, "single"):
			results += single_orders.run(world, wanted.lines, wanted.runs, _say)
		if wanted.only in (None, "long"):
			results += long_orders.run(world, min(wanted.runs, 3), _say)
		if wanted.only in (None, "many"):
			results += many_orders.run(world, site, sites_path, max(wanted.runs // 2, 1), _say)
		if wanted.only in (None, "serve"):
			results += serving.run(world, wanted.runs, _say) + who_has_it.run(world, wanted.runs, _say)
		if wanted.only in (None, "outgoing"):
			results += outgoing.run(world, wanted.runs, _say)
		if wanted.only in (None, "approval"):
			results += approval_orders.run(world, wanted.runs, _say)
			results += approval_inbox.run(wanted.runs, _say)
		for part, measured in (
			("board", lambda: board.run(wanted.runs, _say)),
			("route", lambda: routing_plans.run(_say)),
			("memory", lambda: memory_orders.run(_say)),
		):
			results += measured() if wanted.only in (None, part) else []
		if wanted.only in (None, "serial"):
			results += serial_notes.run(world, _say)
		return results + _measure_warehouses(wanted, site, sites_path)
	finally:
		frappe.db.rollback()
		set_switches(stock_lock=False)
		frappe.destroy()


def _measure_warehouses(wanted: argparse.Namespace, site: str, sites_path: str) -> list:
	import courier_events
	import warehouse

	results = []
	if wanted.only in (None, "couriers"):
		results += courier_events.run(site, sites_path, wanted.runs, _say)
	return results + (warehouse.run(_say) if wanted.only in (None, "warehouse") else [])


def _say(text: str) -> None:
	print(f"   {text}", file=sys.stderr, flush=True)


def _print_table(results: list) -> None:
	print(f"{'name':<38}{'ours':>12}{'native':>12}{'ratio':>9}  {'unit':<14}{'n':>3}  spread ours/native")
	for it in results:
		ratio = "-" if it.ratio is None else f"{it.ratio:.3f}"
		spread = "{:.0%} / {:.0%}".format(*it.spread) if it.spread else ""
		print(f"{it.name:<38}{it.ours:>12.1f}{it.native:>12.1f}{ratio:>9}  {it.unit:<14}{it.n:>3}  {spread}")


if __name__ == "__main__":
	sys.exit(main())
