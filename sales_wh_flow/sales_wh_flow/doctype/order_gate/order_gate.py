from sales_wh_flow.base.records import Record


class OrderGate(Record):
	"""What the approval gate keeps of one Sales Order, out of the order's own reach: see
	approval/store/gate.py.
	"""
