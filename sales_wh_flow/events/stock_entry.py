"""What the flow does before a Stock Entry moves what is for work on a customer's material."""

from sales_wh_flow.approval import judge_change
from sales_wh_flow.order import refresh_status


def before_submit(doc, method=None):
	refresh_status.hold_inward_order(doc)
	judge_change.check_inward_delivery(doc)


def before_cancel(doc, method=None):
	refresh_status.hold_inward_order(doc)
