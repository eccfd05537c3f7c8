"""What may be shared of the app's documents."""

from sales_wh_flow.base import sharing


def validate(doc, method=None):
	sharing.check_share(doc)
