"""What the flow does before a Stock Entry sends what was made of a customer's material."""

from sales_wh_flow.approval import judge_change


def before_submit(doc, method=None):
	judge_change.check_inward_delivery(doc)
