"""What the flow does while a POS Invoice is submitted; its closing makes the invoice that moves stock."""

from sales_wh_flow.stock_lock.guard import pos


def before_submit(doc, method=None):
	pos.lock(doc)


def on_submit(doc, method=None):
	pos.check(doc)
