from sales_wh_flow.store.records import Record


class OrderApproval(Record):
	"""One rule's demand on one order. Written by the flow alone: see flow/approve.py and flow/decide.py."""
