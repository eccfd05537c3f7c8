from sales_wh_flow.store.records import Record


class OrderApprovalDecider(Record):
	"""Whom an approval asks, or asked."""
