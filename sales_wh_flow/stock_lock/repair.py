"""Look for drift between Bins, order lines and locks, mend it under the locks, and report it."""

from collections.abc import Collection
from dataclasses import dataclass

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.compat import line_reserved_is_net
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import returned
from sales_wh_flow.stock_lock import cut_excess, hold_locks, sayings
from sales_wh_flow.stock_lock.store import drift, events, excess, open_demand, reservations

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Report:
	"""What was found. On a clean day everything is empty; ``over_locked`` can't be mended by a computer."""

	bins: tuple[drift.BinDrift, ...]
	lines: tuple[drift.LineDrift, ...]
	over_locked: tuple[tuple[str, str, float, float], ...]
	too_much: tuple[excess.Excess, ...] = ()
	demands: tuple[drift.BinDrift, ...] = ()

	@property
	def is_clean(self) -> bool:
		return not (self.bins or self.lines or self.over_locked or self.too_much or self.demands)

	@property
	def orders(self) -> set[str]:
		return {it.order for it in (*self.lines, *self.too_much)}

	@property
	def warehouses(self) -> set[str]:
		return {it.warehouse for it in (*self.bins, *self.demands)} | {row[1] for row in self.over_locked}

	def only(self, orders: Collection[str], warehouses: Collection[str]) -> "Report":
		"""What of it is in these orders and warehouses."""
		return Report(
			tuple(it for it in self.bins if it.warehouse in warehouses),
			tuple(it for it in self.lines if it.order in orders),
			tuple(row for row in self.over_locked if row[1] in warehouses),
			tuple(it for it in self.too_much if it.order in orders),
			tuple(it for it in self.demands if it.warehouse in warehouses),
		)


def look_for_drift(*, of_all: bool = False) -> Report:
	"""What disagrees now, in lines of orders in work or ``of_all``; changes nothing."""
	return Report(
		tuple(drift.bins()),
		tuple(drift.drifted_lines(of_all=of_all)),
		tuple(drift.over_locked()),
		tuple(excess.excess_rows()),
		tuple(drift.demands()),
	)


def lines_as_this_version_counts() -> None:
	"""After an upgrade from ERPNext 15, whose lines say what was ever reserved for them."""
	if line_reserved_is_net() and is_on(STOCK_LOCK):
		mend(Report((), tuple(drift.drifted_lines()), ()))


def stop_asking_for_returns() -> bool:
	"""Nobody asks for what came back from now on, and order lines and Bins say so, also of what came back
	before; whether ERPNext's setting said otherwise.
	"""
	is_new = open_demand.leave_returns_out()
	add_up_returns()
	mend_demands()
	return is_new


def add_up_returns() -> None:
	"""Order lines say what came back of them; nothing is written where they do already."""
	found = returned.wrong_lines()
	hold_rows.hold_order_rows({order for _row, order in found})
	for start in range(0, len(found), _CHUNK):
		returned.write_returned(row for row, _order in found[start : start + _CHUNK])


def mend_demands() -> None:
	"""Bins ask for what order lines ask for."""
	wrong = tuple(drift.demands())
	if wrong:
		mend(Report((), (), (), demands=wrong))


def mend(report: Report) -> None:
	"""End what locks hold too much, and write what the entries say into Bins and lines, all re-read under
	their locks; one event per mended Bin.
	"""
	orders = report.orders
	hold_rows.hold_order_rows({*orders, *open_demand.orders_that_ask(it.key for it in report.demands)})
	keys = {found.key for found in (*report.bins, *report.demands)}
	too_much = {it.order for it in report.too_much}
	hold_locks.hold_locks_of(too_much, keys)
	ended = cut_excess.cut_excess(too_much, said.keep(sayings.held_too_much))
	reservations.sync_lines_of(orders)
	refresh_status.of_all({lock.sales_order for lock in ended})
	rows = hold_rows.hold_bins(keys)
	held = reservations.open_by_bin(rows.values())
	asked = open_demand.what_orders_ask(rows, for_decision=True) if report.demands else None
	reservations.sync_bins(rows.values(), held, asked)
	for key, row in rows.items():
		if row.reserved_stock != held[key]:
			reason = said.keep(sayings.bin_was_wrong, written=row.reserved_stock, held=held[key])
			events.repaired(*key, held[key] - row.reserved_stock, reason)
