"""What approval does while a Quotation lives."""

from sales_wh_flow.approval import quotation


def validate(doc, method=None):
	quotation.follow_changes(doc)


def before_submit(doc, method=None):
	quotation.require(doc)


def on_cancel(doc, method=None):
	quotation.after_cancel(doc)


def on_trash(doc, method=None):
	quotation.forget(doc)
