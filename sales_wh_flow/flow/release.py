"""Give stock back that an order no longer needs."""

from sales_wh_flow.flow.native_checks import restore
from sales_wh_flow.rules.quantities import rounded
from sales_wh_flow.store import lock_events, reservations


def after_cancel(doc) -> None:
	"""A cancelled order holds nothing: its locks end in one pass, under the Bin locks taken before the cancel."""
	bins = doc.flags.pop("swf_bins", None)
	if bins is None:
		return
	restore(doc, "create_stock_reservation_entries", "cancel_stock_reservation_entries")
	gone = doc.flags.pop("swf_demand", {})
	released = reservations.cancel_of_order(doc.name)
	reservations.sync_lines(doc.name)
	locked = reservations.open_by_bin(bins.values())
	demand = {key: max(rounded(row.demand_stock - gone.get(key, 0.0)), 0.0) for key, row in bins.items()}
	reservations.sync_bins(bins.values(), locked, demand)
	lock_events.released(released, "order cancelled")
