from sales_wh_flow.base.records import Record


class OrderReopeningStep(Record):
	"""One document of an order that is opened again, and when it was undone."""
