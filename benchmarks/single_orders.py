"""What one submit costs: with and without the lock, beside ERPNext's own reservation, and with the app doing
nothing.

Four kinds of submit, in turn, on the same items: ``plain`` ERPNext without the app, ``off`` with every switch
off, ``native`` with ERPNext's own reservation, and ``locked`` with Stock Lock on. What a lock adds:

- inside: what every handler of the app takes, against what ERPNext's reserving method takes, less what the
  handlers take when ``off``; - whole: the difference to the ``off`` submit of the same round. In statements
  that counts what a lock spares ERPNext, too; in time it says the same as inside, with the noise of two long
  runs in it.
"""

from collections import defaultdict
from contextlib import nullcontext

from measure import Result, Sample, Stopwatch, compared, sample
from plain import plain_erpnext
from world import World, set_switches

import frappe

from erpnext.selling.doctype.sales_order.sales_order import SalesOrder

from sales_wh_flow.events import sales_order as handlers

KINDS = ("plain", "off", "native", "locked")

_MORE_RUNS = ((1, 4), (10, 3), (50, 2))
"""(up to so many lines, so many times the runs): small orders are quick, and a small difference drowns in
noise.
"""


def run(world: World, sizes: list[int], runs: int, say) -> list[Result]:
	"""For each size L: ``lock_ms_L`` and ``lock_statements_L`` (inside), ``lock_whole_ms_L`` and
	_statements_L, ``off_submit_ms_L`` and _statements_L.
	"""
	stopwatch = Stopwatch()
	stopwatch.watch(handlers)
	stopwatch.watch(SalesOrder, "create_stock_reservation_entries")
	results = []
	for size in sizes:
		more = next((times for up_to, times in _MORE_RUNS if size <= up_to), 1)
		results += _results(size, _samples(world, size, runs * more, stopwatch, say))
	return results


def _results(size: int, samples: dict[str, list[Sample]]) -> list[Result]:
	def of(kind: str, figure: str, less: str | None = None) -> list[float]:
		values = [getattr(it, figure) for it in samples[kind]]
		base = [getattr(it, figure) for it in samples[less]] if less else [0.0] * len(values)
		return [value - less_value for value, less_value in zip(values, base, strict=True)]

	def added(name: str, figure: str, unit: str, less: str | None) -> Result:
		return compared(f"{name}_{size}", of("locked", figure, less), of("native", figure, less), unit)

	def idle(name: str, figure: str, unit: str) -> Result:
		return compared(f"{name}_{size}", of("off", figure), of("plain", figure), unit)

	return [
		added("lock_ms", "inside_ms", "ms", None),
		added("lock_whole_ms", "ms", "ms", "off"),
		added("lock_statements", "inside_statements", "statements", "off"),
		added("lock_whole_statements", "statements", "statements", "off"),
		idle("off_submit_ms", "ms", "ms"),
		idle("off_submit_statements", "statements", "statements"),
	]


def _samples(world: World, size: int, runs: int, stopwatch: Stopwatch, say) -> dict[str, list[Sample]]:
	samples = defaultdict(list)
	for at in range(runs + 1):
		for kind in _turned(at):
			say(f"{size} lines, run {at} of {runs}: {kind}")
			found = _submit(world, size, kind, stopwatch)
			if at:  # the first round only fills the caches
				samples[kind].append(found)
	return samples


def _submit(world: World, size: int, kind: str, stopwatch: Stopwatch) -> Sample:
	set_switches(stock_lock=False)
	order = world.draft(world.items[:size], native=kind == "native")
	set_switches(stock_lock=kind == "locked")
	with plain_erpnext() if kind == "plain" else nullcontext():
		_fill_caches()
		doc = frappe.get_doc("Sales Order", order)
		found = sample(lambda: (doc.submit(), frappe.db.commit()), stopwatch)
	_check(world, doc, size if kind in ("native", "locked") else 0)
	return found


def _fill_caches() -> None:
	"""Settings that a working site has in its cache; each change of a switch throws them out."""
	for doctype in ("Stock Settings", "Selling Settings", "Accounts Settings", "Sales Flow Settings"):
		frappe.get_cached_doc(doctype)
		frappe.db.get_singles_dict(doctype)


def _check(world: World, doc, locked: int) -> None:
	"""What is measured must have happened."""
	found = frappe.db.sql(
		"""select coalesce(sum(reserved_qty), 0) from `tabStock Reservation Entry`
		where voucher_no = %s and docstatus = 1""",
		doc.name,
	)[0][0]
	assert found == locked, f"{doc.name} holds {found:g} of {locked}"


def _turned(at: int) -> tuple[str, ...]:
	"""Each kind comes first, second and so on equally often."""
	shift = at % len(KINDS)
	return KINDS[shift:] + KINDS[:shift]
