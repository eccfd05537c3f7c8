from sales_wh_flow.base.records import Record


class OrderMessage(Record):
	"""One thing that one receiver is told of one order: see milestones/happened.py."""
