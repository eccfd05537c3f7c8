"""Many processes lock a shared set of items at once: how many orders a second, and how many are lost.

An order is lost when its submit fails, as ERPNext's do on deadlocks when orders name the same items in
different order. Submits that lock nothing, with every switch off, show what the machine can do at most.
"""

import random
import time

from measure import Result, compared
from world import World, set_switches

import frappe

from tests.racing.harness import Runners, call_of, ready

PROCESSES = 8
ORDERS_EACH = 10
LINES = 10
ITEMS = 50

OURS, NATIVE, NONE = "ours", "native", "no lock"


def submit_each(names: list[str]) -> tuple[int, float, float]:
	"""In a process of its own: submit every order. Returns how many went through, and when it began and
	ended. The first is submitted before the start: it fills what a working process has in memory.
	"""
	first, *names = names
	frappe.get_doc("Sales Order", first).submit()
	frappe.db.commit()
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
	"""``lock_orders_per_s_8p`` and ``lock_orders_lost_8p``, ours beside native; ``lock_orders_of_most_8p``,
	ours beside submits that lock nothing. All in turn.
	"""
	kinds = (NATIVE, OURS, NONE)
	rates, lost = {kind: [] for kind in kinds}, {kind: [] for kind in kinds}
	runners = Runners(site, sites_path)
	try:
		for at in range(runs):
			for kind in kinds if at % 2 else reversed(kinds):
				say(f"{PROCESSES} processes, run {at + 1} of {runs}: {kind}")
				done, seconds = _race(world, runners, kind)
				rates[kind].append(done / seconds)
				lost[kind].append(PROCESSES * ORDERS_EACH - done)
	finally:
		runners.close()
	name = f"_{PROCESSES}p"
	return [
		compared("lock_orders_per_s" + name, rates[OURS], rates[NATIVE], "orders/s"),
		compared("lock_orders_of_most" + name, rates[OURS], rates[NONE], "orders/s"),
		compared("lock_orders_lost" + name, lost[OURS], lost[NATIVE], f"of {PROCESSES * ORDERS_EACH} orders"),
	]


def _race(world: World, runners: Runners, kind: str) -> tuple[int, float]:
	set_switches(stock_lock=False)
	items, native = world.items[:ITEMS], kind == NATIVE
	orders = [
		[
			# First orders name an item each, so that none of them fails.
			world.draft([items[process]], native=native),
			*(world.draft(random.sample(items, LINES), native=native) for _ in range(ORDERS_EACH)),
		]
		for process in range(PROCESSES)
	]
	set_switches(stock_lock=kind == OURS)
	outcomes = runners.race(*(call_of(submit_each, names) for names in orders), time_limit_s=600)
	failed = [outcome.text for outcome in outcomes if not outcome.is_done]
	assert not failed, failed[0]
	done = sum(outcome.result[0] for outcome in outcomes)
	began_s = min(outcome.result[1] for outcome in outcomes)
	return done, max(outcome.result[2] for outcome in outcomes) - began_s
