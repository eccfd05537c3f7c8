from sales_wh_flow.base.records import Record


class OrderApprovalDecider(Record):
	"""Whom an approval asks, or asked."""
