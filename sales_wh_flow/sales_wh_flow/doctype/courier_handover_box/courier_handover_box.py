from sales_wh_flow.base.records import Record


class CourierHandoverBox(Record):
	"""One box of a hand-over, and what became of it."""
