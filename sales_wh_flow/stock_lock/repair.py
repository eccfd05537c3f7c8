"""Look for drift between Bins, order lines and locks, mend it under the locks, and report it."""

from dataclasses import dataclass

from sales_wh_flow.base import row_locks, said
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import cut_excess, sayings
from sales_wh_flow.stock_lock.store import drift, events, excess, reservations


@dataclass(frozen=True, slots=True)
class Report:
	"""What was found. On a clean day everything is empty; ``over_locked`` can't be mended by a computer."""

	bins: tuple[drift.BinDrift, ...]
	lines: tuple[drift.LineDrift, ...]
	over_locked: tuple[tuple[str, str, float, float], ...]
	too_much: tuple[excess.Excess, ...] = ()

	@property
	def is_clean(self) -> bool:
		return not (self.bins or self.lines or self.over_locked or self.too_much)


def look() -> Report:
	"""What disagrees now; changes nothing."""
	return Report(tuple(drift.bins()), tuple(drift.lines()), tuple(drift.over_locked()), tuple(excess.rows()))


def mend(report: Report) -> None:
	"""End what locks hold too much, and write what the entries say into Bins and lines, all re-read under
	their locks; one event per mended Bin.
	"""
	orders = {it.order for it in (*report.lines, *report.too_much)}
	row_locks.lock_orders(orders)
	ended = cut_excess.of({it.order for it in report.too_much}, said.keep(sayings.held_too_much))
	reservations.sync_lines_of(orders)
	refresh_status.of_all({lock.sales_order for lock in ended})
	rows = row_locks.lock_bins(found.key for found in report.bins)
	held = reservations.open_by_bin(rows.values())
	reservations.sync_bins(rows.values(), held)
	for key, row in rows.items():
		if row.reserved_stock != held[key]:
			reason = said.keep(sayings.bin_was_wrong, written=row.reserved_stock, held=held[key])
			events.repaired(*key, held[key] - row.reserved_stock, reason)
