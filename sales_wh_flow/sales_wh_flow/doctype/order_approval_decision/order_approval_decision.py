from sales_wh_flow.base.records import Record


class OrderApprovalDecision(Record):
	"""One line of the history of an approval: who did what, when, by which right."""
