from sales_wh_flow.base.records import Record


class OrderBox(Record):
	"""A box, from the first scan to the door and back; see packing/."""
