from sales_wh_flow.base.records import Record


class OrderReopening(Record):
	"""What was undone to open an order again, step by step: see returns/reopen.py."""
