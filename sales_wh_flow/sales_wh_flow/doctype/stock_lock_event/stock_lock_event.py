from sales_wh_flow.base.records import Record


class StockLockEvent(Record):
	"""One line of the ledger of locks: see stock_lock/store/events.py."""
