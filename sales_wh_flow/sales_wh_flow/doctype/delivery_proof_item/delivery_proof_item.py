from sales_wh_flow.base.records import Record


class DeliveryProofItem(Record):
	"""What the receiver accepted and refused of one row of a box."""
