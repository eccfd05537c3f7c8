"""The Bins of orders' locks and the series are held before the entries are read with a lock.

Such a read locks the gaps in which others insert theirs, who hold their Bins and the series by then.
"""

from collections.abc import Iterable

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.stock_lock.store import reservations


def hold_locks_of(orders: Iterable[str], keys: Iterable[BinKey] = ()) -> None:
	"""Hold the Bins in which these orders have open locks, and ``keys``, then the series. The caller holds
	the orders, and has locked no entry yet.
	"""
	seen = reservations.open_of_orders(orders, for_update=False)
	hold_rows.hold_bins_as_seen({*((lock.item_code, lock.warehouse) for lock in seen), *keys})
	Series(reservations.DOCTYPE)
