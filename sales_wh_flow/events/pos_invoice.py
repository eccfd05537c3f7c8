"""What the flow does while a POS Invoice is submitted; its closing makes the invoice that moves stock."""

from sales_wh_flow.approval import billed_prices, judge_change
from sales_wh_flow.order import links
from sales_wh_flow.stock_lock.guard import pos


def before_validate(doc, method=None):
	links.complete_links(doc)


def validate(doc, method=None):
	judge_change.check_delivery(doc)
	pos.list_bundle_parts(doc)


def before_submit(doc, method=None):
	billed_prices.check_billed_prices(doc)
	pos.hold_till_bins(doc)


def on_submit(doc, method=None):
	pos.check_tills(doc)
