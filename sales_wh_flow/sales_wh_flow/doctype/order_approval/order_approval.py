from sales_wh_flow.base.records import Record


class OrderApproval(Record):
	"""One rule's demand on one order. Written by the flow alone: see approval/gate.py and
	approval/decide.py.
	"""
