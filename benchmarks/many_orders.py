"""Many processes lock a shared set of items at once: how many orders a second, and how many are lost.

An order is lost when its submit fails, as ERPNext's do on deadlocks when orders name the same items in
different order.
"""

import random
import time

from concurrency.harness import Runners, call_of, ready
from measure import Result, compared
from world import World, set_switches

import frappe

PROCESSES = 8
ORDERS_EACH = 5
LINES = 10
ITEMS = 50


def submit_each(names: list[str]) -> tuple[int, float, float]:
	"""In a process of its own: submit every order. Returns how many went through, and when it began and
	ended.
	"""
	ready()
	began_s, done = time.monotonic(), 0
	for name in names:
		try:
			frappe.get_doc("Sales Order", name).submit()
			frappe.db.commit()
			done += 1
		except Exception:
			frappe.db.rollback()
	return done, began_s, time.monotonic()


def run(world: World, site: str, sites_path: str, runs: int, say) -> list[Result]:
	"""``lock_orders_per_s_8p`` and ``lock_orders_lost_8p``, ours and native in turn."""
	rates, lost = {True: [], False: []}, {True: [], False: []}
	runners = Runners(site, sites_path)
	try:
		for at in range(runs):
			for is_ours in (True, False) if at % 2 else (False, True):
				say(f"{PROCESSES} processes, run {at + 1} of {runs}: {'ours' if is_ours else 'native'}")
				done, seconds = _race(world, runners, is_ours)
				rates[is_ours].append(done / seconds)
				lost[is_ours].append(PROCESSES * ORDERS_EACH - done)
	finally:
		runners.close()
	name = f"_{PROCESSES}p"
	return [
		_result("lock_orders_per_s" + name, rates, "orders/s"),
		_result("lock_orders_lost" + name, lost, f"of {PROCESSES * ORDERS_EACH} orders"),
	]


def _race(world: World, runners: Runners, is_ours: bool) -> tuple[int, float]:
	set_switches(stock_lock=False)
	items = world.items[:ITEMS]
	orders = [
		[
			world.draft(random.sample(items, min(LINES, len(items))), native=not is_ours)
			for _ in range(ORDERS_EACH)
		]
		for _ in range(PROCESSES)
	]
	set_switches(stock_lock=is_ours)
	outcomes = runners.race(*(call_of(submit_each, names) for names in orders), time_limit_s=600)
	failed = [outcome.text for outcome in outcomes if not outcome.is_done]
	assert not failed, failed[0]
	done = sum(outcome.result[0] for outcome in outcomes)
	began_s = min(outcome.result[1] for outcome in outcomes)
	return done, max(outcome.result[2] for outcome in outcomes) - began_s


def _result(name: str, found: dict[bool, list[float]], unit: str) -> Result:
	return compared(name, found[True], found[False], unit)
