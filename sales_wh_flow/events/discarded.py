"""What the flow does when somebody discards a draft."""

from sales_wh_flow.base import discarded


def before_discard(doc, method=None):
	discarded.check_is_a_draft(doc)


def on_discard(doc, method=None):
	discarded.end_rows(doc)
