from sales_wh_flow.base.records import Record


class OrderBoxItem(Record):
	"""What of one order row is in a box."""
