"""A warehouse's own figures are checked where they are typed."""

from sales_wh_flow.routing import check_warehouse


def validate(doc, method=None):
	check_warehouse.check_sending_warehouse(doc)
