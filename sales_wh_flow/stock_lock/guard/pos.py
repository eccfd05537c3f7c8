"""A sale at a till takes no unit that is locked.

Its goods leave the shop at once and the stock ledger only when the day is closed, so nothing else would stop
it: ERPNext counts what is on hand and what other tills have sold, not what is reserved.
"""

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.hold_rows import BinRow
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock.guard import movements
from sales_wh_flow.stock_lock.guard.words_of_locks import taken
from sales_wh_flow.stock_lock.store import pos_sales, reservations


def tills_changed() -> None:
	"""A till was set up: what it sells is locked for nobody from now on."""
	pos_sales.forget_tills()


def hold_till_bins(doc) -> None:
	"""Before a POS Invoice is submitted: hold its Bins, as every document does that takes stock out."""
	if is_on(STOCK_LOCK) and not doc.is_return:
		alongside(doc).bins = hold_rows.hold_bins(movements.bin_keys(doc))


def check_tills(doc) -> None:
	"""After it: what tills have sold and orders have locked is there.

	Raises: StockIsLocked naming item, warehouse and holders.
	"""
	bins: dict[BinKey, BinRow] | None = alongside(doc).take("bins")
	if not bins:
		return
	locked = reservations.open_by_bin(bins.values())
	for held in reservations.open_of_orders({row.sales_order for row in doc.items if row.get("sales_order")}):
		key = (held.item_code, held.warehouse)
		if key in locked:  # what is locked for the order that is sold here is no obstacle
			locked[key] -= held.qty_stock
	sold = pos_sales.not_closed({key for key, qty in locked.items() if is_positive(qty)})
	refuse(
		taken(key, bins[key].on_hand_stock - qty, locked[key])
		for key, qty in sold.items()
		if is_positive(locked[key] + qty - bins[key].on_hand_stock)
	)
