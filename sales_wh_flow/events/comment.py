"""What the flow does when somebody comments on a document."""

from sales_wh_flow.base import timeline


def validate(doc, method=None):
	timeline.check_comment(doc)


def on_trash(doc, method=None):
	timeline.check_deleted_comment(doc)
