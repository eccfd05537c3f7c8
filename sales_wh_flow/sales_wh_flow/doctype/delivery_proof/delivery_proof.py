from sales_wh_flow.base.records import Record


class DeliveryProof(Record):
	"""What the receiver of a box did with it. A correction is a new proof that replaces this one."""
