"""What the flow does while ERPNext inserts a row of a Sales Order by itself, as its Update Items does."""

from sales_wh_flow.order_changes import change_lines


def before_insert(doc, method=None):
	change_lines.complete(doc)
