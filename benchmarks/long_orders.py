"""Orders of a thousand lines beside orders of two hundred: what the flow itself does at their submit.

ERPNext's own reservation takes minutes for such an order, so the lock is set beside itself: five times the
figure of 200 lines is what a lock that is linear in its lines takes for 1,000. Five lines each name an item.
"""

from itertools import cycle, islice

from measure import Result, Sample, Stopwatch, compared, sample
from world import World, set_switches

import frappe

from sales_wh_flow.events import sales_order as handlers

SHORT, LONG = 200, 1000


def run(world: World, runs: int, say) -> list[Result]:
	"""``lock_ms_1000``: time of the flow's handlers, beside five times that of 200 lines;
	``lock_statements_1000``: their statements, beside those of 200 lines.
	"""
	stopwatch = Stopwatch()
	stopwatch.watch(handlers)
	found: dict[int, list[Sample]] = {SHORT: [], LONG: []}
	for at in range(runs + 1):
		for lines in (SHORT, LONG):
			say(f"{lines} lines, run {at} of {runs}")
			one = _submit(world, lines, stopwatch)
			if at:  # the first round only fills the caches
				found[lines].append(one)
	return [
		compared(
			f"lock_ms_{LONG}",
			[it.inside_ms for it in found[LONG]],
			[it.inside_ms * LONG / SHORT for it in found[SHORT]],
			"ms (5 x 200)",
		),
		compared(
			f"lock_statements_{LONG}",
			[float(it.inside_statements) for it in found[LONG]],
			[float(it.inside_statements) for it in found[SHORT]],
			"statements (200)",
		),
	]


def _submit(world: World, lines: int, stopwatch: Stopwatch) -> Sample:
	set_switches(stock_lock=False)
	order = world.draft(list(islice(cycle(world.items), lines)), native=False)
	set_switches(stock_lock=True)
	doc = frappe.get_doc("Sales Order", order)
	found = sample(lambda: (doc.submit(), frappe.db.commit()), stopwatch)
	held = frappe.db.count("Stock Reservation Entry", {"voucher_no": order, "docstatus": 1})
	assert held == lines, f"{order} holds {held} of {lines} lines"
	return found
