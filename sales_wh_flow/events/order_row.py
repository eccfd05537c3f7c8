"""What the flow does when a row of a Sales Order or a Quotation is written by itself, as by Update Items."""

from sales_wh_flow.approval import rows_alone
from sales_wh_flow.order_changes import change_lines


def before_insert(doc, method=None):
	rows_alone.check_written(doc)
	if doc.doctype == "Sales Order Item":
		change_lines.complete(doc)


def before_validate(doc, method=None):
	rows_alone.check_written(doc)


def before_update_after_submit(doc, method=None):
	rows_alone.check_written(doc)


def before_cancel(doc, method=None):
	rows_alone.note_cancelled(doc)


def on_trash(doc, method=None):
	rows_alone.check_deleted(doc)


def rows_are_sent(doc, method=None):
	rows_alone.check_sent_rows(doc)
