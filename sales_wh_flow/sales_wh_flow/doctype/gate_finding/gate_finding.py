from sales_wh_flow.base.records import Record


class GateFinding(Record):
	"""What a gate would have stopped, or warned of: see packing/gate.py."""
