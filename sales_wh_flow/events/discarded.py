"""What the flow does when somebody discards a draft."""

from sales_wh_flow.base import discarded


def on_discard(doc, method=None):
	discarded.end_rows(doc)
