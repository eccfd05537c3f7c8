"""What the flow does around every document that moves stock in or out of a warehouse."""

from sales_wh_flow.flow import guard_stock, prepayment


def before_submit(doc, method=None):
	prepayment.check(doc)
	guard_stock.lock_stock(doc)
	guard_stock.post_after_the_lock(doc)


def on_submit(doc, method=None):
	guard_stock.settle(doc)


def before_cancel(doc, method=None):
	guard_stock.lock_stock(doc)


def on_cancel(doc, method=None):
	guard_stock.settle(doc)
