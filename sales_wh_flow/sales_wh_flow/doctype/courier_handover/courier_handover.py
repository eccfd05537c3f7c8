from sales_wh_flow.base.records import Record


class CourierHandover(Record):
	"""What a courier took from a warehouse on a day: the manifest. Written by `delivery` alone."""
