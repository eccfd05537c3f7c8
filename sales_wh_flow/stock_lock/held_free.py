"""What of held Bins may be given to orders."""

from collections.abc import Mapping

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.order.store import lines as orders
from sales_wh_flow.stock_lock.store import pos_sales


def free_of(bins: Mapping[BinKey, BinRow], locked: Mapping[BinKey, float]) -> dict[BinKey, float]:
	"""What of held Bins is free for orders: nothing of an item that nobody may sell any more, and nothing
	that a till has sold.
	"""
	items = orders.items_of(item for item, _warehouse in bins)
	ended = {code for code, item in items.items() if item.is_ended}
	gone = pos_sales.taken_home(bins)
	return {
		key: 0.0 if key[0] in ended else row.on_hand_stock - locked[key] - gone.get(key, 0.0)
		for key, row in bins.items()
	}
