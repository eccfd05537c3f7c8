"""What the flow does when a row of a document that moves or locks stock comes, moves or goes by itself."""

from sales_wh_flow.base import settled_rows


def before_insert(doc, method=None):
	settled_rows.check_alone(doc)


def before_validate(doc, method=None):
	settled_rows.check_place(doc)


def before_update_after_submit(doc, method=None):
	settled_rows.check_place(doc)


def before_cancel(doc, method=None):
	settled_rows.check_alone(doc)


def on_trash(doc, method=None):
	settled_rows.check_alone(doc)
