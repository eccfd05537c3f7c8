"""What the flow does before a document that orders, requests or plans stock writes its figures into Bins."""

from sales_wh_flow.flow import guard_stock


def before_submit(doc, method=None):
	guard_stock.lock_orders_and_bins(doc)


def before_cancel(doc, method=None):
	guard_stock.lock_orders_and_bins(doc)
