"""Look for drift between Bins, order lines and locks, mend it under the locks, and report it."""

from dataclasses import dataclass

from sales_wh_flow.store import drift, lock_events, locks, reservations


@dataclass(frozen=True, slots=True)
class Report:
	"""What was found. On a clean day everything is empty; ``over_locked`` can't be mended by a computer."""

	bins: tuple[drift.BinDrift, ...]
	lines: tuple[drift.LineDrift, ...]
	over_locked: tuple[tuple[str, str, float, float], ...]

	@property
	def is_clean(self) -> bool:
		return not (self.bins or self.lines or self.over_locked)


def look() -> Report:
	"""What disagrees now; changes nothing."""
	return Report(tuple(drift.bins()), tuple(drift.lines()), tuple(drift.over_locked()))


def mend(report: Report) -> None:
	"""Write what the entries say into Bins and lines, re-read under their locks; one event per mended Bin."""
	for order in sorted({line.order for line in report.lines}):
		locks.lock_order(order)
		reservations.sync_lines(order)
	rows = locks.lock_bins(found.key for found in report.bins)
	held = reservations.open_by_bin(rows.values())
	reservations.sync_bins(rows.values(), held)
	for key, row in rows.items():
		if row.reserved_stock != held[key]:
			reason = f"Bin said {row.reserved_stock:g} locked, the entries hold {held[key]:g}"
			lock_events.repaired(*key, held[key] - row.reserved_stock, reason)
