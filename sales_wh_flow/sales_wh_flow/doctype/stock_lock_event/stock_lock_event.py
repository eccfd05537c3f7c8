from sales_wh_flow.store.records import Record


class StockLockEvent(Record):
	"""One line of the ledger of locks: see store/lock_events.py."""
