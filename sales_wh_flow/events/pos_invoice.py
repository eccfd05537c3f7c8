"""What the flow does while a POS Invoice is submitted; its closing makes the invoice that moves stock."""

from sales_wh_flow.flow import guard_pos


def before_submit(doc, method=None):
	guard_pos.lock(doc)


def on_submit(doc, method=None):
	guard_pos.check(doc)
